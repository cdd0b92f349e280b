"""Whether a firm may sell on a day, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from risk.lifecycle import OPEN_OUTCOMES
from risk.models import GateDecision, GateOverride


@dataclass(frozen=True, slots=True)
class GateState:
    """The gate for one firm on one day.

    `passed` lets it sell named invoices, which is every sale of a receivable; `named_only`
    rules out anything wider. Without a decision in date the outcome is "missing".
    """

    outcome: str
    passed: bool
    named_only: bool
    verdict: str
    reasons: tuple[Mapping[str, Any], ...]
    report_id: int | None
    decision_id: int | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as a history shows it. `by_ref` is "" for the machine."""

    id: int
    party_ref: str
    verdict: str
    outcome: str
    reasons: tuple[Mapping[str, Any], ...]
    request_minor: int | None
    by_ref: str
    reason: str
    override_id: int | None
    from_date: date
    until_date: date
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """A proposal to override, with both names."""

    id: int
    party_ref: str
    decision_id: int
    verdict: str
    grant: str
    reason: str
    until_date: date
    maker_ref: str
    made_at: datetime
    state: str
    checker_ref: str
    checked_at: datetime | None
    answer: str


MISSING_STATE = GateState("missing", False, False, "", (), None, None, None)


def gate_get(*, programme_ref: str, party_ref: str, on: date) -> GateState:
    """The latest decision that began on or before the day, if it is still in date."""
    return gates_get(programme_ref=programme_ref, party_refs=[party_ref], on=on)[party_ref]


def gates_get(*, programme_ref: str, party_refs: Iterable[str], on: date) -> dict[str, GateState]:
    """The gate of many firms in one query; firms without a decision are "missing"."""
    refs = list(party_refs)
    rows = (
        GateDecision.objects.filter(
            programme_ref=programme_ref, party_ref__in=refs, from_date__lte=on
        )
        .order_by("party_ref", "-pk")
        .distinct("party_ref")
        .values_list(
            "party_ref", "pk", "report_id", "verdict", "outcome", "override__grant", "until_date",
            "reasons",
        )
    )  # fmt: skip
    found = {
        ref: GateState(
            outcome=outcome,
            passed=outcome in OPEN_OUTCOMES,
            named_only="named_only" in (outcome, granted),
            verdict=verdict,
            reasons=tuple(reasons),
            report_id=report_id,
            decision_id=decision_id,
            until=until,
        )
        for ref, decision_id, report_id, verdict, outcome, granted, until, reasons in rows
        if until >= on
    }
    return {ref: found.get(ref, MISSING_STATE) for ref in refs}


def gate_require(*, programme_ref: str, party_ref: str, on: date) -> GateState:
    """The gate's state; raises `risk.gate_closed` unless the firm may sell."""
    state = gate_get(programme_ref=programme_ref, party_ref=party_ref, on=on)
    if not state.passed:
        raise DomainError("risk.gate_closed", outcome=state.outcome, verdict=state.verdict)
    return state


def gate_history(*, programme_ref: str, party_ref: str) -> tuple[DecisionRow, ...]:
    """A firm's decisions, the latest first."""
    rows = GateDecision.objects.filter(programme_ref=programme_ref, party_ref=party_ref)
    return tuple(
        DecisionRow(
            id=row.pk,
            party_ref=row.party_ref,
            verdict=row.verdict,
            outcome=row.outcome,
            reasons=tuple(row.reasons),
            request_minor=row.request_minor,
            by_ref=row.by_ref,
            reason=row.reason,
            override_id=row.override_id,
            from_date=row.from_date,
            until_date=row.until_date,
            decided_at=row.decided_at,
        )
        for row in rows.order_by("-pk")
    )


def overrides_list(
    *, programme_ref: str, party_ref: str | None = None, state: str | None = None
) -> tuple[OverrideRow, ...]:
    """Overrides proposed, the latest first."""
    rows = GateOverride.objects.filter(programme_ref=programme_ref)
    if party_ref is not None:
        rows = rows.filter(party_ref=party_ref)
    if state is not None:
        rows = rows.filter(state=state)
    return tuple(
        OverrideRow(
            id=row.pk,
            party_ref=row.party_ref,
            decision_id=row.decision_id,
            verdict=row.verdict,
            grant=row.grant,
            reason=row.reason,
            until_date=row.until_date,
            maker_ref=row.maker_ref,
            made_at=row.made_at,
            state=row.state,
            checker_ref=row.checker_ref,
            checked_at=row.checked_at,
            answer=row.answer,
        )
        for row in rows.order_by("-pk")
    )
