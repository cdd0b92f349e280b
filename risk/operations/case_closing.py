"""How a case ends: one person proposes an outcome, another decides, and what then follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.casework import quiet_to_minor
from risk.lifecycle import CASE, CASE_OUTCOMES, PROPOSAL, step_check
from risk.models import Case, CaseDecision, KnownHonest
from risk.operations.blocks import block_lift, block_set
from risk.operations.cases import case_lock, event_add, pending_of
from risk.operations.ownership import item_clear
from risk.policy import DEFAULT_POLICY, CasePolicy


@transaction.atomic
def case_propose(
    *,
    programme_ref: str,
    case_id: int,
    outcome: str,
    reason: str,
    refuse_refs: Collection[str],
    by: str,
    at: datetime,
) -> int:
    """Ask a second person to close an investigated case; returns the proposal's id.

    `outcome`: confirmed_fraud, false_alarm, explained or referred. `refuse_refs` are the firms
    whose gate closes with a confirmed fraud, at least one. Raises `risk.case_unknown`,
    `risk.step_refused` unless it is investigated, `risk.case_waits`, `risk.outcome_unknown`,
    `risk.case_party_unknown`, `risk.reason_missing`.
    """
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    step_check(CASE, current=case.state, to="closed")
    if outcome not in CASE_OUTCOMES:
        raise DomainError("risk.outcome_unknown", outcome=outcome)
    if not reason.strip():
        raise DomainError("risk.reason_missing")
    if pending_of(case) is not None:
        raise DomainError("risk.case_waits", case=case_id)
    refused = _refused(case, outcome, refuse_refs)
    row = CaseDecision.objects.create(
        case=case,
        outcome=outcome,
        reason=reason.strip(),
        refuse_refs=refused,
        amount_minor=case.amount_minor,
        maker_ref=by,
        made_at=at,
    )
    facts = {"outcome": outcome, "parties": refused, "decision": row.pk}
    event_add(case, "proposed", by=by, at=at, text=reason.strip(), facts=facts)
    return row.pk


@transaction.atomic
def case_approve(
    *,
    programme_ref: str,
    case_id: int,
    decision_id: int,
    by: str,
    on: date,
    at: datetime,
    policy: CasePolicy = DEFAULT_POLICY.cases,
) -> str:
    """The second person agrees: the case is closed, and what its outcome asks for is done.

    A confirmed fraud closes the gates of the firms it names and stops their reservations until
    a later closing says otherwise; a false alarm is kept as known honest up to its sum and the
    policy's growth. Returns the outcome. Raises `risk.case_unknown`, `risk.case_moved` when the
    proposal is not the one that waits, or the case grew since, and `risk.four_eyes`.
    """
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    row = _decide(case, decision_id, to="approved", by=by, answer="", at=at)
    if case.amount_minor > row.amount_minor:
        raise DomainError("risk.case_moved", case=case_id)
    case.state = step_check(CASE, current=case.state, to="closed")
    case.outcome, case.closed_at = row.outcome, at
    case.closed_amount_minor = case.amount_minor
    case.save(update_fields=["state", "outcome", "closed_at", "closed_amount_minor"])
    facts = {"outcome": row.outcome, "decision": row.pk, "amount_minor": case.amount_minor}
    event_add(case, "closed", by=by, at=at, text=row.reason, facts=facts)
    _follow(case, row, by=by, on=on, at=at)
    if row.outcome == "false_alarm":
        _honest(case, row, policy, at)
    return row.outcome


@transaction.atomic
def case_decline(
    *, programme_ref: str, case_id: int, decision_id: int, by: str, reason: str, at: datetime
) -> None:
    """The second person disagrees; the case stays under investigation.

    Raises as `case_approve`, and `risk.reason_missing`.
    """
    if not reason.strip():
        raise DomainError("risk.reason_missing")
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    row = _decide(case, decision_id, to="declined", by=by, answer=reason.strip(), at=at)
    facts = {"outcome": row.outcome, "decision": row.pk}
    event_add(case, "declined", by=by, at=at, text=reason.strip(), facts=facts)


@transaction.atomic
def case_reopen(*, programme_ref: str, case_id: int, reason: str, by: str, at: datetime) -> None:
    """A person takes a closed case up again. What a confirmed fraud closed stays closed until the
    case ends otherwise. Raises `risk.case_unknown`, `risk.step_refused`, `risk.reason_missing`.
    """
    if not reason.strip():
        raise DomainError("risk.reason_missing")
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    outcome = case.outcome
    case.state = step_check(CASE, current=case.state, to="open")
    case.outcome, case.closed_at = "", None
    case.save(update_fields=["state", "outcome", "closed_at"])
    _honest_end(case, at)
    item_clear(programme_ref=programme_ref, kind="case", ref_id=case_id, at=at)
    event_add(case, "reopened", by=by, at=at, text=reason.strip(), facts={"outcome": outcome})


def _refused(case: Case, outcome: str, refs: Collection[str]) -> list[str]:
    if outcome != "confirmed_fraud":
        return []
    own = set(case.parties.values_list("party_ref", flat=True))
    strange = sorted(set(refs) - own)
    if strange or not refs:
        raise DomainError("risk.case_party_unknown", parties=", ".join(strange))
    return sorted(set(refs))


def _decide(
    case: Case, decision_id: int, *, to: str, by: str, answer: str, at: datetime
) -> CaseDecision:
    row = pending_of(case)
    if row is None or row.pk != decision_id:
        raise DomainError("risk.case_moved", case=case.pk)
    if row.maker_ref == by:
        raise DomainError("risk.four_eyes", by=by)
    row.state = step_check(PROPOSAL, current=row.state, to=to)
    row.checker_ref, row.checked_at, row.answer = by, at, answer
    row.save(update_fields=["state", "checker_ref", "checked_at", "answer"])
    return row


def _follow(case: Case, row: CaseDecision, *, by: str, on: date, at: datetime) -> None:
    """Blocks as this outcome wants them: set for the firms it names, lifted for the others."""
    named: Sequence[str] = row.refuse_refs
    lifted = block_lift(case=case, keep=named, by=by, at=at)
    if lifted:
        event_add(case, "block_lifted", by=by, at=at, facts={"parties": lifted})
    for ref in named:
        is_refused = block_set(case=case, party_ref=ref, by=by, reason=row.reason, on=on, at=at)
        facts = {"party": ref, "is_gate_refused": is_refused}
        event_add(case, "gate_refused", by=by, at=at, text=row.reason, facts=facts)


def _honest(case: Case, row: CaseDecision, policy: CasePolicy, at: datetime) -> None:
    _honest_end(case, at)
    KnownHonest.objects.create(
        programme_ref=case.programme_ref,
        subject=case.subject,
        kind=case.kind,
        case=case,
        amount_minor=case.amount_minor,
        quiet_to_minor=quiet_to_minor(case.amount_minor, growth_ppm=policy.honest_growth_ppm),
        reason=row.reason,
        maker_ref=row.maker_ref,
        checker_ref=row.checker_ref,
        since_at=at,
    )


def _honest_end(case: Case, at: datetime) -> None:
    KnownHonest.objects.filter(case=case, ended_at=None).update(ended_at=at)
