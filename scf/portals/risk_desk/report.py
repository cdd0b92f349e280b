"""One firm's report: expanding or in trouble, how sure, and what the desk decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.cases import cases_list
from risk.queries.gates import gate_get, gate_history, overrides_list
from risk.queries.reports import (
    ReportRow,
    report_data_get,
    report_get,
    report_history,
    report_payload_get,
    report_replay,
)
from scf.network.queries import parties_get
from scf.network.values import Role, ref_id
from scf.portals.components import Problem, Step, StepState
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.decision import decided, decision_context
from scf.portals.risk_desk.edge import RowLine, documents_href
from scf.portals.risk_desk.ego import EgoCard, ego_card
from scf.portals.risk_desk.ego_state import day_read, state_read
from scf.portals.risk_desk.exposure import exposure_of
from scf.portals.risk_desk.item_words import case_kind
from scf.portals.risk_desk.report_charts import (
    break_lines,
    flows_chart,
    measure_lines,
)
from scf.portals.risk_desk.report_reasons import (
    VERDICT_TONES,
    flip_words,
    headline_reasons,
    judged_tests,
    reliability_rows,
    unknown_words,
)
from scf.portals.risk_desk.words import (
    BOW_TIES,
    FIRM_ROLES,
    FLOW_KINDS,
    GATES,
    VERDICTS,
    finding_word,
    user_words,
)
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.words import status_word

HISTORY_SHOWN = 12
Payload = Mapping[str, Any]


@portal_view(role=Role.RISK, post=True)
def report(request: PortalRequest, report_id: int) -> HttpResponse:
    """The report of one run; the desk decides on a firm's latest one."""
    row = report_get(report_id=report_id, programme_ref=request.programme.book)
    problem: Problem | None = None
    if request.method == "POST":
        if request.htmx and request.POST.get("act") == "replay":
            same = report_replay(report_id=row.id)
            context = {"row": row, "replayed": same, "at": request.at}
            return render(request, "risk/parts/replay.html", context)
        try:
            answer = decided(request, row)
        except DomainError as error:
            problem = problem_of(error)
        else:
            if answer is not None:
                return answer
    payload = report_payload_get(report_id=row.id)
    if request.htmx and request.htmx.target == "ego":
        return render(request, "risk/parts/ego.html", {"card": _card(request, row, payload)})
    return page(
        request,
        "risk/report.html",
        {"problem": problem, **_content(request, row, payload), **decision_context(request, row)},
        status=200 if request.method == "GET" else 422,
    )


@portal_view(role=Role.RISK)
def report_file(request: PortalRequest, report_id: int) -> HttpResponse:
    """The report's own bytes, as its hash was taken."""
    row = report_get(report_id=report_id, programme_ref=request.programme.book)
    answer = HttpResponse(report_data_get(report_id=row.id), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="report-{row.id}.json"'
    return answer


def _content(request: PortalRequest, row: ReportRow, payload: Payload) -> dict[str, object]:
    tests = judged_tests(payload)
    book, on = request.programme.book, request.business_date
    gate = gate_get(programme_ref=book, party_ref=row.party_ref, on=on)
    reports = report_history(programme_ref=book, party_ref=row.party_ref)
    return {
        "row": row,
        "role": FIRM_ROLES.get(row.party_role, row.party_role),
        "sector": payload["party"]["sector"],
        "asked": payload["request"],
        "policy_hash": payload["policy_hash"],
        "replayed": None,
        "tone": VERDICT_TONES[row.verdict],
        "verdict_word": status_word("verdict", row.verdict),
        "verdict_words": VERDICTS[row.verdict],
        "gate": gate,
        "gate_words": GATES.get(gate.outcome, ""),
        "flips": flip_words(payload),
        "reasons": [(one, evidence_rows(one.evidence)) for one in headline_reasons(tests)],
        "unknown": unknown_words(tests),
        "tests": [(one, evidence_rows(one.evidence)) for one in tests],
        "reliability": reliability_rows(payload),
        "card": _card(request, row, payload),
        "measures": measure_lines(payload),
        "peers": payload["position"],
        "bow_tie": BOW_TIES.get(payload["position"]["bow_tie"], ""),
        "flows": flows_chart(payload),
        "exposure": exposure_of(request, row.party_ref, payload),
        "before": before_of(row, reports),
        "party": parties_get(party_ids=[ref_id(row.party_ref)]).get(ref_id(row.party_ref)),
        "breaks": payload["breaks"],
        "break_lines": [(one, documents_href(one.row_id)) for one in break_lines(payload)],
        "findings": [
            {**one, "word": finding_word(one["code"]), "rows": evidence_rows(one["evidence"])}
            for one in payload["findings"]
        ],
        "cases": [
            (one, case_kind(one.kind))
            for one in cases_list(programme_ref=request.programme.book, party_ref=row.party_ref)
        ],
        "history": _history(request, row, reports),
    }


def _card(request: PortalRequest, row: ReportRow, payload: Payload) -> EgoCard | None:
    """The neighbourhood as of the report's day."""
    return ego_card(
        programme_ref=request.programme.book,
        party_ref=row.party_ref,
        state=state_read(request.GET),
        address=request.path,
        on=row.as_of,
        findings=payload["findings"],
    )


def evidence_rows(rows: Sequence[Mapping[str, Any]]) -> list[RowLine]:
    """The rows behind a figure, each with its way to the documents side by side."""
    return [
        RowLine(
            kind=FLOW_KINDS.get(one["kind"], one["kind"]),
            document=one["document"],
            on_date=day_read(one["date"]),
            amount_minor=one["amount_minor"],
            reason="",
            href=documents_href(one["row_id"]),
        )
        for one in rows
    ]


def before_of(row: ReportRow, reports: Sequence[ReportRow]) -> ReportRow | None:
    """The firm's report before this one; one of the same day only where there is no other."""
    older = [one for one in reports if (one.as_of, one.id) < (row.as_of, row.id)]
    return next((one for one in older if one.as_of < row.as_of), older[0] if older else None)


def _history(request: PortalRequest, row: ReportRow, reports: Sequence[ReportRow]) -> list[Step]:
    """Reports, decisions and proposals of the firm, oldest first."""
    book, ref = request.programme.book, row.party_ref
    decisions = gate_history(programme_ref=book, party_ref=ref)
    overrides = overrides_list(programme_ref=book, party_ref=ref)
    names = user_words([*(one.by_ref for one in decisions), *(one.maker_ref for one in overrides)])
    dated: list[tuple[Any, Step]] = [
        (
            one.made_at,
            Step(
                _("报告：%(verdict)s") % {"verdict": status_word("verdict", one.verdict)},
                "done",
                one.made_at,
                _("截至 %(day)s") % {"day": one.as_of.isoformat()},
            ),
        )
        for one in reports
    ]
    for one in decisions:
        word = status_word(
            "gate", "refused" if one.by_ref and one.outcome == "failed" else one.outcome
        )
        by = " · ".join(part for part in (names.get(one.by_ref, ""), one.reason) if part)
        state: StepState = "bad" if one.outcome == "failed" else "done"
        dated.append(
            (one.decided_at, Step(_("准入：%(gate)s") % {"gate": word}, state, one.decided_at, by))
        )
    for asked in overrides:
        text = f"{names.get(asked.maker_ref, '')} · {asked.reason}"
        stage: StepState = "now" if asked.state == "pending" else "done"
        dated.append((asked.made_at, Step(_("提出越权放行"), stage, asked.made_at, text)))
    dated.sort(key=lambda pair: pair[0])
    return [step for _at, step in dated][-HISTORY_SHOWN:]
