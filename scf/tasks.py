"""Every Celery task of the business, thin: the relay that wakes workers, and the worker's turn.

The database is the truth about work and a broker message only a wake-up (``ledger.operations``).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ledger.operations.outbox import Event, events_claim
from ledger.operations.running import work_run, work_run_steps
from ledger.operations.work import (
    WorkClaim,
    work_enqueue,
    work_finish,
    work_progress,
    work_wake_list,
)
from ledger.values import Json
from risk.tasks import risk_run, risk_shard, warnings_raise
from scf.journeys.advancing import days_advance_run
from scf.journeys.assessing import risk_assess_due_within, risk_assess_within
from scf.journeys.checking import claim_check_within
from scf.journeys.day_end import STEPS, day_end_run
from scf.journeys.diluting import credit_notes_apply
from scf.journeys.importing import import_run
from scf.journeys.limit_floating import limits_float, run_programme
from scf.journeys.matching import match_run
from scf.journeys.notifying import event_notify
from scf.journeys.paying import payouts_prepare
from scf.journeys.reconciling import entries_apply
from scf.journeys.registering import claim_register_within
from scf.journeys.scoring import drift_write_within
from scf.journeys.sending import payouts_send
from scf.journeys.stressing import stress_run
from scf.journeys.watching import day_watch_within
from scf.network.queries import business_day_get
from scf.products.queries import series_get
from scf.reactions import REACTIONS

RELAY_BATCH = 500
Effect = Callable[[WorkClaim], None]


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _id(claim: WorkClaim, name: str) -> int:
    return int(str(claim.payload[name]))


def _claim_check(claim: WorkClaim) -> None:
    claim_check_within(claim_id=_id(claim, "claim_id"), at=_now())


def _claim_register(claim: WorkClaim) -> None:
    claim_register_within(claim_id=_id(claim, "claim_id"), at=_now())


def _notify(claim: WorkClaim) -> None:
    event_notify(event=str(claim.payload["event"]), key=claim.key, payload=claim.payload, at=_now())


def _entries_apply(claim: WorkClaim) -> None:
    entries_apply(programme_id=_id(claim, "programme_id"), at=_now())


def _payout_prepare(claim: WorkClaim) -> None:
    series = series_get(series_id=_id(claim, "series_id"))
    payouts_prepare(programme_id=series.programme_id, actor=None, at=_now())


def _payout_send(claim: WorkClaim) -> None:
    payouts_send(batch_id=_id(claim, "batch_id"), at=_now())


def _credit_apply(claim: WorkClaim) -> None:
    credit_notes_apply(receivable_id=_id(claim, "receivable_id"), at=_now())


def _steps_of(claim: WorkClaim) -> Callable[[int, int | None, bool], None]:
    """Progress within each step's transaction; the last step ends the item."""

    def step(rows_done: int, rows_known: int | None, is_last: bool) -> None:
        work_progress(claim=claim, rows_done=rows_done, rows_known=rows_known)
        if is_last:
            work_finish(claim=claim)

    return step


def _import_run(claim: WorkClaim) -> None:
    import_run(batch_id=_id(claim, "batch_id"), at=_now(), on_step=_steps_of(claim))


def _match_run(claim: WorkClaim) -> None:
    match_run(batch_id=_id(claim, "batch_id"), at=_now(), on_step=_steps_of(claim))


def _day_end(claim: WorkClaim) -> None:
    def step(number: int) -> None:
        work_progress(claim=claim, rows_done=number, rows_known=len(STEPS))
        if number == len(STEPS):
            work_finish(claim=claim)

    business_day_id = _id(claim, "business_day_id")
    if business_day_get(business_day_id=business_day_id).steps_done == len(STEPS):
        work_finish(claim=claim)  # somebody else closed the day meanwhile
        return
    day_end_run(business_day_id=business_day_id, at=_now(), on_step=step)


