"""Operations keep what is on file of a firm: where it is paid (four eyes), and its KYB."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.outbox import event_emit
from scf.access.policy import Subject, require, scope_for
from scf.financing.signing import content_hash
from scf.network.operations import (
    approval_decide,
    approval_request,
    bank_account_replace,
    party_kyb_set,
    programme_lock,
)
from scf.network.queries import ApprovalFacts, PartyFacts, approval_get, party_get, party_kinds_map
from scf.network.values import Actor, KybState, party_ref
from scf.settlement.lifecycle import PAYOUT_UNSENT
from scf.settlement.queries import payouts_list

ACCOUNT = "account.change"
_NUMBER = re.compile(r"[0-9A-Z]{6,34}")


@dataclass(frozen=True, slots=True)
class AccountChange:
    """The account a firm wants to be paid to, and how it was checked with the firm itself."""

    holder_name: str
    bank_name: str
    bank_code: str
    number: str
    checked: str


def party_within(*, actor: Actor, party_id: int) -> PartyFacts:
    """A party of the actor's programme; raises ``network.party_unknown``."""
    if party_id not in party_kinds_map(programme_id=actor.programme_id):
        raise DomainError("network.party_unknown", party=party_id)
    return party_get(party_id=party_id)


@transaction.atomic(durable=True)
def account_change_submit(
    *, actor: Actor, party_id: int, change: AccountChange, at: datetime
) -> ApprovalFacts:
    """Ask a second person to pay a firm elsewhere from now on.

    Raises ``network.account_holder`` when the account is in another name than the firm's,
    ``network.account_number``, ``network.account_unchecked`` without a word on the call-back,
    ``network.approval_pending``.
    """
    require(actor, "account.change")
    party = party_within(actor=actor, party_id=party_id)
    if _plain(change.holder_name) != _plain(party.name):
        raise DomainError("network.account_holder", party=party.name)
    if not _NUMBER.fullmatch(change.number):
        raise DomainError("network.account_number")
    if not change.checked.strip():
        raise DomainError("network.account_unchecked")
    return approval_request(
        actor=actor,
        verb=ACCOUNT,
        subject_ref=party_ref(party_id),
        payload={"party": party_id, "change": asdict(change)},
        content_hash=content_hash({"party": party_id, "change": asdict(change)}),
        amount_minor=None,
        at=at,
    )


@transaction.atomic(durable=True)
def account_change_approve(
    *, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime
) -> int:
    """The firm is paid to the new account; returns its id.

    Raises the approvals' refusals and ``network.account_in_use`` while a payout to the former
    account is prepared or signed and has not left.
    """
    seen = approval_get(scope=scope_for(actor), approval_id=approval_id, verb=ACCOUNT)
    require(actor, "account.approve", Subject(actor.programme_id, made_by=seen.maker_id))
    programme = programme_lock(programme_id=actor.programme_id)
    approval = approval_decide(
        actor=actor,
        verb=ACCOUNT,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash_seen,
        reason="",
        at=at,
    )
    party = party_within(actor=actor, party_id=int(approval.payload["party"]))
    change = AccountChange(**approval.payload["change"])
    payouts = payouts_list(scope=scope_for(actor), party_id=party.id)
    if any(one.state in PAYOUT_UNSENT for one in payouts):
        raise DomainError("network.account_in_use", party=party.name)
    event_emit(
        name="network.account.changed",
        payload={"programme_id": programme.id, "party_id": party.id},
        at=at,
    )
    return bank_account_replace(
        party_id=party.id,
        holder_name=change.holder_name.strip(),
        bank_name=change.bank_name.strip(),
        bank_code=change.bank_code.strip(),
        number=change.number,
    )


@transaction.atomic(durable=True)
def kyb_record(
    *, actor: Actor, party_id: int, state: KybState, expiry_date: date | None, at: datetime
) -> None:
    """The outcome of a know-your-business check; verified needs a date in the future.

    Raises ``network.kyb_dates``, ``network.party_unknown``.
    """
    require(actor, "party.check")
    party = party_within(actor=actor, party_id=party_id)
    programme = programme_lock(programme_id=actor.programme_id)
    verified = state is KybState.VERIFIED
    if verified and (expiry_date is None or expiry_date <= programme.business_date):
        raise DomainError("network.kyb_dates", party=party.name)
    party_kyb_set(party_id=party.id, state=state, expiry_date=expiry_date if verified else None)
    event_emit(
        name="network.party.checked",
        payload={"programme_id": programme.id, "party_id": party.id},
        at=at,
    )


def _plain(name: str) -> str:
    """A firm's name without blanks and with half-width brackets, as banks write it."""
    return re.sub(r"\s", "", name).replace("（", "(").replace("）", ")")
