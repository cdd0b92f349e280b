"""Cases: opened by runs, worked on by people, closed by two. History is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from risk.casework import CaseDraft, evidence_key, is_more, severity_worse
from risk.lifecycle import CASE, step_check
from risk.models import (
    Case,
    CaseDecision,
    CaseEvent,
    CaseEvidence,
    CaseParty,
    KnownHonest,
)
from risk.operations.ownership import item_clear
from risk.policy import CasePolicy


@dataclass(frozen=True, slots=True)
class Seen:
    """The run that saw something: which, as of which day, of which programme, by which rules."""

    programme_ref: str
    run_id: int
    as_of: date
    policy: CasePolicy
    at: datetime


@transaction.atomic
def cases_record(
    *, seen: Seen, drafts: Sequence[CaseDraft], names: Mapping[str, str]
) -> tuple[int, int, int]:
    """Open a case for every new subject of a run, and tell known ones that they were seen again.

    Returns how many were opened, reopened, and seen again. The same run twice changes nothing:
    of two workers the unique subject lets one open, and each case remembers its last run.
    `names` are the firms' names by reference.
    """
    if not drafts:
        return (0, 0, 0)
    _insert(seen, drafts)
    subjects = {draft.subject: draft for draft in drafts}
    rows = Case.objects.select_for_update().filter(
        programme_ref=seen.programme_ref, subject__in=subjects
    )
    honest = {
        row.subject: row
        for row in KnownHonest.objects.filter(
            programme_ref=seen.programme_ref, subject__in=subjects, ended_at=None
        )
    }
    told = _Told(seen, names)
    done = [
        _tell(told, row, subjects[row.subject], honest.get(row.subject))
        for row in rows.order_by("pk")
    ]
    told.write()
    return (done.count("opened"), done.count("reopened"), done.count("seen"))


@transaction.atomic
def case_follow_owner(
    *, programme_ref: str, case_id: int, act: str, by: str, text: str, at: datetime
) -> None:
    """Taken, a case is investigated; released, it is open again. Part of its history.

    `act`: taken, released or handed. Raises `risk.case_unknown`, `risk.step_refused` for one
    that is closed, and `risk.case_waits` when an outcome was proposed and waits for the second
    person.
    """
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    if act == "released":
        if case.decisions.filter(state="pending").exists():
            raise DomainError("risk.case_waits", case=case_id)
        if case.state == "investigating":
            _step(case, "open")
    elif act == "taken" or case.state == "open":
        _step(case, "investigating")
    event_add(case, act, by=by, at=at, text=text)


@transaction.atomic
def case_note_add(*, programme_ref: str, case_id: int, text: str, by: str, at: datetime) -> None:
    """Write down what was learned. Raises `risk.case_unknown`, `risk.reason_missing`."""
    if not text.strip():
        raise DomainError("risk.reason_missing")
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    event_add(case, "note", by=by, at=at, text=text.strip())


@transaction.atomic
def case_evidence_add(
    *,
    programme_ref: str,
    case_id: int,
    document: str,
    note: str,
    by: str,
    at: datetime,
    amount_minor: int | None = None,
    row_id: int | None = None,
) -> bool:
    """Put a document to the case by hand; False when it is there already.

    Raises `risk.case_unknown`, `risk.reason_missing` without a document.
    """
    if not document.strip():
        raise DomainError("risk.reason_missing")
    case = case_lock(programme_ref=programme_ref, case_id=case_id)
    key = f"person:{document.strip()}"[:200]
    if case.evidence.filter(key=key).exists():
        return False
    CaseEvidence.objects.create(
        case=case,
        key=key,
        kind="person",
        row_id=row_id,
        document=document.strip()[:120],
        on_date="",
        amount_minor=amount_minor,
        note=note.strip(),
        by_ref=by,
        at=at,
    )
    event_add(case, "evidence", by=by, at=at, text=document.strip(), facts={"note": note.strip()})
    return True


def case_lock(*, programme_ref: str, case_id: int) -> Case:
    """The case's row, locked; raises `risk.case_unknown`."""
    rows = Case.objects.select_for_update().filter(programme_ref=programme_ref, pk=case_id)
    found = rows.first()
    if found is None:
        raise DomainError("risk.case_unknown", case=case_id)
    return found


