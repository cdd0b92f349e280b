from risk.facts import FlowKind
from risk.warning.cycles import new_cycle, ring_key, ring_members, rings_told
from tests.risk.facts_made import flow
from tests.risk.warning_made import analysed

RING = [
    flow(FlowKind.INVOICE, a, b, 1_000, days_ago=days, document=f"{a}{b}")
    for a, b, days in (("b", "c", 30), ("c", "a", 25), ("a", "b", 20))
]


def test_a_ring_is_one_sign_at_the_first_of_its_firms() -> None:
    (sign,) = new_cycle(analysed(*RING), known_rings=frozenset())
    assert (sign.party_ref, sign.subject, sign.value) == ("a", "a>b>c", 3)
    assert sign.severity == "high"
    assert len(sign.evidence) == 3


def test_a_ring_the_last_run_saw_is_not_new() -> None:
    assert new_cycle(analysed(*RING), known_rings=frozenset({"a>b>c"})) == ()


def test_a_ring_is_the_same_wherever_its_telling_begins() -> None:
    assert {ring_key("b>c>a"), ring_key("c>a>b"), ring_key("a>b>c")} == {"a>b>c"}
    assert ring_key("a>c>b") != ring_key("a>b>c")


def test_rings_are_read_from_a_report() -> None:
    told = [
        {"check": "circular_trade", "facts": {"ring": "c>a>b"}},
        {"check": "circular_trade", "facts": {"steps": 9}},
        {"check": "volume_spike", "facts": {"ring": "x"}},
    ]
    assert rings_told(told) == {"a>b>c"}


def test_whose_earlier_reports_to_read() -> None:
    assert ring_members(analysed(*RING)) == {"a", "b", "c"}
    assert ring_members(analysed()) == frozenset()
