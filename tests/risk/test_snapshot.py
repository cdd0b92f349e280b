import random
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DomainError
from risk.facts import (
    MISSING,
    DefaultFact,
    Facts,
    FlowFact,
    FlowKind,
    PartyFact,
    ProceedsFact,
    RequestFact,
    flows_from_facts,
)
from risk.snapshot import in_window, snapshot_build, snapshot_dump, snapshot_load
from tests.risk.facts_made import AS_OF, facts_of, flow, snapshot_of

firms = st.sampled_from(["party:1", "party:2", "party:3"])
rows = st.lists(
    st.builds(
        FlowFact,
        kind=st.sampled_from(list(FlowKind)),
        supplier_ref=firms,
        buyer_ref=firms,
        amount_minor=st.integers(-5, 10**14),
        on_date=st.integers(-3, 500).map(lambda n: AS_OF - timedelta(days=n)),
        document=st.sampled_from(["", "INV-1", "发票-2"]),
        order_key=st.integers(-1, 3),
        row_id=st.integers(-1, 10**12),
    ),
    max_size=12,
)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_change_the_hash(
    facts: list[FlowFact], mix: random.Random
) -> None:
    shuffled = facts[:]
    mix.shuffle(shuffled)
    assert snapshot_of(*facts).digest == snapshot_of(*shuffled).digest


@given(rows)
def test_stored_bytes_give_the_same_snapshot(facts: list[FlowFact]) -> None:
    snapshot = snapshot_of(*facts, requests=(RequestFact("party:1", 5, "receivable"),))
    loaded = snapshot_load(snapshot_dump(snapshot))
    assert loaded.digest == snapshot.digest
    assert snapshot_dump(loaded) == snapshot_dump(snapshot)
    assert loaded.parties == snapshot.parties
    assert loaded.requests == snapshot.requests


def test_any_changed_fact_changes_the_hash() -> None:
    base = snapshot_of(flow(FlowKind.INVOICE, "s", "b", 100, days_ago=1)).digest
    other = snapshot_of(flow(FlowKind.INVOICE, "s", "b", 101, days_ago=1)).digest
    named = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=1), parties=(PartyFact("s", "望川"),)
    ).digest
    assert len({base, other, named}) == 3


def test_nothing_later_than_the_day_is_known() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=10, paid_after=30),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=10, paid_after=10),
        flow(FlowKind.INVOICE, "s", "b", 999, days_ago=-1),
    )
    assert len(snapshot.flows) == 2
    assert dict(snapshot.dropped) == {"future": 1, "undated": 0}
    assert sorted(snapshot.flows.paid_day.tolist()) == [MISSING, snapshot.day]


def test_a_firm_that_only_flows_mention_is_kept() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.ORDER, "party:7", "party:1", 10, days_ago=1),
        parties=(PartyFact("party:1", "沧澜制冷", roles=("anchor",)),),
    )
    assert [party.name for party in snapshot.parties] == ["沧澜制冷", "party:7"]
    assert snapshot.position("party:7") == 1
    with pytest.raises(DomainError, match=r"risk\.party_unknown"):
        snapshot.position("party:70")


def test_the_anchors_whole_group_is_the_anchor() -> None:
    snapshot = snapshot_of(
        parties=(
            PartyFact("party:1", "沧澜", group="沧澜", roles=("anchor",)),
            PartyFact("party:2", "沧澜洗涤", group="沧澜", roles=("obligor",)),
            PartyFact("party:3", "北屿", group="北屿", roles=("supplier",)),
        )
    )
    assert snapshot.anchor_mask().tolist() == [True, True, False]


def test_registered_pairs_are_exempt_both_ways() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "a", "b", 1, days_ago=3),
        flow(FlowKind.INVOICE, "b", "a", 2, days_ago=2),
        flow(FlowKind.INVOICE, "b", "c", 3, days_ago=1),
        exempt_pairs=(("a", "b"), ("x", "y")),
    )
    assert snapshot.exempt_mask().tolist() == [True, True, False]


def test_a_party_is_handed_over_once() -> None:
    twice = (PartyFact("party:1", "a"), PartyFact("party:1", "b"))
    with pytest.raises(DomainError, match=r"risk\.party_twice"):
        snapshot_build(facts_of(parties=twice), as_of=AS_OF)


def test_windows_end_with_their_last_day() -> None:
    snapshot = snapshot_of(*(flow(FlowKind.ORDER, "s", "b", 1, days_ago=n) for n in (0, 89, 90)))
    inside = in_window(snapshot.flows.day, last_day=snapshot.day, days=90)
    assert sorted((snapshot.day - snapshot.flows.day[inside]).tolist()) == [0, 89]


def test_rows_cannot_be_changed() -> None:
    snapshot = snapshot_of(flow(FlowKind.ORDER, "s", "b", 1, days_ago=0))
    with pytest.raises(ValueError, match="read-only"):
        snapshot.flows.amount_minor[0] = 2


def test_an_empty_chain_has_a_hash_too() -> None:
    snapshot = snapshot_of()
    assert snapshot_load(snapshot_dump(snapshot)).digest == snapshot.digest
    assert len(snapshot.anchor_mask()) == 0


def test_defaults_are_kept_up_to_the_day_and_a_chain_without_one_keeps_its_bytes() -> None:
    flows = flows_from_facts([])
    known, later = DefaultFact("party:2", AS_OF), DefaultFact("party:1", AS_OF + timedelta(days=1))
    plain = snapshot_build(Facts((), flows), as_of=AS_OF)
    with_later = snapshot_build(Facts((), flows, defaults=(later,)), as_of=AS_OF)
    with_known = snapshot_build(Facts((), flows, defaults=(later, known)), as_of=AS_OF)
    assert with_later.digest == plain.digest
    assert with_known.defaults == (known,)
    assert snapshot_load(snapshot_dump(with_known)).defaults == (known,)
    assert with_known.digest != plain.digest


def test_proceeds_are_kept_up_to_the_day_in_one_order() -> None:
    flows = flows_from_facts([])
    first = ProceedsFact("party:2", AS_OF, 93_581_346, "payout:4")
    second = ProceedsFact("party:2", AS_OF - timedelta(days=3), 5, "payout:9")
    later = ProceedsFact("party:1", AS_OF + timedelta(days=1), 7, "payout:1")
    made = snapshot_build(Facts((), flows, proceeds=(first, later, second)), as_of=AS_OF)
    assert made.proceeds == (second, first)
    assert second.day == made.day - 3
    assert snapshot_load(snapshot_dump(made)).proceeds == (second, first)


def test_keys_of_a_party_are_kept_and_a_party_without_one_keeps_its_bytes() -> None:
    keyed = PartyFact("party:1", "北屿", owner_key="9f2c", phone_key="11ab", address_key="77d0")
    made = snapshot_of(parties=(keyed,))
    assert snapshot_load(snapshot_dump(made)).parties == (keyed,)
    plain = zlib.decompress(snapshot_dump(snapshot_of(parties=(PartyFact("party:1", "北屿"),))))
    assert b"_key" not in plain
