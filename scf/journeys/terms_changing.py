"""New terms for quotes from now on: one person proposes them, another puts them into force."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scf.access.policy import Subject, require, scope_for
from scf.financing.signing import content_hash
from scf.financing.terms import Terms, terms_from_data, terms_to_data
from scf.network.operations import approval_decide, approval_request
from scf.network.queries import ApprovalFacts, approval_get
from scf.network.values import Actor, programme_ref
from scf.products.operations import template_add

TERMS = "terms.adopt"
KIND = "receivable"


@transaction.atomic(durable=True)
def terms_submit(*, actor: Actor, terms: Terms, at: datetime) -> ApprovalFacts:
    """Ask a second person for new terms; until then quotes keep the old ones.

    Raises ``access.denied``, ``financing.terms_invalid``, ``network.approval_pending``.
    """
    require(actor, "terms.propose")
    data = terms_to_data(terms.check())
    return approval_request(
        actor=actor,
        verb=TERMS,
        subject_ref=programme_ref(actor.programme_id),
        payload={"terms": data},
        content_hash=content_hash(data),
        amount_minor=None,
        at=at,
    )


@transaction.atomic(durable=True)
def terms_approve(*, actor: Actor, approval_id: int, content_hash_seen: str, at: datetime) -> int:
    """The terms stand for every quote from now on; returns their version.

    Series that were frozen keep theirs. Raises ``access.own_work``, ``network.approval_changed``.
    """
    seen = approval_get(scope=scope_for(actor), approval_id=approval_id, verb=TERMS)
    require(actor, "terms.approve", Subject(actor.programme_id, made_by=seen.maker_id))
    approval = approval_decide(
        actor=actor,
        verb=TERMS,
        approval_id=approval_id,
        approve=True,
        content_hash=content_hash_seen,
        reason="",
        at=at,
    )
    terms = terms_from_data(dict(approval.payload["terms"]))
    return template_add(programme_id=actor.programme_id, kind=KIND, terms=terms, at=at)
