"""A signed batch leaves: the money moves to clearing and the payment file is kept with its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from ledger.operations.posting import journals_post_many
from ledger.values import JournalRequest
from scf.journeys.bank_booking import cash_of
from scf.journeys.paying import uncovered
from scf.network.operations import programme_lock
from scf.network.queries import (
    BankAccountFacts,
    ProgrammeFacts,
    bank_account_get,
    bank_account_primary,
)
from scf.network.values import Role, Scope
from scf.products.queries import series_frozen_ids
from scf.settlement.operations.payouts import batch_lock, batch_send_record, payout_move
from scf.settlement.operations.withdrawals import withdrawals_of_payouts
from scf.settlement.pain001 import PaymentFile, PaymentOrder, PaymentParty, payment_file_write
from scf.settlement.postings import legs_payout_sent
from scf.settlement.queries import (
    BatchFacts,
    PayoutFacts,
    WithdrawalFacts,
    batch_get,
    batch_programme,
)

# What the payee reads on its own statement; the bank's language, not a page's.
_TEXTS = {"payable": "供应链应付款", "fee": "平台服务费", "withdrawal": "提现"}


def payouts_send(*, batch_id: int, at: datetime) -> BatchFacts:
    """Post owed -> clearing for every approved payout and keep the pain.001 file. Once.

    A batch that was sent is returned as it is. A payout whose series was frozen after the
    signature is cancelled and left out. Raises ``settlement.batch_unknown``, ``batch_state``,
    ``account_changed``, ``payout_uncovered``; nothing is sent then.
    """
    with transaction.atomic():
        programme = programme_lock(programme_id=batch_programme(batch_id=batch_id))
        batch, payouts = batch_lock(batch_id=batch_id)
        if batch.sent_at is None:
            _send(programme, batch, _unfrozen(programme, payouts, at), at)
        scope = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)
        return batch_get(scope=scope, batch_id=batch.id)


def _unfrozen(
    programme: ProgrammeFacts, payouts: Sequence[PayoutFacts], at: datetime
) -> list[PayoutFacts]:
    frozen = {f"series:{each}" for each in series_frozen_ids(programme_id=programme.id)}
    approved = [payout for payout in payouts if payout.state == "approved"]
    if not approved:
        states = ", ".join(sorted({payout.state for payout in payouts}))
        raise DomainError("settlement.batch_state", state=states)
    for payout in approved:
        if payout.subject in frozen:
            payout_move(
                payout_id=payout.id,
                to="cancelled",
                on_date=programme.business_date,
                at=at,
                reason_code="frozen",
            )
    return [payout for payout in approved if payout.subject not in frozen]


def _send(
    programme: ProgrammeFacts, batch: BatchFacts, payouts: Sequence[PayoutFacts], at: datetime
) -> None:
    if not payouts:
        return
    for payout in payouts:
        _account_check(payout)
    withdrawals = withdrawals_of_payouts(payout_ids=[payout.id for payout in payouts])
    journals = _post(programme, payouts, withdrawals, at)
    sent = _file(batch, bank_account_get(account_id=batch.account_id), payouts, at)
    batch_send_record(batch_id=batch.id, content=sent.content, sha256=sent.sha256, at=at)
    for payout in payouts:
        payout_move(
            payout_id=payout.id,
            to="sent",
            on_date=programme.business_date,
            at=at,
            journal_id=journals[payout.id],
        )
        event_emit(
            name="settlement.payout.sent",
            payload={"payout_id": payout.id, "programme_id": programme.id},
            at=at,
        )


def _account_check(payout: PayoutFacts) -> None:
    """What two people signed must still be the party's verified account."""
    now = bank_account_primary(party_id=payout.party_id)
    if now.number != payout.payee_number:
        raise DomainError("settlement.account_changed", payee=payout.payee_name)


def _post(
    programme: ProgrammeFacts,
    payouts: Sequence[PayoutFacts],
    withdrawals: Mapping[int, Sequence[WithdrawalFacts]],
    at: datetime,
) -> dict[int, int]:
    cash = cash_of(programme)
    requests = [
        JournalRequest(
            key=f"payout:{payout.id}:sent",
            kind="payout.sent",
            book=programme.book,
            legs=legs_payout_sent(
                cash=cash,
                owed=cash.owed(
                    purpose=payout.purpose, party_id=payout.party_id, subject=payout.subject
                ),
                amount_minor=payout.amount_minor,
                pending_ids=[each.pending_id for each in withdrawals.get(payout.id, ())],
            ),
            effective_date=programme.business_date,
            booked_at=at,
            memo={"payout": f"payout:{payout.id}"},
        )
        for payout in payouts
    ]
    try:
        with transaction.atomic():
            journals = journals_post_many(requests=requests)
    except DomainError as error:
        if error.code != "ledger.limit_exceeded":
            raise
        owner = str(error.facts.get("owner", ""))
        short = [payout for payout in payouts if f"party:{payout.party_id}" == owner]
        raise uncovered((short or list(payouts))[0]) from error
    return {payout.id: journal.id for payout, journal in zip(payouts, journals, strict=True)}


def _file(
    batch: BatchFacts, escrow: BankAccountFacts, payouts: Sequence[PayoutFacts], at: datetime
) -> PaymentFile:
    return payment_file_write(
        message_id=batch.message_id,
        debtor=PaymentParty(escrow.holder_name, escrow.number, escrow.bank_name, escrow.bank_code),
        orders=[
            PaymentOrder(
                end_to_end_id=payout.end_to_end_id,
                payee=PaymentParty(
                    payout.payee_name,
                    payout.payee_number,
                    payout.payee_bank,
                    payout.payee_bank_code,
                ),
                amount_minor=payout.amount_minor,
                remittance=f"{_TEXTS[payout.purpose]} {payout.end_to_end_id}",
            )
            for payout in payouts
        ],
        execution_date=batch.execution_date,
        created_at=at,
    )
