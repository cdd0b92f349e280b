from risk.facts import FlowFact, FlowKind
from risk.warning.orders import orders_cut
from tests.risk.facts_made import flow
from tests.risk.warning_made import ANCHOR, FIRM, analysed, weekly


def test_orders_of_the_anchor_halve_against_the_year_before() -> None:
    flows = weekly(FlowKind.ORDER, ANCHOR, 100, start=520, end=91)
    flows += weekly(FlowKind.ORDER, ANCHOR, 40, start=89, end=1)
    (sign,) = orders_cut(analysed(*flows))
    assert (sign.party_ref, sign.severity, sign.value) == ("party:2", "high", -600_000)
    assert (sign.facts["now_minor"], sign.facts["base_minor"]) == (520, 1_300)
    assert sign.facts["base"] == "year_before"
    assert len(sign.evidence) == 8
    assert {row.amount_minor for row in sign.evidence} == {100}


def often(amount: int, *, start: int, end: int) -> list[FlowFact]:
    """Three orders a week."""
    return [
        row
        for day in range(3)
        for row in weekly(FlowKind.ORDER, ANCHOR, amount, start=start + day, end=end + day)
    ]


def test_a_third_less_is_a_warning_and_a_quarter_less_is_nothing() -> None:
    history = often(100, start=520, end=91)
    third = analysed(*history, *often(66, start=89, end=1))
    quarter = analysed(*history, *often(75, start=89, end=1))
    (sign,) = orders_cut(third)
    assert sign.severity == "warn"
    assert -400_000 < sign.value <= -300_000
    assert orders_cut(quarter) == ()


def test_orders_of_others_are_not_the_anchor_s() -> None:
    flows = weekly(FlowKind.ORDER, "party:9", 100, start=520, end=91)
    assert orders_cut(analysed(*flows)) == ()


def test_a_handful_of_orders_says_nothing() -> None:
    flows = weekly(FlowKind.ORDER, ANCHOR, 100, start=480, end=450)
    assert orders_cut(analysed(*flows)) == ()


def test_one_large_order_that_did_not_come_again_is_no_cut() -> None:
    """1,300 in small orders and one of 1,200: down by almost half, and explained by one."""
    flows = weekly(FlowKind.ORDER, ANCHOR, 100, start=520, end=1)
    large = flow(FlowKind.ORDER, FIRM, ANCHOR, 1_200, days_ago=400)
    assert orders_cut(analysed(*flows, large)) == ()
