from datetime import timedelta

import pytest

from ledger.operations.running import WorkOutcome, work_run_steps
from ledger.operations.work import work_enqueue
from risk.models import Warning, WarningEvent
from risk.operations.limits import limit_reserve, limit_set
from risk.operations.watching import limits_watch
from risk.tasks import warnings_raise
from tests.risk.cases import FAILING
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done


def watched(run_id: int, key: str) -> WorkOutcome:
    work_enqueue(kind="warnings.raise", key=key, payload={"run_id": run_id}, at=AT)
    return work_run_steps(kind="warnings.raise", key=key, worker="w", effect=warnings_raise)


@pytest.mark.django_db(transaction=True)
def test_a_finished_run_raises_what_its_chain_signals() -> None:
    run_id = run_done()
    assert watched(run_id, "event:1") is WorkOutcome.DONE
    row = Warning.objects.get(party_ref=FAILING, signal="orders_cut")
    assert (row.party_name, row.severity, row.run_id) == ("栖川塑粒", "high", run_id)
    assert row.raised_date == AS_OF
    assert row.evidence[0]["kind"] == "order"
    before = WarningEvent.objects.count()
    assert watched(run_id, "event:2") is WorkOutcome.DONE
    assert WarningEvent.objects.count() == before


def used(amount: int, key: str) -> None:
    limit_reserve(
        programme_ref=PROGRAMME,
        key=key,
        seller_ref="party:2",
        obligor_ref="party:1",
        group_ref="group:沧澜",
        amount_minor=amount,
        at=AT,
    )


@pytest.mark.django_db
def test_a_limit_nearly_used_up_is_seen_every_day_and_let_go_when_it_is_not() -> None:
    for scope, subject, base in (("party", "party:2", 1_000), ("group", "group:沧澜", 100_000)):
        limit_set(
            programme_ref=PROGRAMME,
            scope=scope,
            subject_ref=subject,
            base_minor=base,
            by="user:1",
            approved_by="user:2",
            reason="年度核定",
            at=AT,
        )
    used(900, "a")
    assert limits_watch(programme_ref=PROGRAMME, on=AS_OF, at=AT).new == 0
    used(50, "b")
    assert limits_watch(programme_ref=PROGRAMME, on=AS_OF, at=AT).new == 1
    assert limits_watch(programme_ref=PROGRAMME, on=AS_OF, at=AT).new == 0
    row = Warning.objects.get()
    assert (row.party_ref, row.value, row.until_date) == (
        "party:2",
        950_000,
        AS_OF + timedelta(days=7),
    )
    day = AS_OF + timedelta(days=7)
    assert limits_watch(programme_ref=PROGRAMME, on=day, at=AT).renewed == 1
    row.refresh_from_db()
    assert row.state == "open"
