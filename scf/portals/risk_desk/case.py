"""One case: evidence with its documents side by side, the decision, and what happened so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.cases import (
    CaseDecisionRow,
    CaseRow,
    EvidenceRow,
    case_decisions,
    case_events,
    case_evidence,
    case_get,
)
from scf.access.policy import Subject, may
from scf.journeys.investigating import (
    case_close_approve,
    case_close_decline,
    case_close_submit,
    case_document_put,
    case_note_write,
    case_take_up_again,
)
from scf.network.values import Role
from scf.portals.components import Problem, four_eyes
from scf.portals.forms import ActionForm, form_refuse, posted_id
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.case_forms import CloseForm, EvidenceForm, NoteForm
from scf.portals.risk_desk.case_story import case_steps, fact_rows, firm_lines
from scf.portals.risk_desk.cases import CaseLine, case_lines
from scf.portals.risk_desk.document_rows import DocumentTable
from scf.portals.risk_desk.documents import documents_of
from scf.portals.risk_desk.forms import ReasonForm
from scf.portals.risk_desk.item_words import CASE_OUTCOMES, case_kind, codes_said
from scf.portals.risk_desk.taking import take_cell
from scf.portals.risk_desk.words import FLOW_KINDS, user_number, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

Forms = dict[str, ActionForm]


@portal_view(role=Role.RISK, post=True)
def case(request: PortalRequest, case_id: int) -> HttpResponse:
    """The case; ``?row=`` chooses the evidence whose documents are shown."""
    found = case_get(programme_ref=request.programme.book, case_id=case_id)
    problem: Problem | None = None
    forms = _forms(request, found)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            if act is None:
                raise DomainError("access.denied")
            said = act(request, found, forms)
        except DomainError as error:
            problem = problem_of(error)
        else:
            if said is not None:
                messages.success(request, said)
                return redirect("risk:case", case_id)
    line = case_lines(request, [found])[0]
    decisions = case_decisions(case_id=found.id)
    return page(
        request,
        "risk/case.html",
        {
            "problem": problem,
            **_content(request, found, line, decisions),
            **_decision(request, found, line, decisions, forms),
        },
        status=200 if request.method == "GET" else 422,
    )


def _forms(request: PortalRequest, found: CaseRow) -> Forms:
    """The posted form bound, the others empty; each with ids of its own."""
    posted = request.POST.get("act", "") if request.method == "POST" else ""

    def one(kind: type[ActionForm], act: str) -> ActionForm:
        data = request.POST if posted == act else None
        return kind(data, auto_id=f"{act}_%s")

    close = CloseForm(
        request.POST if posted == "propose" else None,
        auto_id="propose_%s",
    )
    close.offer(found.parties)
    return {
        "note": one(NoteForm, "note"),
        "evidence": one(EvidenceForm, "evidence"),
        "propose": close,
        "decline": one(ReasonForm, "decline"),
        "reopen": one(ReasonForm, "reopen"),
    }


def _content(
    request: PortalRequest, found: CaseRow, line: CaseLine, decisions: Sequence[CaseDecisionRow]
) -> dict[str, object]:
    evidence = case_evidence(case_id=found.id)
    events = case_events(case_id=found.id)
    chosen = _chosen(request, evidence)
    acted = [*(one.by_ref for one in events), *(one.by_ref for one in evidence)]
    people = user_words([*acted, *(one.maker_ref for one in decisions)])
    return {
        "case": found,
        "line": line,
        "kind": case_kind(found.kind),
        "codes": codes_said(found.facts),
        "outcome": CASE_OUTCOMES.get(found.outcome, ""),
        "facts": fact_rows(found.facts),
        "evidence": [
            {
                "row": row,
                "kind": FLOW_KINDS.get(row.kind, _("补充材料")),
                "by": people.get(row.by_ref, "") if row.by_ref else "",
                "is_shown": chosen is not None and row.id == chosen.id,
            }
            for row in evidence
        ],
        "chosen": chosen,
        "documents": _documents(request, chosen),
        "firms": firm_lines(request, found),
        "steps": case_steps(events, people),
        "take": take_cell(request, ("case", str(found.id)), line.owner_ref)
        if found.state != "closed"
        else "",
    }


def _chosen(request: PortalRequest, evidence: Sequence[EvidenceRow]) -> EvidenceRow | None:
    """The evidence that was asked for, else the first invoice, else the first row."""
    rows = [row for row in evidence if row.row_id is not None]
    asked = request.GET.get("row", "")
    named = [row for row in rows if str(row.id) == asked]
    invoices = [row for row in rows if row.kind == "invoice"]
    return next(iter([*named, *invoices, *rows]), None)


def _documents(request: PortalRequest, chosen: EvidenceRow | None) -> DocumentTable | None:
    """None where the documents of that time are no longer there."""
    if chosen is None or chosen.row_id is None:
        return None
    try:
        return documents_of(request, chosen.row_id)
    except DomainError:
        return None


def _decision(
    request: PortalRequest,
    found: CaseRow,
    line: CaseLine,
    decisions: Sequence[CaseDecisionRow],
    forms: Forms,
) -> dict[str, object]:
    waiting = next((one for one in decisions if one.state == "pending"), None)
    names = dict(found.parties)
    return {
        "forms": forms,
        "waiting": waiting,
        "waiting_outcome": CASE_OUTCOMES.get(waiting.outcome, "") if waiting else "",
        "waiting_firms": [names.get(ref, ref) for ref in waiting.refuse_refs] if waiting else [],
        "eyes": _eyes(request, waiting) if waiting else None,
        "may_check": waiting is not None
        and may(
            request.actor,
            "case.close",
            Subject(request.programme.id, made_by=user_number(waiting.maker_ref)),
        ),
        "may_work": may(request.actor, "case.work"),
        "mine": line.owner_ref == request.actor.ref,
    }


def _eyes(request: PortalRequest, waiting: CaseDecisionRow) -> object:
    return four_eyes(
        maker=user_words([waiting.maker_ref])[waiting.maker_ref],
        made_at=waiting.made_at,
        reader=request.actor.name,
        checker=_("风控复核"),
        rule=_("不能复核自己提出的"),
        reader_is_maker=waiting.maker_ref == request.actor.ref,
    )


def _note(request: PortalRequest, found: CaseRow, forms: Forms) -> str | None:
    form = forms["note"]
    if not form.is_valid():
        return None
    text = form.cleaned_data["text"]
    case_note_write(actor=request.actor, case_id=found.id, text=text, at=request.at)
    return _("已记入案卷。")


def _evidence(request: PortalRequest, found: CaseRow, forms: Forms) -> str | None:
    form = forms["evidence"]
    if not form.is_valid():
        return None
    is_new = case_document_put(
        actor=request.actor,
        case_id=found.id,
        document=form.cleaned_data["document"],
        note=form.cleaned_data["note"],
        at=request.at,
    )
    return _("已加入证据。") if is_new else _("案卷里已有这份材料。")


def _propose(request: PortalRequest, found: CaseRow, forms: Forms) -> str | None:
    form = forms["propose"]
    if not form.is_valid():
        return None
    outcome = form.cleaned_data["outcome"]
    try:
        case_close_submit(
            actor=request.actor,
            case_id=found.id,
            outcome=outcome,
            reason=form.cleaned_data["reason"],
            refuse_refs=form.cleaned_data["refuse"] if outcome == "confirmed_fraud" else [],
            at=request.at,
        )
    except DomainError as error:
        form_refuse(form, error)
        return None
    return _("结案意见已提交，等另一人复核。")


def _approve(request: PortalRequest, found: CaseRow, forms: Forms) -> str:
    outcome = case_close_approve(
        actor=request.actor,
        case_id=found.id,
        decision_id=posted_id(request, "decision"),
        at=request.at,
    )
    said = {
        "confirmed_fraud": _("已结案：确认欺诈。所列企业已停止出让。"),
        "false_alarm": _("已结案：误报，已登记为已知正常。"),
    }
    return said.get(outcome, _("已结案。"))


def _decline(request: PortalRequest, found: CaseRow, forms: Forms) -> str:
    case_close_decline(
        actor=request.actor,
        case_id=found.id,
        decision_id=posted_id(request, "decision"),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("结案意见已退回，案件继续调查。")


def _reopen(request: PortalRequest, found: CaseRow, forms: Forms) -> str | None:
    form = forms["reopen"]
    if not form.is_valid():
        return None
    reason = form.cleaned_data["reason"]
    case_take_up_again(actor=request.actor, case_id=found.id, reason=reason, at=request.at)
    return _("案件已重新打开，任何人都可以领取。")


ACTS: Mapping[str, Callable[[PortalRequest, CaseRow, Forms], str | None]] = {
    "note": _note,
    "evidence": _evidence,
    "propose": _propose,
    "approve": _approve,
    "decline": _decline,
    "reopen": _reopen,
}
