"""After a run and after a day's end: performance moves the floating part of limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from risk.floating import Performance
from risk.operations.floating import FLOATS, limit_float
from risk.policy import policy_hash
from risk.queries.limits import LimitRow, limits_list
from risk.queries.scores import (
    FirmScore,
    drift_list,
    firm_scores,
    policy_in_force,
    run_programme_ref,
)
from risk.queries.warnings import warnings_list
from scf.financing.queries.payments import PaymentRecord, payments_record
from scf.network.queries import ProgrammeFacts, programme_get
from scf.network.values import ref_id

Records = Mapping[tuple[int, int], PaymentRecord]


def limits_float(*, programme_id: int, at: datetime) -> list[int]:
    """Every party's and pair's limit, each in its own short transaction; the changes made.

    Doing it again changes nothing: a ground counts once a period, and a raise comes once a
    period. Raises ``network.programme_unknown``.
    """
    programme = programme_get(programme_id=programme_id)
    policy = policy_in_force(programme_ref=programme.book)
    digest = policy_hash(policy)
    changes = []
    for limit, performance in _performances(programme):
        with transaction.atomic(durable=True):
            change = limit_float(
                limit_id=limit.id,
                performance=performance,
                policy=policy.limits,
                policy_digest=digest,
                on=programme.business_date,
                at=at,
            )
        if change is not None:
            changes.append(change)
    return changes


def run_programme(*, run_id: int) -> int:
    """The programme that a run was about. Raises ``risk.run_unknown``."""
    return ref_id(run_programme_ref(run_id=run_id))


def _performances(programme: ProgrammeFacts) -> Iterator[tuple[LimitRow, Performance]]:
    """Limits in id order with what is known of their firm; a firm never judged stands still."""
    policy = policy_in_force(programme_ref=programme.book)
    records = payments_record(
        programme_id=programme.id,
        since=programme.business_date - timedelta(days=policy.limits.payments_days),
        grace_days=policy.signals.overdue_grace_days,
    )
    scores = firm_scores(programme_ref=programme.book)
    warned = Counter(
        row.party_ref
        for row in warnings_list(programme_ref=programme.book)
        if row.severity == "high"
    )
    drift = _drift(programme)
    rows = [
        row for scope in FLOATS for row in limits_list(programme_ref=programme.book, scope=scope)
    ]
    for row in sorted(rows, key=lambda each: each.id):
        firm = row.subject_ref.split(">")[0]
        known = scores.get(firm)
        if known is not None:
            record = _record(records, row.subject_ref)
            yield row, _performance(row, known, record, warned[firm], drift)


def _performance(
    row: LimitRow, known: FirmScore, record: PaymentRecord, warnings: int, drift: str
) -> Performance:
    return Performance(
        verdict=known.verdict,
        reconciled_ppm=known.reconciled_ppm,
        score=known.score if known.usable else None,
        score_before=known.before,
        drift=drift,
        paid_in_time=record.paid_in_time,
        paid_total=record.paid_total,
        overdue_minor=record.overdue_minor,
        warnings_high=warnings,
        used_minor=row.used_minor,
    )


def _drift(programme: ProgrammeFacts) -> str:
    """The state of the card in force, as it was last written down; "" before that."""
    rows = drift_list(programme_ref=programme.book)
    return rows[0].state if rows else ""


def _record(records: Records, subject_ref: str) -> PaymentRecord:
    """A seller's claims on everyone, or on the one obligor of a pair."""
    seller, _, obligor = subject_ref.partition(">")
    total = PaymentRecord()
    for (supplier_id, obligor_id), record in records.items():
        if supplier_id == ref_id(seller) and (not obligor or obligor_id == ref_id(obligor)):
            total = total.and_also(record)
    return total
