"""作出决定 on a firm: propose an override, answer a colleague's, or close the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.lifecycle import OPEN_OUTCOMES
from risk.queries.gates import OverrideRow, gate_get, overrides_list
from risk.queries.reports import ReportRow, report_latest, report_replay
from scf.access.policy import Subject, may
from scf.journeys.judging import (
    firm_refuse,
    override_approve,
    override_decline,
    override_propose,
)
from scf.network.values import ref_id
from scf.portals.components import four_eyes
from scf.portals.forms import form_refuse
from scf.portals.risk_desk.forms import OverrideForm, ReasonForm
from scf.portals.risk_desk.words import GRANTS, user_number, user_words
from scf.portals.shell.session import PortalRequest

# What is proposed where the desk names no other day; a policy caps it (risk.override_dates).
OVERRIDE_DAYS = 60


def decided(request: PortalRequest, row: ReportRow) -> HttpResponse | None:
    """Do what was posted; None when the form has to be shown again.

    Raises ``access.denied`` for an act that nobody named, and as the acts do.
    """
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise DomainError("access.denied")
    said = act(request, row)
    if said is None:
        return None
    messages.success(request, said)
    return redirect("risk:report", report_id=row.id)


def decision_context(request: PortalRequest, row: ReportRow) -> dict[str, object]:
    """What the decision card needs: the gate's decision in force, what waits, the forms."""
    book, on = request.programme.book, request.business_date
    gate = gate_get(programme_ref=book, party_ref=row.party_ref, on=on)
    latest = report_latest(programme_ref=book, party_ref=row.party_ref)
    waiting = _waiting(request, row)
    return {
        "latest_id": latest.id if latest else row.id,
        "is_latest": latest is not None and latest.id == row.id,
        "is_open": gate.outcome in OPEN_OUTCOMES,
        "may_decide": may(request.actor, "gate.decide") and gate.decision_id is not None,
        "waiting": waiting,
        "grant": GRANTS.get(waiting.grant, waiting.grant) if waiting else "",
        "eyes": _eyes(request, waiting) if waiting else None,
        "may_check": waiting is not None
        and may(request.actor, "gate.override", _made(request, waiting)),
        "override": getattr(request, "override_form", None)
        or OverrideForm(initial={"until": on + timedelta(days=OVERRIDE_DAYS)}),
        "refuse": getattr(request, "refuse_form", None) or ReasonForm(auto_id="refuse_%s"),
        "decision_id": gate.decision_id,
    }


def _waiting(request: PortalRequest, row: ReportRow) -> OverrideRow | None:
    rows = overrides_list(
        programme_ref=request.programme.book, party_ref=row.party_ref, state="pending"
    )
    return rows[0] if rows else None


def _made(request: PortalRequest, waiting: OverrideRow) -> Subject:
    return Subject(request.programme.id, made_by=user_number(waiting.maker_ref))


def _eyes(request: PortalRequest, waiting: OverrideRow) -> object:
    mine = waiting.maker_ref == request.actor.ref
    return four_eyes(
        maker=user_words([waiting.maker_ref])[waiting.maker_ref],
        made_at=waiting.made_at,
        reader=request.actor.name,
        checker=_("风控复核"),
        rule=_("不能复核自己提出的"),
        reader_is_maker=mine,
    )


def _propose(request: PortalRequest, row: ReportRow) -> str | None:
    form = OverrideForm(request.POST)
    request.override_form = form  # type: ignore[attr-defined]
    if not form.is_valid():
        return None
    try:
        override_propose(
            actor=request.actor,
            party_id=ref_id(row.party_ref),
            decision_id=_decision_id(request),
            grant=form.cleaned_data["grant"],
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=request.at,
        )
    except DomainError as error:
        form_refuse(form, error)
        return None
    return _("越权放行已提交，等另一人复核。")


def _refuse(request: PortalRequest, row: ReportRow) -> str | None:
    form = ReasonForm(request.POST, auto_id="refuse_%s")
    request.refuse_form = form  # type: ignore[attr-defined]
    if not form.is_valid():
        return None
    firm_refuse(
        actor=request.actor,
        party_id=ref_id(row.party_ref),
        decision_id=_decision_id(request),
        reason=form.cleaned_data["reason"],
        at=request.at,
    )
    return _("已关闭准入，这家企业不能再出让。")


def _approve(request: PortalRequest, row: ReportRow) -> str:
    override_approve(actor=request.actor, override_id=_override_id(request), at=request.at)
    return _("越权放行已生效。")


def _decline(request: PortalRequest, row: ReportRow) -> str:
    override_decline(
        actor=request.actor,
        override_id=_override_id(request),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("越权申请已退回，原结论不变。")


def _replay(request: PortalRequest, row: ReportRow) -> str:
    same = report_replay(report_id=row.id)
    return _("重放：逐字节一致。") if same else _("重放：代码已变，字节不同；旧报告按原样保存。")


def _decision_id(request: PortalRequest) -> int:
    return _number(request.POST.get("decision", ""), "risk.decision_unknown", "decision")


def _override_id(request: PortalRequest) -> int:
    return _number(request.POST.get("override", ""), "risk.override_unknown", "override")


def _number(text: str, code: str, fact: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise DomainError(code, **{fact: text[:20]})
    return int(text)


Act = Callable[[PortalRequest, ReportRow], str | None]
ACTS: Mapping[str, Act] = {
    "propose": _propose,
    "refuse": _refuse,
    "approve": _approve,
    "decline": _decline,
    "replay": _replay,
}
