"""资金流水: what came, what left, and taking money out."""

from tests.support.desks import Desks, hidden, words


def test_money_in_is_shown_and_can_be_taken_out_once(desks: Desks) -> None:
    desks.world.pays_in(("A", 10_000_000, "入金"))
    client = desks.client("A")
    page = client.get("/investor/cash/")
    assert "可用资金 100,000.00" in words(page)
    form = {"key": hidden(page, "key"), "amount": "40,000.00"}
    client.post("/investor/cash/", form)
    client.post("/investor/cash/", form)
    assert "可用资金 60,000.00" in words(client.get("/investor/cash/"))


def test_more_than_there_is_is_refused(desks: Desks) -> None:
    client = desks.client("A")
    page = client.get("/investor/cash/")
    form = {"key": hidden(page, "key"), "amount": "1.00"}
    assert client.post("/investor/cash/", form).status_code == 422
