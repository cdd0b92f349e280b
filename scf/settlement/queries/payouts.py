"""Reads of payout batches, payouts and withdrawals; lists take a Scope."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from ledger.errors import DomainError
from scf.network.values import Scope, account_number_mask
from scf.settlement.lifecycle import PAYOUT_FAILED, PAYOUT_IN_TRANSIT, PAYOUT_UNSENT
from scf.settlement.models import Payout, PayoutBatch, PayoutStep, Withdrawal
from scf.settlement.pain001 import PaymentFile


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """One instruction to the bank; ``payee_number`` is whole for the file, pages mask it."""

    id: int
    batch_id: int
    programme_id: int
    line_no: int
    end_to_end_id: str
    party_id: int
    account_id: int
    payee_name: str
    payee_bank: str
    payee_bank_code: str
    payee_number: str
    purpose: str
    subject: str
    amount_minor: int
    state: str
    reason_code: str
    reason: str
    replaces_id: int | None
    changed_at: datetime

    @property
    def payee_masked(self) -> str:
        return account_number_mask(self.payee_number)


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch with what its payouts add up to; ``states`` counts them by state."""

    id: int
    programme_id: int
    number: int
    account_id: int
    execution_date: date
    content_hash: str
    made_by_id: int | None
    made_at: datetime
    file_hash: str
    sent_at: datetime | None
    count: int
    total_minor: int
    states: Mapping[str, int]

    @property
    def subject_ref(self) -> str:
        """How approvals name it."""
        return f"payout_batch:{self.id}"

    @property
    def message_id(self) -> str:
        """How the bank names it (MsgId, PmtInfId)."""
        return batch_message_id(programme_id=self.programme_id, number=self.number)


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """An investor's wish to take cash out."""

    id: int
    programme_id: int
    party_id: int
    key: str
    amount_minor: int
    pending_id: int
    state: str
    payout_id: int | None
    made_by_id: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PayoutStepFacts:
    """One step of a payout's life, with the journal that moved the money."""

    state: str
    journal_id: int | None
    entry_id: int | None
    on_date: date
    at: datetime


def batch_message_id(*, programme_id: int, number: int) -> str:
    """``HS1B12``: at most 35 characters for any number."""
    return f"HS{programme_id}B{number}"


def payout_facts(row: Payout) -> PayoutFacts:
    """The row as a value."""
    return PayoutFacts(
        id=row.pk,
        batch_id=row.batch_id,
        programme_id=row.programme_id,
        line_no=row.line_no,
        end_to_end_id=row.end_to_end_id,
        party_id=row.party_id,
        account_id=row.account_id,
        payee_name=row.payee_name,
        payee_bank=row.payee_bank,
        payee_bank_code=row.payee_bank_code,
        payee_number=row.payee_number,
        purpose=row.purpose,
        subject=row.subject,
        amount_minor=row.amount_minor,
        state=row.state,
        reason_code=row.reason_code,
        reason=row.reason,
        replaces_id=row.replaces_id,
        changed_at=row.changed_at,
    )


def withdrawal_facts(row: Withdrawal) -> WithdrawalFacts:
    """The row as a value."""
    return WithdrawalFacts(
        id=row.pk,
        programme_id=row.programme_id,
        party_id=row.party_id,
        key=row.key,
        amount_minor=row.amount_minor,
        pending_id=row.pending_id,
        state=row.state,
        payout_id=row.payout_id,
        made_by_id=row.made_by_id,
        made_at=row.made_at,
    )


