import pytest

from risk.facts import FlowKind, PartyFact
from risk.warning.partners import concentration_jump, main_buyer_lost, neighbour_default
from tests.risk.facts_made import flow
from tests.risk.warning_made import ANCHOR, FIRM, analysed, defaulted, weekly

INVOICE = FlowKind.INVOICE


def test_four_even_buyers_become_one() -> None:
    """HHI from 0.25 to 1."""
    flows = [row for n in range(4) for row in weekly(INVOICE, f"b{n}", 100, start=520, end=91)]
    flows += weekly(INVOICE, "b0", 400, start=90, end=1)
    signs = [s for s in concentration_jump(analysed(*flows)) if s.party_ref == FIRM]
    assert [(s.subject, s.value, s.severity) for s in signs] == [("buyers", 750_000, "high")]
    assert (signs[0].facts["base_ppm"], signs[0].facts["now_ppm"]) == (250_000, 1_000_000)


def test_the_anchor_s_entities_are_one_buyer() -> None:
    other = PartyFact("party:7", "沧澜洗衣机", "沧澜", ("obligor",))
    flows = weekly(INVOICE, ANCHOR, 50, start=520, end=91)
    flows += weekly(INVOICE, "party:7", 50, start=520, end=91)
    flows += weekly(INVOICE, ANCHOR, 100, start=90, end=1)
    analysis = analysed(*flows, parties=(other,))
    assert concentration_jump(analysis) == ()
    assert main_buyer_lost(analysis) == ()


def test_the_main_buyer_buys_no_more() -> None:
    flows = weekly(INVOICE, "b1", 60, start=520, end=91)
    flows += weekly(INVOICE, "b2", 40, start=520, end=1)
    (sign,) = main_buyer_lost(analysed(*flows))
    assert (sign.party_ref, sign.subject, sign.value, sign.severity) == (
        FIRM,
        "b1",
        600_000,
        "high",
    )
    assert (sign.facts["base_minor"], sign.facts["now_minor"]) == (780, 0)
    assert all("-b1-" in row.document for row in sign.evidence)


def test_a_small_buyer_lost_is_no_warning() -> None:
    flows = [row for n in range(5) for row in weekly(INVOICE, f"b{n}", 100, start=520, end=1)]
    flows += weekly(INVOICE, "b9", 120, start=520, end=91)
    assert main_buyer_lost(analysed(*flows)) == ()


def test_who_leans_on_a_firm_that_defaulted() -> None:
    flows = [
        flow(INVOICE, FIRM, "bad", 300, days_ago=40, document="INV-bad"),
        flow(INVOICE, FIRM, ANCHOR, 700, days_ago=40),
        flow(INVOICE, "bad", "c", 100, days_ago=30),
        flow(INVOICE, "d", "c", 3_900, days_ago=30),
    ]
    signs = neighbour_default(analysed(*flows, defaults=(defaulted("bad", 10),)))
    assert [(s.party_ref, s.subject, s.value, s.severity) for s in signs] == [
        (FIRM, "bad", 300_000, "high")
    ]  # 2.5% of c's purchases is below the threshold
    assert signs[0].facts["side"] == "buyer"
    assert [row.document for row in signs[0].evidence] == ["INV-bad"]


@pytest.mark.parametrize("days_ago", [91, 400])
def test_an_old_default_is_history(days_ago: int) -> None:
    flows = [flow(INVOICE, FIRM, "bad", 300, days_ago=40)]
    assert neighbour_default(analysed(*flows, defaults=(defaulted("bad", days_ago),))) == ()


def test_the_default_of_an_obligor_is_one_sign_about_itself() -> None:
    flows = [flow(INVOICE, f"s{n}", ANCHOR, 300, days_ago=40) for n in range(9)]
    (sign,) = neighbour_default(analysed(*flows, defaults=(defaulted(ANCHOR, 1),)))
    assert (sign.party_ref, sign.severity, sign.facts["side"]) == (ANCHOR, "high", "itself")
