"""Operations puts things right: sends stopped work round again, and sends proposals back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.work import work_requeue
from scf.access.policy import Subject, require, scope_for
from scf.journeys.closing_at_loss import LOSS_CLOSE
from scf.journeys.defaulting import UNFREEZE, WRITE_OFF
from scf.journeys.listing import LIST
from scf.journeys.party_keeping import ACCOUNT
from scf.journeys.terms_changing import TERMS
from scf.network.operations import approval_decide
from scf.network.queries import ApprovalFacts, approval_get
from scf.network.values import Actor

# Proposals that change nothing when they are sent back, and the verb that answers them.
ANSWERED_BY = {
    LIST: "series.list",
    WRITE_OFF: "claim.write_off_approve",
    LOSS_CLOSE: "claim.write_off_approve",
    UNFREEZE: "claim.unfreeze",
    TERMS: "terms.approve",
    ACCOUNT: "account.approve",
}


@transaction.atomic(durable=True)
def work_retry(*, actor: Actor, kind: str, key: str) -> None:
    """Send a work item that stopped after its last failure round again, once.

    Raises ``access.denied``, ``ledger.work_unknown`` unless it stands still.
    """
    require(actor, "work.retry")
    work_requeue(kind=kind, key=key)


@transaction.atomic(durable=True)
def proposal_refuse(
    *, actor: Actor, approval_id: int, content_hash_seen: str, reason: str, at: datetime
) -> ApprovalFacts:
    """Send a listing, a write-off, an unfreezing or new terms back: nothing changes.

    Raises ``financing.reason_missing``, ``access.own_work``, ``network.approval_unknown``.
    """
    if not reason.strip():
        raise DomainError("financing.reason_missing")
    seen = approval_get(scope=scope_for(actor), approval_id=approval_id)
    if seen.verb not in ANSWERED_BY:
        raise DomainError("network.approval_unknown", approval=approval_id)
    subject = Subject(actor.programme_id, made_by=seen.maker_id)
    require(actor, ANSWERED_BY[seen.verb], subject)
    return approval_decide(
        actor=actor,
        verb=seen.verb,
        approval_id=approval_id,
        approve=False,
        content_hash=content_hash_seen,
        reason=reason,
        at=at,
    )