def _day_advance(claim: WorkClaim) -> None:
    days = _id(claim, "days")

    def finished(number: int) -> None:
        work_progress(claim=claim, rows_done=number, rows_known=days)
        if number == days:
            work_finish(claim=claim)

    programme_id = _id(claim, "programme_id")
    evening = import_string(settings.HUOSHUI_DEMO_EVENING)
    days_advance_run(
        programme_id=programme_id,
        days=days,
        done=claim.rows_done,
        by=str(claim.payload["by"]),
        at=_now(),
        on_day=finished,
        on_evening=lambda: evening(programme_id=programme_id, at=_now()),
    )


def _chain_assess(claim: WorkClaim) -> None:
    risk_assess_within(programme_id=_id(claim, "programme_id"), as_of=None, at=_now())


def _chain_assess_due(claim: WorkClaim) -> None:
    risk_assess_due_within(programme_id=_id(claim, "programme_id"), at=_now())


def _stress_run(claim: WorkClaim) -> None:
    stress_run(claim=claim, at=_now())


def _scores_monitor(claim: WorkClaim) -> None:
    drift_write_within(run_id=_id(claim, "run_id"), at=_now())


def _limits_float(claim: WorkClaim) -> None:
    programme_id = claim.payload.get("programme_id") or run_programme(run_id=_id(claim, "run_id"))
    limits_float(programme_id=int(str(programme_id)), at=_now())
    with transaction.atomic(durable=True):
        work_finish(claim=claim)


def _day_watch(claim: WorkClaim) -> None:
    day_watch_within(programme_id=_id(claim, "programme_id"), at=_now())


# One transaction with the item's end.
EFFECTS: Mapping[str, Effect] = {
    "claim.check": _claim_check,
    "claim.register": _claim_register,
    "notify": _notify,
    "entries.apply": _entries_apply,
    "payout.prepare": _payout_prepare,
    "payout.send": _payout_send,
    "credit.apply": _credit_apply,
    "chain.assess": _chain_assess,
    "chain.assess_due": _chain_assess_due,
    "day.watch": _day_watch,
    "scores.monitor": _scores_monitor,
}
# Several transactions of their own; the last one ends the item.
STEPPED: Mapping[str, Effect] = {
    "limits.float": _limits_float,
    "risk.run": risk_run,
    "risk.shard": risk_shard,
    "day.advance": _day_advance,
    "day.end": _day_end,
    "import.run": _import_run,
    "match.run": _match_run,
    "warnings.raise": warnings_raise,
    "stress.run": _stress_run,
}


def _work_of(event: Event) -> list[tuple[str, str, dict[str, Json]]]:
    payload: dict[str, Json] = {**event.payload, "event": event.name}
    return [(kind, f"event:{event.id}", payload) for kind in REACTIONS[event.name]]


def relay_once(*, at: datetime) -> int:
    """Turn events into work items and wake workers for what is ready; returns how many were woken."""
    with transaction.atomic():
        for event in events_claim(limit=RELAY_BATCH):
            for kind, key, payload in _work_of(event):
                work_enqueue(kind=kind, key=key, payload=payload, at=at)
        refs = work_wake_list(limit=RELAY_BATCH)
    for ref in refs:
        work_execute.apply_async((ref.kind, ref.key), queue=ref.queue)
    return len(refs)


@shared_task(name="scf.tasks.relay_run", ignore_result=True)
def relay_run() -> None:
    """Every second, by beat."""
    relay_once(at=_now())


@shared_task(name="scf.tasks.work_execute", ignore_result=True)
def work_execute(kind: str, key: str) -> None:
    """A worker's turn at one item; whether it is to be had, the database says."""
    work_turn(kind=kind, key=key, worker=f"{socket.gethostname()}:{os.getpid()}")


def work_turn(*, kind: str, key: str, worker: str) -> None:
    """Run one item to its end, or leave it to who holds it."""
    if kind in STEPPED:
        work_run_steps(kind=kind, key=key, worker=worker, effect=STEPPED[kind])
    else:
        work_run(kind=kind, key=key, worker=worker, effect=EFFECTS[kind])
