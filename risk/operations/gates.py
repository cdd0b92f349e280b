"""The gate: what a report lets a firm do, and how people may decide otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from ledger.errors import DomainError
from risk.facts import RequestFact
from risk.gating import PersonsWord, decisive, gate_outcome, verdict_for_request
from risk.lifecycle import GRANTS, OPEN_OUTCOMES, PROPOSAL, step_check
from risk.models import GateDecision, GateOverride, Report
from risk.policy import Policy, policy_load
from risk.queries.blocks import block_refuse, blocks_map


@transaction.atomic
def gate_decide(
    *,
    programme_ref: str,
    party_ref: str,
    request: RequestFact | None,
    as_of: date,
    at: datetime,
) -> int:
    """Judge a firm's latest report with a request (None: the one it was made for).

    Returns the decision's id. Raises `risk.report_missing` when there is no report on or
    before the day that is still in date.
    """
    report = (
        Report.objects.filter(
            programme_ref=programme_ref, party_ref=party_ref, as_of_date__lte=as_of
        )
        .select_related("policy")
        .order_by("-as_of_date", "-pk")
        .first()
    )
    if report is None or _until(report, policy_load(report.policy.data)) < as_of:
        raise DomainError("risk.report_missing", party=party_ref, date=as_of.isoformat())
    row = _decision(report, request, _words([report]), policy_load(report.policy.data), as_of, at)
    return GateDecision.objects.bulk_create([row])[0].pk


@transaction.atomic
def gates_decide(*, reports: Sequence[Report], policy: Policy, as_of: date, at: datetime) -> None:
    """Decide for a batch of fresh reports, each with the request it was made for."""
    words = _words(reports)
    GateDecision.objects.bulk_create(
        [_decision(report, None, words, policy, as_of, at) for report in reports]
    )


@transaction.atomic
def gate_override_propose(
    *,
    decision_id: int,
    grant: str,
    by: str,
    reason: str,
    until: date,
    at: datetime,
) -> int:
    """Ask a second person to let a firm pass against its verdict, until a day at most.

    `grant` is "full" or "named_only". Returns the override's id. Raises `risk.gate_open`
    where nothing is to be overridden, `risk.decision_stale` when a later decision was made,
    `risk.override_pending`, `risk.override_dates`, `risk.reason_missing`, and
    `risk.party_blocked` while a confirmed fraud keeps the firm out.
    """
    decision = _latest(decision_id)
    if decision.outcome in OPEN_OUTCOMES:
        raise DomainError("risk.gate_open", party=decision.party_ref)
    if grant not in GRANTS:
        raise DomainError("risk.grant_unknown", grant=grant)
    _reason_check(reason)
    block_refuse(programme_ref=decision.programme_ref, party_refs=[decision.party_ref])
    policy = policy_load(decision.report.policy.data)
    latest = decision.from_date + timedelta(days=policy.override_most_days)
    if not decision.from_date <= until <= latest:
        raise DomainError("risk.override_dates", until=latest.isoformat())
    if GateOverride.objects.filter(
        programme_ref=decision.programme_ref, party_ref=decision.party_ref, state="pending"
    ).exists():
        raise DomainError("risk.override_pending", party=decision.party_ref)
    override = GateOverride.objects.create(
        programme_ref=decision.programme_ref,
        party_ref=decision.party_ref,
        decision=decision,
        verdict=decision.verdict,
        grant=grant,
        reason=reason.strip(),
        until_date=until,
        maker_ref=by,
        made_at=at,
    )
    return override.pk


@transaction.atomic
def gate_override_approve(*, override_id: int, by: str, at: datetime) -> int:
    """The second person agrees: the firm may sell until the override ends.

    Returns the new decision's id. Raises `risk.four_eyes`, `risk.step_refused`,
    `risk.override_unknown`, `risk.decision_stale` when the verdict changed since.
    """
    override = _override_decide(override_id, by=by, to="approved", answer="", at=at)
    block_refuse(programme_ref=override.programme_ref, party_refs=[override.party_ref])
    latest = _latest_of(override.programme_ref, override.party_ref)
    if latest.verdict != override.verdict:
        raise DomainError("risk.decision_stale", party=override.party_ref)
    decision = GateDecision.objects.create(
        programme_ref=latest.programme_ref,
        party_ref=latest.party_ref,
        report_id=latest.report_id,
        request_ref=latest.request_ref,
        request_minor=latest.request_minor,
        verdict=latest.verdict,
        outcome="overridden",
        reasons=latest.reasons,
        override=override,
        by_ref=by,
        reason=override.reason,
        from_date=latest.from_date,
        until_date=override.until_date,
        decided_at=at,
    )
    return decision.pk


@transaction.atomic
def gate_override_decline(*, override_id: int, by: str, reason: str, at: datetime) -> None:
    """The second person disagrees; the decision stands. Raises as `gate_override_approve`."""
    _reason_check(reason)
    _override_decide(override_id, by=by, to="declined", answer=reason.strip(), at=at)


@transaction.atomic
def gate_refuse(*, decision_id: int, by: str, reason: str, at: datetime) -> int:
    """A person closes the gate, whatever the verdict, until the decision would have ended.

    Returns the new decision's id. Raises `risk.decision_stale`, `risk.reason_missing`.
    """
    _reason_check(reason)
    decision = _latest(decision_id)
    refused = GateDecision.objects.create(
        programme_ref=decision.programme_ref,
        party_ref=decision.party_ref,
        report_id=decision.report_id,
        request_ref=decision.request_ref,
        request_minor=decision.request_minor,
        verdict=decision.verdict,
        outcome="failed",
        reasons=decision.reasons,
        by_ref=by,
        reason=reason.strip(),
        from_date=decision.from_date,
        until_date=decision.until_date,
        decided_at=at,
    )
    return refused.pk


def _decision(
    report: Report,
    request: RequestFact | None,
    words: dict[str, PersonsWord],
    policy: Policy,
    as_of: date,
    at: datetime,
) -> GateDecision:
    payload = json.loads(bytes(report.payload))
    verdict = verdict_for_request(payload, request=request, policy=policy)
    word = words.get(report.party_ref)
    outcome = gate_outcome(str(verdict.word), verdict.gate, word=word, on=as_of)
    # What people said is carried on with their names, until the day they said.
    carried = word if word is not None and outcome == word.outcome else None
    asked = payload["request"] if request is None else asdict(request)
    until = _until(report, policy)
    return GateDecision(
        programme_ref=report.programme_ref,
        party_ref=report.party_ref,
        report=report,
        request_ref=asked["request_ref"] if asked else "",
        request_minor=asked["amount_minor"] if asked else None,
        verdict=str(verdict.word),
        outcome=outcome,
        reasons=[asdict(reason) for reason in decisive(verdict)],
        override_id=carried.override_id if carried else None,
        by_ref=carried.by_ref if carried else "",
        reason=carried.reason if carried else "",
        from_date=as_of,
        until_date=min(until, carried.until_date) if carried else until,
        decided_at=at,
    )


def _until(report: Report, policy: Policy) -> date:
    return report.as_of_date + timedelta(days=policy.gate_valid_days)


def _words(reports: Sequence[Report]) -> dict[str, PersonsWord]:
    """What people last said of each of these reports' firms; a confirmed fraud outlasts it."""
    if not reports:
        return {}
    blocks = blocks_map(
        programme_ref=reports[0].programme_ref, party_refs=[one.party_ref for one in reports]
    )
    kept_out = {
        ref: PersonsWord("failed", "", date.max, row.by_ref, row.reason, None)
        for ref, row in blocks.items()
    }
    rows = (
        GateDecision.objects.filter(
            programme_ref=reports[0].programme_ref,
            party_ref__in=[report.party_ref for report in reports],
        )
        .exclude(by_ref="")
        .select_related("override")
        .order_by("party_ref", "-pk")
        .distinct("party_ref")
    )
    return {row.party_ref: _word_of(row) for row in rows} | kept_out


