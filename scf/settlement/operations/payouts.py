"""Writes of payout batches and payouts. The caller posts the journal, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from ledger.errors import DomainError
from scf.network.queries import BankAccountFacts, programme_get
from scf.settlement.lifecycle import PAYOUT, PAYOUT_UNSENT
from scf.settlement.models import Payout, PayoutBatch, PayoutStep, Withdrawal
from scf.settlement.queries.payouts import (
    BatchFacts,
    PayoutFacts,
    batch_facts,
    batch_message_id,
    payout_facts,
    payouts_hash,
)


@dataclass(frozen=True, slots=True)
class PayoutInput:
    """One instruction to prepare; ``account`` is copied, so that what was signed is what is paid."""

    party_id: int
    account: BankAccountFacts
    purpose: str
    subject: str
    amount_minor: int
    withdrawal_ids: tuple[int, ...] = ()
    replaces_id: int | None = None


def batch_create(
    *,
    programme_id: int,
    account_id: int,
    execution_date: date,
    payouts: Sequence[PayoutInput],
    made_by_id: int | None,
    on_date: date,
    at: datetime,
) -> BatchFacts:
    """A batch of prepared payouts, numbered within the programme (whose row is locked)."""
    numbers = PayoutBatch.objects.filter(programme_id=programme_id)
    number = (numbers.aggregate(last=Max("number"))["last"] or 0) + 1
    batch = PayoutBatch.objects.create(
        programme_id=programme_id,
        number=number,
        account_id=account_id,
        execution_date=execution_date,
        content_hash="",
        made_by_id=made_by_id,
        made_at=at,
    )
    rows = [
        _payout_create(batch, line_no, each, at) for line_no, each in enumerate(payouts, start=1)
    ]
    _steps_add(rows, "prepared", on_date=on_date, at=at)
    batch.content_hash = payouts_hash(payout_facts(row) for row in rows)
    batch.save(update_fields=["content_hash"])
    return batch_facts(batch)


def _payout_create(batch: PayoutBatch, line_no: int, each: PayoutInput, at: datetime) -> Payout:
    message_id = batch_message_id(programme_id=batch.programme_id, number=batch.number)
    payout = Payout.objects.create(
        batch=batch,
        programme_id=batch.programme_id,
        line_no=line_no,
        end_to_end_id=f"{message_id}N{line_no}",
        party_id=each.party_id,
        account_id=each.account.id,
        payee_name=each.account.holder_name,
        payee_bank=each.account.bank_name,
        payee_bank_code=each.account.bank_code,
        payee_number=each.account.number,
        purpose=each.purpose,
        subject=each.subject,
        amount_minor=each.amount_minor,
        replaces_id=each.replaces_id,
        changed_at=at,
    )
    Withdrawal.objects.filter(pk__in=each.withdrawal_ids, state="requested").update(
        state="instructed", payout=payout
    )
    return payout


def batch_lock(*, batch_id: int) -> tuple[BatchFacts, list[PayoutFacts]]:
    """A batch and its payouts, rows locked in id order; raises ``settlement.batch_unknown``."""
    found = (
        PayoutBatch.objects.select_for_update(of=("self",))
        .filter(pk=batch_id)
        .defer("file_content")
        .first()
    )
    if found is None:
        raise DomainError("settlement.batch_unknown", batch=batch_id)
    rows = Payout.objects.select_for_update(of=("self",)).filter(batch=found).order_by("pk")
    payouts = [payout_facts(row) for row in rows]
    return batch_facts(found), payouts


def batch_send_record(*, batch_id: int, content: bytes, sha256: str, at: datetime) -> None:
    """Keep the file that goes to the bank; a batch is sent once."""
    PayoutBatch.objects.filter(pk=batch_id, sent_at=None).update(
        file_content=content, file_hash=sha256, sent_at=at
    )


def payouts_lock(
    *,
    programme_id: int,
    end_to_end_ids: Iterable[str] = (),
    payout_ids: Iterable[int] = (),
    message_id: str = "",
) -> list[PayoutFacts]:
    """Payouts by the bank's answer or by id, rows locked in id order."""
    rows = Payout.objects.select_for_update(of=("self",)).filter(programme_id=programme_id)
    if message_id:
        # A batch debited in one sum: its payouts are the end-to-end ids below its message id.
        rows = rows.filter(end_to_end_id__startswith=f"{message_id}N")
    elif payout_ids:
        rows = rows.filter(pk__in=list(payout_ids))
    else:
        rows = rows.filter(end_to_end_id__in=list(end_to_end_ids))
    return [payout_facts(row) for row in rows.order_by("pk")]


def payout_move(
    *,
    payout_id: int,
    to: str,
    on_date: date,
    at: datetime,
    journal_id: int | None = None,
    entry_id: int | None = None,
    reason_code: str = "",
    reason: str = "",
) -> None:
    """One step of a payout's life, checked against the axis, with what moved the money.

    Raises ``network.transition_refused``. A cancelled payout lets its withdrawals go back to
    the queue; a sent one completes them.
    """
    row = Payout.objects.select_for_update(of=("self",)).get(pk=payout_id)
    PAYOUT.check(current=row.state, to=to)
    Payout.objects.filter(pk=payout_id).update(
        state=to, changed_at=at, reason_code=reason_code, reason=reason[:400]
    )
    if to == "cancelled":
        Withdrawal.objects.filter(payout_id=payout_id).update(state="requested", payout=None)
    elif to == "sent":
        Withdrawal.objects.filter(payout_id=payout_id).update(state="sent")
    _steps_add([row], to, on_date=on_date, at=at, journal_id=journal_id, entry_id=entry_id)


def payouts_hold(*, programme_id: int, subject: str, at: datetime) -> int:
    """Cancel what was prepared or approved out of a subject that is frozen now; how many."""
    rows = Payout.objects.filter(
        programme_id=programme_id, subject=subject, state__in=PAYOUT_UNSENT
    )
    # Locked before they are counted: one that is leaving right now is the bank's.
    held = [row.pk for row in rows.select_for_update(of=("self",)).order_by("pk")]
    on_date = programme_get(programme_id=programme_id).business_date
    for payout_id in held:
        payout_move(
            payout_id=payout_id, to="cancelled", on_date=on_date, at=at, reason_code="frozen"
        )
    return len(held)


def _steps_add(
    rows: Sequence[Payout],
    state: str,
    *,
    on_date: date,
    at: datetime,
    journal_id: int | None = None,
    entry_id: int | None = None,
) -> None:
    PayoutStep.objects.bulk_create(
        [
            PayoutStep(
                payout=row,
                state=state,
                journal_id=journal_id,
                entry_id=entry_id,
                on_date=on_date,
                at=at,
            )
            for row in rows
        ]
    )
