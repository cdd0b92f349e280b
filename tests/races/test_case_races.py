"""Cases and owners on the real database: two at once, and a worker killed in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connections, transaction

from ledger.errors import DomainError
from risk import engine
from risk.engine import run_carry
from risk.models import Case, CaseDecision, CaseEvent, DeskOwnerEvent
from risk.operations.case_closing import case_approve, case_propose
from risk.operations.cases import cases_record
from risk.operations.limits import limit_reserve, limit_set
from risk.operations.ownership import item_take
from risk.queries.cases import cases_list
from risk.queries.ownership import owner_get
from tests.risk.cases_made import CHECKER, MAKER, case, draft, investigated, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done, run_started

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Start all at one barrier, each on its own connection; results or refusals, in order."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[index] = call()
        except Exception as error:  # shown by the assertion on the results
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def codes(results: Sequence[object]) -> list[str]:
    return sorted(error.code for error in results if isinstance(error, DomainError))


def taken_by(who: str) -> Callable[[], object]:
    return lambda: item_take(programme_ref=PROGRAMME, kind="case", ref_id=7, owner_ref=who, at=AT)


def test_of_many_who_take_one_item_one_wins_and_is_named() -> None:
    results = together(*(taken_by(f"user:{number}") for number in range(1, 7)))
    winner = owner_get(programme_ref=PROGRAMME, kind="case", ref_id=7)
    assert winner is not None
    assert results.count(True) == 1
    assert codes(results) == ["risk.item_taken"] * 5
    named = {one.facts["owner"] for one in results if isinstance(one, DomainError)}
    assert named == {winner.owner_ref}
    assert DeskOwnerEvent.objects.count() == 1


def test_two_workers_open_one_case() -> None:
    first, second = run_started(), run_started()
    drafts = [draft(subject=f"self_trade:x:party:{number}") for number in range(12)]

    def worker(run_id: int, order: int) -> Callable[[], object]:
        return lambda: record(*drafts[::order], run_id=run_id)

    results = together(worker(first, 1), worker(second, -1))
    assert all(isinstance(one, tuple) for one in results), results
    assert Case.objects.count() == 12
    assert CaseEvent.objects.filter(kind="opened").count() == 12
    assert sum(one[0] for one in results if isinstance(one, tuple)) == 12


def test_the_same_run_twice_at_once_counts_once() -> None:
    run_id = run_started()
    results = together(*(lambda: record(draft(), run_id=run_id) for _ in range(3)))
    assert sorted(map(str, results)) == ["(0, 0, 0)", "(0, 0, 0)", "(1, 0, 0)"]
    assert case().seen_count == 1


def test_a_worker_killed_before_the_end_leaves_no_case_and_the_next_opens_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class KilledError(BaseException):
        """The process is gone: nothing is caught, nothing reported."""

    def dies(**given: Any) -> object:
        cases_record(**given)
        raise KilledError

    suspicion = draft()
    monkeypatch.setattr(engine, "case_drafts", lambda _findings: (suspicion,))
    monkeypatch.setattr(engine, "cases_record", dies)
    run_id = run_started()
    with pytest.raises(KilledError):
        run_carry(run_id=run_id, worker="first", at=AT)
    assert cases_list(programme_ref=PROGRAMME) == ()
    monkeypatch.setattr(engine, "cases_record", cases_record)
    lease_end()
    run_carry(run_id=run_id, worker="second", at=AT)
    assert (case().seen_count, case().evidence) == (1, 1)
    assert CaseEvent.objects.filter(kind="opened").count() == 1


def lease_end() -> None:
    """What the killed worker held runs out."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_workitem SET due_at = clock_timestamp() - interval '1 second'"
            " WHERE state = 'leased'"
        )


def test_two_who_approve_close_it_once() -> None:
    investigated()
    decision = case_propose(
        programme_ref=PROGRAMME, case_id=case().id, outcome="explained", reason="x",
        refuse_refs=[], by=MAKER, at=AT,
    )  # fmt: skip
    number = case().id

    def approve(who: str) -> Callable[[], object]:
        return lambda: case_approve(
            programme_ref=PROGRAMME, case_id=number, decision_id=decision, by=who, on=AS_OF, at=AT
        )

    results = together(approve("user:2"), approve("user:3"))
    assert codes(results) == ["risk.case_moved"]
    assert CaseEvent.objects.filter(kind="closed").count() == 1
    assert CaseDecision.objects.get().state == "approved"


def test_a_reservation_beside_a_block_comes_before_it_or_is_refused() -> None:
    run_done()
    for scope, subject in (("party", "party:2"), ("group", "group:g")):
        limit_set(
            programme_ref=PROGRAMME, scope=scope, subject_ref=subject, base_minor=10_000,
            by=MAKER, approved_by=CHECKER, reason="首次", at=AT,
        )  # fmt: skip
    investigated()
    number = case().id
    decision = case_propose(
        programme_ref=PROGRAMME, case_id=number, outcome="confirmed_fraud", reason="假单",
        refuse_refs=["party:2"], by=MAKER, at=AT,
    )  # fmt: skip

    def reserve(key: str) -> Callable[[], object]:
        def call() -> object:
            with transaction.atomic():
                return limit_reserve(
                    programme_ref=PROGRAMME, key=key, seller_ref="party:2", obligor_ref="party:1",
                    group_ref="group:g", amount_minor=100, at=AT,
                )  # fmt: skip

        return call

    def approve() -> object:
        return case_approve(
            programme_ref=PROGRAMME, case_id=number, decision_id=decision, by=CHECKER, on=AS_OF,
            at=AT,
        )  # fmt: skip

    results = together(reserve("claim:1"), approve, reserve("claim:2"))
    assert results[1] == "confirmed_fraud"
    assert set(codes(results)) <= {"risk.party_blocked"}
    assert not [
        one for one in results if isinstance(one, Exception) and not isinstance(one, DomainError)
    ]
    assert codes(together(reserve("claim:3"))) == ["risk.party_blocked"]