def _word_of(row: GateDecision) -> PersonsWord:
    override = row.override
    return PersonsWord(
        outcome=row.outcome,
        verdict=row.verdict if override is None else override.verdict,
        # A carried decision ends with its report; the override itself may last longer.
        until_date=row.until_date if override is None else override.until_date,
        by_ref=row.by_ref,
        reason=row.reason,
        override_id=row.override_id,
    )


def _latest(decision_id: int) -> GateDecision:
    decision = GateDecision.objects.filter(pk=decision_id).first()
    if decision is None:
        raise DomainError("risk.decision_unknown", decision=decision_id)
    if _latest_of(decision.programme_ref, decision.party_ref).pk != decision_id:
        raise DomainError("risk.decision_stale", party=decision.party_ref)
    return decision


def _latest_of(programme_ref: str, party_ref: str) -> GateDecision:
    rows = GateDecision.objects.filter(programme_ref=programme_ref, party_ref=party_ref)
    return rows.select_for_update(of=("self",)).order_by("-pk")[0]


def _override_decide(
    override_id: int, *, by: str, to: str, answer: str, at: datetime
) -> GateOverride:
    override = GateOverride.objects.select_for_update().filter(pk=override_id).first()
    if override is None:
        raise DomainError("risk.override_unknown", override=override_id)
    override.state = step_check(PROPOSAL, current=override.state, to=to)
    if override.maker_ref == by:
        raise DomainError("risk.four_eyes", by=by)
    override.checker_ref, override.checked_at, override.answer = by, at, answer
    override.save(update_fields=["state", "checker_ref", "checked_at", "answer"])
    return override


def _reason_check(reason: str) -> None:
    if not reason.strip():
        raise DomainError("risk.reason_missing")
