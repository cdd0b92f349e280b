from risk.facts import FlowKind
from risk.warning.orders import orders_cut
from tests.risk.warning_made import ANCHOR, analysed, weekly


def test_orders_of_the_anchor_halve_against_the_year_before() -> None:
    flows = weekly(FlowKind.ORDER, ANCHOR, 100, start=520, end=91)
    flows += weekly(FlowKind.ORDER, ANCHOR, 40, start=89, end=1)
    (sign,) = orders_cut(analysed(*flows))
    assert (sign.party_ref, sign.severity, sign.value) == ("party:2", "high", -600_000)
    assert (sign.facts["now_minor"], sign.facts["base_minor"]) == (520, 1_300)
    assert sign.facts["base"] == "year_before"
    assert len(sign.evidence) == 8
    assert {row.amount_minor for row in sign.evidence} == {100}


def test_a_third_less_is_a_warning_and_a_quarter_less_is_nothing() -> None:
    history = weekly(FlowKind.ORDER, ANCHOR, 100, start=520, end=91)
    third = analysed(*history, *weekly(FlowKind.ORDER, ANCHOR, 66, start=89, end=1))
    quarter = analysed(*history, *weekly(FlowKind.ORDER, ANCHOR, 75, start=89, end=1))
    assert [(s.severity, s.value) for s in orders_cut(third)] == [("warn", -340_000)]
    assert orders_cut(quarter) == ()


def test_orders_of_others_are_not_the_anchor_s() -> None:
    flows = weekly(FlowKind.ORDER, "party:9", 100, start=520, end=91)
    assert orders_cut(analysed(*flows)) == ()


def test_a_handful_of_orders_says_nothing() -> None:
    flows = weekly(FlowKind.ORDER, ANCHOR, 100, start=480, end=450)
    assert orders_cut(analysed(*flows)) == ()
