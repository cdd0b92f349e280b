"""The axes have no dead ends but the ends they mean to have."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.network.transitions import Axis
from scf.settlement.lifecycle import (
    MATCH,
    PAYOUT,
    PAYOUT_FAILED,
    PAYOUT_IN_TRANSIT,
    PAYOUT_UNSENT,
    STATEMENT,
    WITHDRAWAL,
)

AXES = {
    "statement": (STATEMENT, {"posted"}),
    "match": (MATCH, {"refused", "undone"}),
    "payout": (PAYOUT, {"cancelled", "rejected", "returned"}),
    "withdrawal": (WITHDRAWAL, {"sent", "cancelled"}),
}


def reachable(axis: Axis, start: str) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for state in axis.table[todo.pop()] - found:
            found.add(state)
            todo.append(state)
    return found


@pytest.mark.parametrize("name", AXES)
def test_every_state_is_reached_and_every_end_is_meant(name: str) -> None:
    axis, ends = AXES[name]
    assert reachable(axis, axis.start) == set(axis.table)
    assert axis.ends() == ends
    for state in axis.table:
        assert reachable(axis, state) & ends


def test_money_that_may_be_out_is_never_sent_again() -> None:
    for state in PAYOUT_IN_TRANSIT | PAYOUT_FAILED | {"confirmed"}:
        assert "sent" not in reachable(PAYOUT, state) - {state}
        with pytest.raises(DomainError, match="transition_refused"):
            PAYOUT.check(current=state, to="sent")


def test_only_the_bank_answers_an_unknown_payout() -> None:
    assert PAYOUT.table["unknown"] == {"confirmed", "rejected"}


def test_the_groups_of_states_do_not_overlap() -> None:
    groups = [PAYOUT_UNSENT, PAYOUT_IN_TRANSIT, PAYOUT_FAILED, {"confirmed", "cancelled"}]
    assert sorted(state for group in groups for state in group) == sorted(PAYOUT.table)
