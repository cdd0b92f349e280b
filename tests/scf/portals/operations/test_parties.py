"""企业: the list is the database's, filtered by role and by what needs somebody."""

from tests.support.desks import Desks, words


def test_firms_are_listed_with_masked_accounts(desks: Desks) -> None:
    client = desks.client("ops")
    text = words(client.get("/operations/parties/"))
    assert "算例注塑" in text
    number = desks.world.firms["supplier"][2]
    assert number not in text
    assert f"····{number[-4:]}" in text


def test_a_role_filters(desks: Desks) -> None:
    text = words(desks.client("ops").get("/operations/parties/?chip=investor"))
    assert "投资人 3" in text
    assert "变更等复核 0" in text
    assert "投资人A" in text
    assert "算例注塑" not in text
