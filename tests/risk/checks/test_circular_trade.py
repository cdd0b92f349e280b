import itertools
from dataclasses import replace

import pytest

from risk.checks.circular_trade import check
from risk.facts import FlowFact, FlowKind, PartyFact
from risk.findings import Finding
from risk.policy import DEFAULT_POLICY, CheckPolicy
from tests.risk.facts_made import flow, snapshot_of
from tests.risk.rings_made import chain_with_rings, found_and_right


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


GOODS = [
    flow(FlowKind.RECEIPT, *pair, 1_000, days_ago=14)
    for pair in (("a", "b"), ("b", "c"), ("c", "a"))
]


def test_goods_on_every_leg_are_trade_unless_one_owner_stands_behind_it() -> None:
    assert rings(*RING, *GOODS) == []
    sisters = (PartyFact("a", "a", owner_key="k"), PartyFact("c", "c", owner_key="k"))
    found = rings(*RING, *GOODS, parties=sisters)
    assert int(found[0].facts["points"]) < int(rings(*RING, parties=sisters)[0].facts["points"])
    assert (found[0].facts["related"], found[0].facts["legs_with_goods"]) == ("owner", 3)


def test_a_loop_in_which_each_adds_value_and_ships_is_no_ring() -> None:
    loop = [
        invoice("a", "b", 1_000, 20),
        invoice("b", "c", 1_120, 18),
        invoice("c", "a", 1_250, 15),
    ]
    assert rings(*loop, *GOODS) == []


def test_a_ring_that_turns_twice_is_one_subject_with_both_sums() -> None:
    again = [invoice("b", "c", 500, 120), invoice("c", "a", 510, 118), invoice("a", "b", 505, 112)]
    found = rings(*RING, *again)
    assert {finding.facts["subject"] for finding in found} == {"a,b,c"}
    assert (found[0].facts["turns"], found[0].facts["amount_minor"]) == (2, 980 + 500)
    assert len(found[0].evidence) == 6


def test_an_office_tower_relates_nobody() -> None:
    tower = tuple(PartyFact(f"t{n}", "", address_key="tower") for n in range(9))
    sisters = tuple(PartyFact(name, name, address_key="tower") for name in "abc")
    assert rings(*RING, *GOODS, parties=(*tower, *sisters)) == []


@pytest.mark.parametrize("seed", [900, 901])
def test_planted_rings_with_split_invoices_on_seeds_not_tuned_on(seed: int) -> None:
    chain = chain_with_rings(seed=seed)
    found = check(chain.snapshot, policy=DEFAULT_POLICY)
    subjects = {str(finding.facts["subject"]) for finding in found}
    hits, told, right = found_and_right(chain, list(subjects))
    assert hits >= 0.95 * len(chain.rings)
    assert right >= 0.95 * told


def test_registered_pairs_and_the_anchor_make_no_ring() -> None:
    assert rings(*RING, exempt_pairs=(("c", "a"),)) == []
    assert rings(*RING, parties=(PartyFact("b", "沧澜", roles=("anchor",)),)) == []


def test_an_explosion_is_bounded_and_says_so() -> None:
    firms = [f"f{n}" for n in range(14)]
    everyone = [
        invoice(a, b, 100, day) for day in (20, 15, 10) for a, b in itertools.permutations(firms, 2)
    ]
    # 5,000 steps over invoices without goods, 5,000 over all of them.
    small = replace(DEFAULT_POLICY, checks=CheckPolicy(cycle_steps=5_000))
    found = check(snapshot_of(*everyone), policy=small)
    assert found[-1].code == "search_stopped"
    assert found[-1].facts["steps"] == 2 * 5_001
