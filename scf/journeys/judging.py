"""The risk desk decides: overrides and limits with two people, a refusal with one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.operations.gates import (
    gate_override_approve,
    gate_override_decline,
    gate_override_propose,
    gate_refuse,
)
from risk.operations.limits import (
    limit_change_approve,
    limit_change_decline,
    limit_change_propose,
)
from risk.queries.gates import OverrideRow, gate_get, overrides_list
from risk.queries.limits import ChangeRow, limit_changes_list
from scf.access.policy import Subject, require
from scf.network.queries import programme_get
from scf.network.values import Actor, party_ref, programme_ref, ref_id


@transaction.atomic(durable=True)
def override_propose(
    *,
    actor: Actor,
    party_id: int,
    decision_id: int,
    grant: str,
    until: date,
    reason: str,
    at: datetime,
) -> int:
    """Ask a colleague to let a firm pass against its verdict; returns the proposal's id.

    Raises ``access.denied``, ``risk.decision_stale`` unless the decision is the one in force on
    the business date, and as ``gate_override_propose``.
    """
    require(actor, "gate.decide")
    _current(actor=actor, party_id=party_id, decision_id=decision_id)
    return gate_override_propose(
        decision_id=decision_id, grant=grant, by=actor.ref, reason=reason, until=until, at=at
    )


@transaction.atomic(durable=True)
def override_approve(*, actor: Actor, override_id: int, at: datetime) -> int:
    """The second person agrees; returns the new decision's id. Raises ``access.own_work``."""
    found = _override(actor=actor, override_id=override_id)
    require(actor, "gate.override", _made(actor, found.maker_ref))
    return gate_override_approve(override_id=found.id, by=actor.ref, at=at)


@transaction.atomic(durable=True)
def override_decline(*, actor: Actor, override_id: int, reason: str, at: datetime) -> None:
    """The second person disagrees; the verdict stands. Raises ``risk.reason_missing``."""
    found = _override(actor=actor, override_id=override_id)
    require(actor, "gate.override", _made(actor, found.maker_ref))
    gate_override_decline(override_id=found.id, by=actor.ref, reason=reason, at=at)


@transaction.atomic(durable=True)
def firm_refuse(*, actor: Actor, party_id: int, decision_id: int, reason: str, at: datetime) -> int:
    """One person closes the gate; returns the new decision's id. Raises ``risk.reason_missing``."""
    require(actor, "gate.decide")
    _current(actor=actor, party_id=party_id, decision_id=decision_id)
    return gate_refuse(decision_id=decision_id, by=actor.ref, reason=reason, at=at)


@transaction.atomic(durable=True)
def limit_propose(
    *,
    actor: Actor,
    scope: str,
    subject_ref: str,
    base_minor: int,
    floating_minor: int,
    reason: str,
    at: datetime,
) -> int:
    """Ask a colleague for a new figure; returns the change's id.

    Raises as ``limit_change_propose``.
    """
    require(actor, "limit.propose")
    return limit_change_propose(
        programme_ref=programme_ref(actor.programme_id),
        scope=scope,
        subject_ref=subject_ref,
        base_minor=base_minor,
        floating_minor=floating_minor,
        by=actor.ref,
        reason=reason,
        at=at,
    )


@transaction.atomic(durable=True)
def limit_approve(*, actor: Actor, change_id: int, at: datetime) -> int:
    """The second person agrees; returns the limit's id. Raises ``access.own_work``."""
    change = _change(actor=actor, change_id=change_id)
    require(actor, "limit.approve", _made(actor, change.maker_ref))
    return limit_change_approve(change_id=change.id, by=actor.ref, at=at)


@transaction.atomic(durable=True)
def limit_decline(*, actor: Actor, change_id: int, reason: str, at: datetime) -> None:
    """The limit stays as it is. Raises ``risk.reason_missing``."""
    change = _change(actor=actor, change_id=change_id)
    require(actor, "limit.approve", _made(actor, change.maker_ref))
    limit_change_decline(change_id=change.id, by=actor.ref, reason=reason, at=at)


def _current(*, actor: Actor, party_id: int, decision_id: int) -> None:
    on = programme_get(programme_id=actor.programme_id).business_date
    ref = party_ref(party_id)
    state = gate_get(programme_ref=programme_ref(actor.programme_id), party_ref=ref, on=on)
    if state.decision_id != decision_id:
        raise DomainError("risk.decision_stale", party=ref)


def _override(*, actor: Actor, override_id: int) -> OverrideRow:
    rows = overrides_list(programme_ref=programme_ref(actor.programme_id), state="pending")
    found = next((row for row in rows if row.id == override_id), None)
    if found is None:
        raise DomainError("risk.override_unknown", override=override_id)
    return found


def _change(*, actor: Actor, change_id: int) -> ChangeRow:
    rows = limit_changes_list(programme_ref=programme_ref(actor.programme_id), waiting_only=True)
    found = next((row for row in rows if row.id == change_id), None)
    if found is None:
        raise DomainError("risk.change_unknown", change=change_id)
    return found


def _made(actor: Actor, maker_ref: str) -> Subject:
    maker = ref_id(maker_ref) if maker_ref.startswith("user:") else None
    return Subject(actor.programme_id, made_by=maker)