def payouts_hash(payouts: Iterable[PayoutFacts]) -> str:
    """What two people sign: every instruction that would leave, with the whole account number."""
    content = [
        (each.end_to_end_id, each.payee_name, each.payee_number, each.payee_bank_code,
         each.amount_minor, each.purpose, each.subject)
        for each in sorted(payouts, key=lambda each: (each.batch_id, each.line_no))
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _batch_facts(row: PayoutBatch, states: Mapping[str, tuple[int, int]]) -> BatchFacts:
    return BatchFacts(
        id=row.pk,
        programme_id=row.programme_id,
        number=row.number,
        account_id=row.account_id,
        execution_date=row.execution_date,
        content_hash=row.content_hash,
        made_by_id=row.made_by_id,
        made_at=row.made_at,
        file_hash=row.file_hash,
        sent_at=row.sent_at,
        count=sum(count for count, _ in states.values()),
        total_minor=sum(total for _, total in states.values()),
        states={state: count for state, (count, _) in sorted(states.items())},
    )


def batches_list(*, scope: Scope) -> list[BatchFacts]:
    """Batches, latest first; platform desks only."""
    if not scope.sees_all():
        return []
    rows = PayoutBatch.objects.filter(programme_id=scope.programme_id).defer("file_content")
    states: dict[int, dict[str, tuple[int, int]]] = {}
    sums = Payout.objects.filter(programme_id=scope.programme_id).values("batch_id", "state")
    for line in sums.annotate(count=Count("pk"), total=Sum("amount_minor")):
        found = states.setdefault(line["batch_id"], {})
        found[line["state"]] = (line["count"], int(line["total"]))
    return [_batch_facts(row, states.get(row.pk, {})) for row in rows.order_by("-number")]


def batch_get(*, scope: Scope, batch_id: int) -> BatchFacts:
    """Raises ``settlement.batch_unknown``."""
    found = (
        PayoutBatch.objects.filter(pk=batch_id, programme_id=scope.programme_id)
        .defer("file_content")
        .first()
    )
    if found is None or not scope.sees_all():
        raise DomainError("settlement.batch_unknown", batch=batch_id)
    return batch_facts(found)


def batch_facts(row: PayoutBatch) -> BatchFacts:
    """The row as a value, its payouts summed."""
    sums = Payout.objects.filter(batch=row).values("state")
    states = {
        line["state"]: (line["count"], int(line["total"]))
        for line in sums.annotate(count=Count("pk"), total=Sum("amount_minor"))
    }
    return _batch_facts(row, states)


def payouts_list(
    *,
    scope: Scope,
    state: str | None = None,
    batch_id: int | None = None,
    party_id: int | None = None,
    amount_minor: int | None = None,
) -> list[PayoutFacts]:
    """Payouts, latest first; a party's scope shows its own."""
    rows = Payout.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    wanted = Q()
    if state is not None:
        wanted &= Q(state=state)
    if batch_id is not None:
        wanted &= Q(batch_id=batch_id)
    if party_id is not None:
        wanted &= Q(party_id=party_id)
    if amount_minor is not None:
        wanted &= Q(amount_minor=amount_minor)
    rows = rows.filter(wanted)
    return [payout_facts(row) for row in rows.order_by("-batch__number", "line_no")]


def payout_get(*, scope: Scope, payout_id: int) -> PayoutFacts:
    """Raises ``settlement.payout_unknown``."""
    rows = Payout.objects.filter(pk=payout_id, programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    found = rows.first()
    if found is None:
        raise DomainError("settlement.payout_unknown", payout=payout_id)
    return payout_facts(found)


def payout_steps(*, scope: Scope, payout_id: int) -> list[PayoutStepFacts]:
    """A payout's timeline; raises ``settlement.payout_unknown``."""
    payout = payout_get(scope=scope, payout_id=payout_id)
    rows = PayoutStep.objects.filter(payout_id=payout.id).order_by("pk")
    return [
        PayoutStepFacts(row.state, row.journal_id, row.entry_id, row.on_date, row.at)
        for row in rows
    ]


def payouts_confirmed(*, programme_id: int, until: date) -> list[tuple[int, int, date, int]]:
    """(id, party, day, amount) of financed cash that reached a party by `until`, oldest first.

    What the bank sent back is not among them.
    """
    rows = PayoutStep.objects.filter(
        payout__programme_id=programme_id,
        payout__purpose="payable",
        payout__state="confirmed",
        state="confirmed",
        on_date__lte=until,
    )
    fields = ("payout_id", "payout__party_id", "on_date", "payout__amount_minor")
    return list(rows.order_by("on_date", "payout_id").values_list(*fields))


def payout_replaced(*, payout_id: int) -> bool:
    """Whether a failed payout has its new instruction."""
    return Payout.objects.filter(replaces_id=payout_id).exists()


def batch_programme(*, batch_id: int) -> int:
    """The programme of a batch; raises ``settlement.batch_unknown``."""
    found = PayoutBatch.objects.filter(pk=batch_id).values_list("programme_id", flat=True).first()
    if found is None:
        raise DomainError("settlement.batch_unknown", batch=batch_id)
    return found


def payouts_committed(*, programme_id: int) -> dict[tuple[str, int, str], tuple[int, int]]:
    """(purpose, party, subject) -> (unsent, failed) minor units that payouts speak for.

    Unsent money still lies in payable; failed money lies there again and waits for a person.
    A withdrawal is reserved in available until it fails into payable.
    """
    rows = Payout.objects.filter(programme_id=programme_id).filter(
        Q(state__in=PAYOUT_UNSENT) | Q(state__in=PAYOUT_FAILED, replacement=None)
    )
    committed: dict[tuple[str, int, str], tuple[int, int]] = {}
    for row in rows:
        failed = row.state in PAYOUT_FAILED
        if row.purpose == "withdrawal" and not failed:
            continue
        key = ("fee" if row.purpose == "fee" else "payable", row.party_id, row.subject)
        before = committed.get(key, (0, 0))
        committed[key] = (
            (before[0], before[1] + row.amount_minor)
            if failed
            else (before[0] + row.amount_minor, before[1])
        )
    return committed


def payment_file_get(*, scope: Scope, batch_id: int) -> PaymentFile:
    """The file of a sent batch, as it left; raises ``settlement.batch_unknown``."""
    batch = batch_get(scope=scope, batch_id=batch_id)
    content = PayoutBatch.objects.values_list("file_content", flat=True).get(pk=batch.id)
    if content is None:
        raise DomainError("settlement.batch_unknown", batch=batch_id)
    return PaymentFile(
        filename=f"{batch.message_id}.pain.001.xml",
        content=bytes(content),
        sha256=batch.file_hash,
        count=batch.count,
        control_sum_minor=batch.total_minor,
    )


def cash_in_transit(*, scope: Scope) -> int:
    """Minor units that the bank was told to pay and has not answered: the ledger's ``clearing``."""
    rows = Payout.objects.filter(programme_id=scope.programme_id, state__in=PAYOUT_IN_TRANSIT)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    return int(rows.aggregate(total=Sum("amount_minor"))["total"] or 0)


def withdrawals_list(*, scope: Scope, state: str | None = None) -> list[WithdrawalFacts]:
    """Withdrawals, oldest first; a party's scope shows its own."""
    rows = Withdrawal.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    if state is not None:
        rows = rows.filter(state=state)
    return [withdrawal_facts(row) for row in rows.order_by("pk")]
