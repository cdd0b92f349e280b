"""Money leaves: what is owed is prepared, signed by two people, sent, and answered by the bank.

A payout is never sent twice. Rejected and returned money waits in payable for a person's new
instruction (``payout_reissue``); an unknown one waits for the bank's statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.money import format_minor
from ledger.operations.outbox import event_emit
from ledger.queries import balance_get, balances_list
from scf.access.policy import Subject, require, scope_for
from scf.journeys.bank_booking import cash_of
from scf.network.calendar import Roll, business_day_roll
from scf.network.operations import (
    approval_decide,
    approval_request,
    approvals_withdraw,
    programme_lock,
)
from scf.network.queries import (
    ApprovalFacts,
    ProgrammeFacts,
    approval_get,
    bank_account_primary,
    bank_accounts_primary,
)
from scf.network.values import Actor, Role, Scope, ref_id
from scf.products.queries import series_frozen_ids
from scf.settlement.lifecycle import PAYOUT_FAILED, PAYOUT_UNSENT
from scf.settlement.operations.payouts import (
    PayoutInput,
    batch_create,
    batch_lock,
    payout_move,
    payouts_lock,
)
from scf.settlement.queries import (
    BatchFacts,
    PayoutFacts,
    batch_get,
    batch_programme,
    payout_replaced,
    payouts_committed,
    payouts_hash,
    withdrawals_list,
)

APPROVE = "payout.approve"


@dataclass(frozen=True, slots=True)
class Payable:
    """Money owed that may leave; ``missing`` says why it stays: frozen, account or failed."""

    party_id: int
    purpose: str
    subject: str
    amount_minor: int
    missing: str = ""
    withdrawal_ids: tuple[int, ...] = ()


def payables_list(*, programme: ProgrammeFacts) -> list[Payable]:
    """What the next batch would pay, and what stays and why, one line a party and purpose.

    What an unsent payout already speaks for is not in it; money that came back (failed) stays
    until somebody instructs it anew.
    """
    found = [*_owed(programme, "fee"), *_owed(programme, "payable"), *_withdrawals(programme)]
    accounts = bank_accounts_primary(party_ids={each.party_id for each in found})
    # Client money never pays itself: the escrow account is nobody's account to be paid to.
    payable_to = {
        party_id
        for party_id, account in accounts.items()
        if account.id != programme.escrow_account_id
    }
    return [
        each if each.missing or each.party_id in payable_to else replace(each, missing="account")
        for each in found
    ]


def _owed(programme: ProgrammeFacts, purpose: str) -> list[Payable]:
    committed = payouts_committed(programme_id=programme.id)
    frozen = {f"series:{each}" for each in series_frozen_ids(programme_id=programme.id)}
    code = "fee_payable" if purpose == "fee" else "payable"
    found = []
    for ref, balance in balances_list(book=programme.book, code=code, asset=programme.currency):
        party_id = ref_id(ref.owner)
        unsent, failed = committed.get((purpose, party_id, ref.subject), (0, 0))
        free = balance.free - unsent - failed
        missing = "frozen" if ref.subject in frozen else ""
        if free > 0:
            found.append(Payable(party_id, purpose, ref.subject, free, missing))
        if failed > 0:
            found.append(Payable(party_id, purpose, ref.subject, failed, "failed"))
    return found


def _withdrawals(programme: ProgrammeFacts) -> list[Payable]:
    # Asking and cancelling lock the programme too, so that a plain read is enough here.
    everybody = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)
    by_party: dict[int, dict[int, int]] = {}
    for each in withdrawals_list(scope=everybody, state="requested"):
        by_party.setdefault(each.party_id, {})[each.id] = each.amount_minor
    return [
        Payable(party_id, "withdrawal", "", sum(wishes.values()), "", tuple(wishes))
        for party_id, wishes in sorted(by_party.items())
    ]


def payouts_prepare(*, programme_id: int, actor: Actor | None, at: datetime) -> int | None:
    """Collect what may leave into a batch, one payout a party and purpose; None when nothing may.

    Running it again prepares nothing twice. ``actor`` is None when it is scheduled.
    """
    if actor is not None:
        require(actor, "payout.prepare")
    with transaction.atomic():
        programme = programme_lock(programme_id=programme_id)
        ready = [each for each in payables_list(programme=programme) if not each.missing]
        accounts = bank_accounts_primary(party_ids={each.party_id for each in ready})
        wanted = [
            PayoutInput(
                party_id=each.party_id,
                account=accounts[each.party_id],
                purpose=each.purpose,
                subject=each.subject,
                amount_minor=each.amount_minor,
                withdrawal_ids=each.withdrawal_ids,
            )
            for each in ready
        ]
        return _batch(programme, wanted, actor, at).id if wanted else None


def _batch(
    programme: ProgrammeFacts, payouts: Sequence[PayoutInput], actor: Actor | None, at: datetime
) -> BatchFacts:
    return batch_create(
        programme_id=programme.id,
        account_id=programme.escrow_account_id,
        execution_date=business_day_roll(day=programme.business_date, roll=Roll.FOLLOWING),
        payouts=payouts,
        made_by_id=actor.user_id if actor else None,
        on_date=programme.business_date,
        at=at,
    )


def payouts_submit(*, actor: Actor, batch_id: int, at: datetime) -> ApprovalFacts:
    """Ask a second person to sign a prepared batch.

    Raises ``settlement.batch_unknown``, ``batch_state``, ``network.approval_pending``.
    """
    require(actor, "payout.prepare")
    with transaction.atomic():
        batch, payouts = _batch_locked(actor.programme_id, batch_id)
        _state_check(batch, payouts, "prepared")
        return approval_request(
            actor=actor,
            verb=APPROVE,
            subject_ref=batch.subject_ref,
            payload={"batch_id": batch.id, "count": batch.count},
            content_hash=payouts_hash(payouts),
            amount_minor=batch.total_minor,
            at=at,
        )


def payouts_decide(
    *,
    actor: Actor,
    approval_id: int,
    approve: bool,
    content_hash: str,
    reason: str = "",
    at: datetime,
) -> BatchFacts:
    """The second signature: the batch may be sent, or is cancelled.

    A payout that was cancelled meanwhile (its series was frozen) stays so. Raises the approvals'
    refusals and ``settlement.batch_state``.
    """
    scope = scope_for(actor)
    approval = approval_get(scope=scope, approval_id=approval_id, verb=APPROVE)
    require(actor, APPROVE, Subject(actor.programme_id, made_by=approval.maker_id))
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        approval = approval_decide(
            actor=actor,
            verb=APPROVE,
            approval_id=approval_id,
            approve=approve,
            content_hash=content_hash,
            reason=reason,
            at=at,
        )
        batch, payouts = _batch_locked(programme.id, ref_id(approval.subject_ref))
        if approve:
            _state_check(batch, payouts, "prepared")
        for payout in payouts:
            if payout.state == "prepared":
                payout_move(
                    payout_id=payout.id,
                    to="approved" if approve else "cancelled",
                    on_date=programme.business_date,
                    at=at,
                    reason=reason,
                )
        if approve:
            event_emit(
                name="settlement.batch.approved",
                payload={"batch_id": batch.id, "programme_id": programme.id},
                at=at,
            )
        return batch_get(scope=scope, batch_id=batch.id)


def payouts_cancel(*, actor: Actor, batch_id: int, reason: str, at: datetime) -> BatchFacts:
    """Take back what was not sent; the money stays owed and may be prepared again.

    Raises ``settlement.batch_unknown``, ``batch_state``, ``reason_missing``.
    """
    require(actor, "payout.prepare")
    if not reason.strip():
        raise DomainError("settlement.reason_missing")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        batch, payouts = _batch_locked(programme.id, batch_id)
        _state_check(batch, payouts, *PAYOUT_UNSENT)
        approvals_withdraw(subject_ref=batch.subject_ref, at=at)
        for payout in payouts:
            if payout.state in PAYOUT_UNSENT:
                payout_move(
                    payout_id=payout.id,
                    to="cancelled",
                    on_date=programme.business_date,
                    at=at,
                    reason=reason.strip(),
                )
        return batch_get(scope=scope_for(actor), batch_id=batch.id)


def payouts_mark_unknown(*, batch_id: int, at: datetime, actor: Actor | None = None) -> int:
    """The bank gave no answer: what was sent waits for its statement, and is never sent again.

    How many payouts were marked. Raises ``settlement.batch_unknown``.
    """
    if actor is not None:
        require(actor, "payout.send")
    with transaction.atomic():
        programme = programme_lock(programme_id=batch_programme(batch_id=batch_id))
        _, payouts = batch_lock(batch_id=batch_id)
        if actor is not None and programme.id != actor.programme_id:
            raise DomainError("settlement.batch_unknown", batch=batch_id)
        waiting = [payout for payout in payouts if payout.state == "sent"]
        for payout in waiting:
            payout_move(payout_id=payout.id, to="unknown", on_date=programme.business_date, at=at)
        return len(waiting)


def payout_reissue(*, actor: Actor, payout_id: int, at: datetime) -> int:
    """A new instruction for money that came back, to the party's account of today; its batch.

    The new batch is signed like any other. Raises ``settlement.payout_unknown``,
    ``payout_reissued``, ``payout_uncovered``, ``network.account_missing``.
    """
    require(actor, "payout.prepare")
    with transaction.atomic():
        programme = programme_lock(programme_id=actor.programme_id)
        found = payouts_lock(programme_id=programme.id, payout_ids=[payout_id])
        if not found or found[0].state not in PAYOUT_FAILED:
            raise DomainError("settlement.payout_unknown", payout=payout_id)
        failed = found[0]
        if payout_replaced(payout_id=failed.id):
            raise DomainError("settlement.payout_reissued", payout=payout_id)
        purpose = "fee" if failed.purpose == "fee" else "payable"
        owed = cash_of(programme).owed(
            purpose=purpose, party_id=failed.party_id, subject=failed.subject
        )
        if balance_get(ref=owed, book=programme.book).free < failed.amount_minor:
            raise uncovered(failed)
        again = PayoutInput(
            party_id=failed.party_id,
            account=bank_account_primary(party_id=failed.party_id),
            purpose=purpose,
            subject=failed.subject,
            amount_minor=failed.amount_minor,
            replaces_id=failed.id,
        )
        return _batch(programme, [again], actor, at).id


def uncovered(payout: PayoutFacts) -> DomainError:
    """The refusal when what is owed no longer covers a payout."""
    return DomainError(
        "settlement.payout_uncovered",
        payee=payout.payee_name,
        amount=format_minor(payout.amount_minor),
    )


def _batch_locked(programme_id: int, batch_id: int) -> tuple[BatchFacts, list[PayoutFacts]]:
    batch, payouts = batch_lock(batch_id=batch_id)
    if batch.programme_id != programme_id:
        raise DomainError("settlement.batch_unknown", batch=batch_id)
    return batch, payouts


def _state_check(batch: BatchFacts, payouts: Sequence[PayoutFacts], *wanted: str) -> None:
    """At least one payout is in a wanted state, and none has gone beyond."""
    states = {payout.state for payout in payouts} - {"cancelled"}
    if not states or not states <= set(wanted):
        raise DomainError("settlement.batch_state", state=", ".join(sorted(batch.states)))
