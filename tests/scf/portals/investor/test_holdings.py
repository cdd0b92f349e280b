"""持仓: own units only."""

from tests.support.desks import Desks, words


def test_each_investor_sees_its_own_units(desks: Desks) -> None:
    series = desks.paid_out()
    own = words(desks.client("C").get("/investor/holdings/"))
    assert series.number in own
    assert "137,200.00" in own
    assert "500,000.00" not in own


def test_holdings_export(desks: Desks) -> None:
    series = desks.paid_out()
    answer = desks.client("A").get("/investor/holdings/?export=csv")
    assert series.number in b"".join(answer).decode("utf-8-sig")
