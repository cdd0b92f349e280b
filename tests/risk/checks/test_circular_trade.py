import itertools
from dataclasses import replace

from risk.checks.circular_trade import check
from risk.facts import FlowFact, FlowKind, PartyFact
from risk.findings import Finding
from risk.policy import DEFAULT_POLICY, CheckPolicy
from tests.risk.facts_made import flow, snapshot_of


def invoice(seller: str, buyer: str, amount: int, days_ago: int) -> FlowFact:
    return flow(FlowKind.INVOICE, seller, buyer, amount, days_ago=days_ago)


RING = [invoice("a", "b", 1_000, 20), invoice("b", "c", 1_020, 18), invoice("c", "a", 980, 15)]


def rings(*flows: FlowFact, **other: object) -> list[Finding]:
    snapshot = snapshot_of(*flows, **other)  # type: ignore[arg-type]
    return [finding for finding in check(snapshot, policy=DEFAULT_POLICY) if finding.code == "ring"]


def test_a_ring_is_told_to_each_of_its_firms() -> None:
    found = rings(*RING)
    assert [finding.party_ref for finding in found] == ["a", "b", "c"]
    assert found[0].severity == "high"
    assert found[0].facts["ring"] == "a>b>c"
    assert found[0].facts["value_added_ppm"] == 19_607
    assert found[0].facts["legs_with_goods"] == 0
    assert len(found[0].evidence) == 3


def test_an_invoice_split_over_days_is_seen_whole() -> None:
    split = [invoice("a", "b", 300, 22), invoice("a", "b", 400, 20), invoice("a", "b", 300, 19)]
    found = rings(*split, *RING[1:])
    assert len(found) == 3
    assert found[0].facts["invoices"] == 5


def test_goods_on_every_leg_weigh_less() -> None:
    goods = [
        flow(FlowKind.RECEIPT, *pair, 1, days_ago=14)
        for pair in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    assert rings(*RING, *goods)[0].severity == "warn"


def test_registered_pairs_and_the_anchor_make_no_ring() -> None:
    assert rings(*RING, exempt_pairs=(("c", "a"),)) == []
    assert rings(*RING, parties=(PartyFact("b", "沧澜", roles=("anchor",)),)) == []


def test_an_explosion_is_bounded_and_says_so() -> None:
    firms = [f"f{n}" for n in range(14)]
    everyone = [
        invoice(a, b, 100, day) for day in (20, 15, 10) for a, b in itertools.permutations(firms, 2)
    ]
    small = replace(DEFAULT_POLICY, checks=CheckPolicy(cycle_steps=5_000))
    found = check(snapshot_of(*everyone), policy=small)
    assert found[-1].code == "search_stopped"
    assert found[-1].facts["steps"] == 5_001
