"""Cases of the risk desk: notes, documents, and an end that takes two people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.operations.case_closing import (
    case_approve,
    case_decline,
    case_propose,
    case_reopen,
)
from risk.operations.cases import case_evidence_add, case_lock, case_note_add
from risk.operations.ownership import item_owned_require
from risk.queries.cases import case_decisions, case_get
from scf.access.policy import Subject, require
from scf.network.queries import programme_get
from scf.network.values import Actor, programme_ref, ref_id


@transaction.atomic(durable=True)
def case_note_write(*, actor: Actor, case_id: int, text: str, at: datetime) -> None:
    """Write down what was learned. Raises ``access.denied``, ``risk.reason_missing``."""
    require(actor, "case.work")
    case_note_add(programme_ref=_book(actor), case_id=case_id, text=text, by=actor.ref, at=at)


@transaction.atomic(durable=True)
def case_document_put(
    *, actor: Actor, case_id: int, document: str, note: str, at: datetime
) -> bool:
    """Put a document to the case by its name; False when it was there already."""
    require(actor, "case.work")
    return case_evidence_add(
        programme_ref=_book(actor),
        case_id=case_id,
        document=document,
        note=note,
        by=actor.ref,
        at=at,
    )


@transaction.atomic(durable=True)
def case_close_submit(
    *,
    actor: Actor,
    case_id: int,
    outcome: str,
    reason: str,
    refuse_refs: Collection[str],
    at: datetime,
) -> int:
    """Who looks after the case asks a colleague to close it; returns the proposal's id.

    Raises ``access.denied``, ``risk.item_not_taken`` unless the actor took it, and as
    ``risk.operations.case_closing.case_propose``.
    """
    require(actor, "case.work")
    book = _book(actor)
    # The case before its owner's row, as everywhere.
    case_lock(programme_ref=book, case_id=case_id)
    item_owned_require(programme_ref=book, kind="case", ref_id=case_id, owner_ref=actor.ref, at=at)
    return case_propose(
        programme_ref=book,
        case_id=case_id,
        outcome=outcome,
        reason=reason,
        refuse_refs=refuse_refs,
        by=actor.ref,
        at=at,
    )


@transaction.atomic(durable=True)
def case_close_approve(*, actor: Actor, case_id: int, decision_id: int, at: datetime) -> str:
    """The second person closes it; returns the outcome. Raises ``access.own_work``."""
    _check(actor, case_id, decision_id)
    on = programme_get(programme_id=actor.programme_id).business_date
    return case_approve(
        programme_ref=_book(actor),
        case_id=case_id,
        decision_id=decision_id,
        by=actor.ref,
        on=on,
        at=at,
    )


@transaction.atomic(durable=True)
def case_close_decline(
    *, actor: Actor, case_id: int, decision_id: int, reason: str, at: datetime
) -> None:
    """The second person sends it back. Raises ``access.own_work``, ``risk.reason_missing``."""
    _check(actor, case_id, decision_id)
    case_decline(
        programme_ref=_book(actor),
        case_id=case_id,
        decision_id=decision_id,
        by=actor.ref,
        reason=reason,
        at=at,
    )


@transaction.atomic(durable=True)
def case_take_up_again(*, actor: Actor, case_id: int, reason: str, at: datetime) -> None:
    """Open a closed case again. Raises ``risk.step_refused``, ``risk.reason_missing``."""
    require(actor, "case.work")
    case_reopen(programme_ref=_book(actor), case_id=case_id, reason=reason, by=actor.ref, at=at)


def _book(actor: Actor) -> str:
    return programme_ref(actor.programme_id)


def _check(actor: Actor, case_id: int, decision_id: int) -> None:
    case = case_get(programme_ref=_book(actor), case_id=case_id)
    made = next((row for row in case_decisions(case_id=case.id) if row.id == decision_id), None)
    if made is None:
        raise DomainError("risk.case_moved", case=case_id)
    maker = ref_id(made.maker_ref) if made.maker_ref.startswith("user:") else None
    require(actor, "case.close", Subject(actor.programme_id, made_by=maker))
