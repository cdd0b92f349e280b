"""The machine moves a limit's floating part under its lock, once, and says why."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.errors import DomainError
from risk.models import Limit, LimitChange
from risk.operations.floating import limit_float
from risk.operations.limits import limit_change_approve, limit_change_propose
from risk.policy import LimitPolicy
from risk.queries.limits import limit_changes_list
from tests.risk.operations.test_limits import GROUP, SELLER, refused, reserve, set_limit
from tests.risk.runs_made import AT, PROGRAMME
from tests.risk.test_floating import GOOD

DAY = date(2026, 3, 18)
DIGEST = "a" * 64
LATE = replace(GOOD, overdue_minor=7)


def move(limit_id: int, performance: object = LATE) -> int | None:
    return limit_float(
        limit_id=limit_id,
        performance=performance,  # type: ignore[arg-type]
        policy=LimitPolicy(),
        policy_digest=DIGEST,
        on=DAY,
        at=AT,
    )


@pytest.mark.django_db
def test_a_lowering_is_immediate_and_logged_with_its_figures() -> None:
    limit_id = set_limit("party", SELLER, 1_000)
    change_id = move(limit_id)
    row = limit_changes_list(programme_ref=PROGRAMME)[0]
    assert (row.id, row.state, row.is_machine) == (change_id, "approved", True)
    assert (row.floating_was_minor, row.floating_minor, row.base_minor) == (0, -50, 1_000)
    assert row.maker_ref == f"policy:{DIGEST}"
    assert row.grounds == ("overdue",)
    assert row.figures["overdue_minor"] == 7
    assert move(limit_id) is None


@pytest.mark.django_db
def test_a_raise_goes_by_what_is_used_under_the_lock() -> None:
    set_limit("group", GROUP, 9_000)
    limit_id = set_limit("party", SELLER, 1_000)
    assert move(limit_id, replace(GOOD, used_minor=500)) is None
    reserve("claim:1", 500)
    assert move(limit_id, replace(GOOD, used_minor=0)) is not None
    assert Limit.objects.get(pk=limit_id).floating_minor == 50


@pytest.mark.django_db
def test_use_above_a_lowered_limit_stays_and_new_use_waits() -> None:
    set_limit("group", GROUP, 9_000)
    limit_id = set_limit("party", SELLER, 1_000)
    reserve("claim:1", 980)
    move(limit_id)
    limit = Limit.objects.get(pk=limit_id)
    assert (limit.reserved_minor, limit.base_minor + limit.floating_minor) == (980, 950)
    with refused("risk.limit_exceeded"):
        reserve("claim:2", 1)


@pytest.mark.django_db
def test_a_group_s_limit_does_not_float() -> None:
    assert move(set_limit("group", GROUP, 9_000)) is None


@pytest.mark.django_db
def test_an_approval_does_not_undo_what_performance_moved() -> None:
    limit_id = set_limit("party", SELLER, 1_000)
    change_id = limit_change_propose(
        programme_ref=PROGRAMME,
        scope="party",
        subject_ref=SELLER,
        base_minor=2_000,
        by="user:1",
        reason="旺季",
        at=AT,
    )
    move(limit_id)
    with refused("risk.change_stale"):
        limit_change_approve(change_id=change_id, by="user:2", at=AT)
    assert LimitChange.objects.get(pk=change_id).state == "pending"


@pytest.mark.django_db
def test_only_a_policy_may_change_a_limit_alone() -> None:
    set_limit("party", SELLER, 1_000)
    with pytest.raises(IntegrityError, match="limit_change_checked"), transaction.atomic():
        LimitChange.objects.filter(maker_ref="user:1").update(checker_ref="")


@pytest.mark.django_db(transaction=True)
def test_six_at_once_move_a_limit_once_and_sales_stay_within_it() -> None:
    set_limit("group", GROUP, 9_000)
    limit_id = set_limit("party", SELLER, 1_000)
    start, moved, sold = threading.Barrier(6), [], []

    def act(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                moved.append(move(limit_id))
            else:
                reserve(f"claim:{number}", 480)
                sold.append(number)
        except DomainError as error:
            refusals.add(error.code)
        finally:
            connection.close()

    refusals: set[str] = set()
    threads = [threading.Thread(target=act, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals <= {"risk.limit_exceeded"}
    limit = Limit.objects.get(pk=limit_id)
    assert [one is not None for one in moved].count(True) == 1
    assert limit.floating_minor == -50
    assert limit.reserved_minor == 480 * len(sold)
    assert 1 <= len(sold) <= 2
