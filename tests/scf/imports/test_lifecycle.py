"""The states of a batch: no dead ends but the two ends, nothing out of the blue."""

from __future__ import annotations

from scf.imports.lifecycle import TRANSITIONS, BatchState, MatchStage


def test_every_state_is_reachable_and_has_its_row() -> None:
    assert set(TRANSITIONS) == set(BatchState)
    reached = {BatchState.RECEIVED}
    while True:
        more = {after for state in reached for after in TRANSITIONS[state]} - reached
        if not more:
            break
        reached |= more
    assert reached == set(BatchState)


def test_only_undone_is_final() -> None:
    assert {state for state, after in TRANSITIONS.items() if not after} == {BatchState.UNDONE}


def test_only_what_is_committed_can_be_undone() -> None:
    assert [state for state, after in TRANSITIONS.items() if BatchState.UNDONE in after] == [
        BatchState.COMMITTED
    ]


def test_the_match_goes_from_orders_to_receivables() -> None:
    assert list(MatchStage) == ["none", "orders", "unlinked", "receivables", "done"]
