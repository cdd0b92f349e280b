"""首页: what must I confirm, what must I pay and when?"""

from tests.support.desks import Desks, hidden, words


def test_the_headline_counts_what_waits_and_what_is_due(desks: Desks) -> None:
    desks.at_the_obligor()
    text = words(desks.client("anchor").get("/anchor/"))
    assert "1 笔等确权，未来 13 周要付 100 万" in text
    assert "1 笔等经办核对" in text
    assert "1,000,000.00" in text


def test_the_signer_is_told_what_to_sign_and_the_maker_is_not(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    client = desks.client("anchor")
    page = client.get(f"/anchor/confirm/{claim.id}/")
    client.post(
        f"/anchor/confirm/{claim.id}/",
        {"act": "prepare", "key": hidden(page, "key"), "preview": hidden(page, "preview")},
    )
    assert "1 笔确权等您签署" in words(desks.client("anchor2").get("/anchor/"))
    assert "等您签署" not in words(client.get("/anchor/"))


def test_an_assigned_claim_is_paid_to_the_escrow_account(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("anchor").get("/anchor/?chip=changed"))
    assert "改付托管户 ····0001" in text


def test_nothing_to_do(desks: Desks) -> None:
    text = words(desks.client("anchor").get("/anchor/"))
    assert "没有等确权的" in text
    assert "没有要您处理的事" in text
    assert "没有付错的" in text


def test_another_desk_is_kept_out(desks: Desks) -> None:
    assert desks.client("supplier").get("/anchor/").status_code == 403


def test_the_page_costs_a_fixed_number_of_queries(
    desks: Desks, django_assert_max_num_queries: object
) -> None:
    for number in ("INV-0001", "INV-0002", "INV-0003"):
        desks.papers(number)
    desks.at_the_obligor("INV-0004")
    client = desks.client("anchor")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get("/anchor/")