def event_add(
    case: Case,
    kind: str,
    *,
    by: str,
    at: datetime,
    text: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One more line of a case's history."""
    CaseEvent.objects.create(
        case=case, kind=kind, by_ref=by, at=at, text=text[:400], facts=dict(facts or {})
    )


def _insert(seen: Seen, drafts: Iterable[CaseDraft]) -> None:
    Case.objects.bulk_create(
        [
            Case(
                programme_ref=seen.programme_ref,
                kind=draft.kind,
                subject=draft.subject,
                severity=draft.severity,
                amount_minor=draft.amount_minor,
                facts=dict(draft.facts),
                opened_run_id=seen.run_id,
                last_run_id=seen.run_id,
                opened_date=seen.as_of,
                last_seen_date=seen.as_of,
                opened_at=seen.at,
            )
            for draft in drafts
        ],
        ignore_conflicts=True,
    )


@dataclass
class _Told:
    """What a run says of its cases, gathered to be written at once."""

    seen: Seen
    names: Mapping[str, str]
    cases: list[Case] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    parties: list[CaseParty] = field(default_factory=list)
    evidence: list[CaseEvidence] = field(default_factory=list)

    def event(self, case: Case, kind: str, **facts: Any) -> None:
        run = {"run": self.seen.run_id, "as_of": self.seen.as_of.isoformat()}
        facts = {**run, "amount_minor": case.amount_minor, **facts}
        self.events.append(CaseEvent(case=case, kind=kind, at=self.seen.at, facts=facts))

    def keep(self, case: Case, draft: CaseDraft) -> None:
        """Firms and rows; those that the case has already are left as they are."""
        for ref in draft.parties:
            name = self.names.get(ref, ref)
            self.parties.append(CaseParty(case=case, party_ref=ref, name=name))
        for item in draft.evidence:
            self.evidence.append(
                CaseEvidence(
                    case=case,
                    run_id=self.seen.run_id,
                    key=evidence_key(item),
                    kind=item.kind,
                    row_id=item.row_id,
                    document=item.document[:120],
                    on_date=item.on_date,
                    amount_minor=item.amount_minor,
                    at=self.seen.at,
                )
            )

    def write(self) -> None:
        # One statement of rows that are there: an update of thousands at a table's speed.
        Case.objects.bulk_create(
            self.cases,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_SEEN_FIELDS,
            batch_size=1_000,
        )
        CaseParty.objects.bulk_create(self.parties, ignore_conflicts=True, batch_size=2_000)
        CaseEvidence.objects.bulk_create(self.evidence, ignore_conflicts=True, batch_size=2_000)
        CaseEvent.objects.bulk_create(self.events, batch_size=2_000)


_SEEN_FIELDS = (
    "last_run", "last_seen_date", "seen_count", "amount_minor", "facts", "severity", "state",
    "outcome", "closed_at",
)  # fmt: skip


def _tell(told: _Told, case: Case, draft: CaseDraft, honest: KnownHonest | None) -> str:
    """What this run says of one locked case; the name of what came of it."""
    seen, is_new = told.seen, case.seen_count == 0
    if not is_new and case.last_run_id >= seen.run_id:
        return "known"
    before = case.amount_minor
    again = case.state == "closed" and _comes_again(case, draft, seen.policy, honest)
    heavier = severity_worse(case.severity, draft.severity) != case.severity
    case.last_run_id, case.last_seen_date = seen.run_id, max(case.last_seen_date, seen.as_of)
    case.seen_count += 1
    case.amount_minor, case.facts = draft.amount_minor, dict(draft.facts)
    case.severity = draft.severity if again else severity_worse(case.severity, draft.severity)
    told.cases.append(case)
    told.keep(case, draft)
    if is_new:
        told.event(case, "opened")
        return "opened"
    if again:
        _reopen(told, case, honest)
        return "reopened"
    if case.state != "closed" and (heavier or case.amount_minor > before):
        told.event(case, "grew", before_minor=before)
    return "seen"


def _comes_again(
    case: Case, draft: CaseDraft, policy: CasePolicy, honest: KnownHonest | None
) -> bool:
    """Whether it recurs with more than it was closed with, or than it was found honest up to."""
    if honest is not None:
        return draft.amount_minor > honest.quiet_to_minor
    return is_more(
        draft.amount_minor,
        than_minor=case.closed_amount_minor or 0,
        growth_ppm=policy.reopen_growth_ppm,
    )


def _reopen(told: _Told, case: Case, honest: KnownHonest | None) -> None:
    """Open it again, for anybody to take; a word of honesty that it outgrew ends."""
    at = told.seen.at
    if honest is not None:
        honest.ended_at = at
        honest.save(update_fields=["ended_at"])
    told.event(case, "reopened", outcome=case.outcome, closed_amount_minor=case.closed_amount_minor)
    case.state = step_check(CASE, current=case.state, to="open")
    case.outcome, case.closed_at = "", None
    item_clear(programme_ref=case.programme_ref, kind="case", ref_id=case.pk, at=at)


def _step(case: Case, to: str) -> None:
    case.state = step_check(CASE, current=case.state, to=to)
    case.save(update_fields=["state"])


def pending_of(case: Case) -> CaseDecision | None:
    """The outcome that waits for the second person, locked."""
    return case.decisions.select_for_update().filter(state="pending").first()
