"""One warning: the figure with its rows, what was done, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.reports import report_latest
from risk.queries.warnings import WarningRow, warning_get, warning_steps, warnings_list
from scf.access.policy import may
from scf.journeys.desk_items import desk_colleagues
from scf.journeys.warning_desk import (
    warning_close,
    warning_hand_up,
    warning_put_aside,
    warning_take_up,
)
from scf.network.values import Role
from scf.portals.components import Figure, Step
from scf.portals.dates import day
from scf.portals.forms import ActionForm, form_refuse
from scf.portals.risk_desk.forms import ReasonForm
from scf.portals.risk_desk.taking import owner_words
from scf.portals.risk_desk.warning_words import (
    ACTS,
    MEANINGS,
    ROW_KINDS,
    SIGNALS,
    figure,
    step_detail,
    threshold,
)
from scf.portals.risk_desk.warnings import Watched, watched_rows
from scf.portals.risk_desk.watch_forms import EscalateForm, SnoozeForm
from scf.portals.risk_desk.words import user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.words import status_word

SNOOZE_DAYS = 7
ENDED = ("resolved", "expired")
Forms = dict[str, ActionForm]


@portal_view(role=Role.RISK, post=True)
def warning(request: PortalRequest, warning_id: int) -> HttpResponse:
    """The warning; posted, the desk takes it up, puts it aside, hands it up or closes it."""
    row = warning_get(programme_ref=request.programme.book, warning_id=warning_id)
    forms = _forms(request, row)
    act = request.POST.get("act", "")
    if act in ACTIONS:
        form = forms[act]
        try:
            if form.is_valid():
                messages.success(request, ACTIONS[act](request, row, form.cleaned_data))
                return redirect("risk:warning", warning_id=row.id)
        except DomainError as error:
            form_refuse(form, error)
    return page(
        request,
        "risk/warning.html",
        _content(request, row, forms),
        status=200 if request.method == "GET" else 422,
    )


def _content(request: PortalRequest, row: WarningRow, forms: Forms) -> dict[str, object]:
    (one,) = watched_rows(request, [row])
    steps = warning_steps(warning_id=row.id)
    people = user_words(
        [one.owner_ref, row.escalated_to_ref]
        + [ref for step in steps for ref in (step.by_ref, str(step.facts.get("to", "")))]
    )
    mine = one.owner_ref == request.actor.ref
    is_live = row.state not in ENDED
    report = report_latest(programme_ref=request.programme.book, party_ref=row.party_ref)
    return {
        "one": one,
        "row": row,
        "signal": SIGNALS[row.signal],
        "meaning": MEANINGS[row.signal],
        "figures": _figures(row),
        "evidence": [
            {**item, "word": ROW_KINDS.get(item["kind"], item["kind"])} for item in row.evidence
        ],
        "owner": owner_words(request, one.owner_ref, people),
        "escalated_to": people.get(row.escalated_to_ref, "") if row.escalated_to_ref else "",
        "history": [
            Step(
                str(ACTS[step.act]),
                "done",
                step.on_date,
                step_detail(row, step, people),
            )
            for step in steps
        ],
        "report": report,
        "limit_id": row.facts.get("limit_id"),
        "others": [other for other in _others(request, one) if other.row.id != row.id],
        "forms": forms,
        "is_live": is_live,
        "may_act": is_live and may(request.actor, "warning.act") and (mine or not one.owner_ref),
        "is_reader": not may(request.actor, "warning.act"),
        "may_take_up": row.state in ("open", "escalated"),
        "may_escalate": row.state != "escalated",
        "may_snooze": row.state in ("open", "acknowledged"),
        "take_item": f"warning:{row.id}",
    }


def _figures(row: WarningRow) -> list[Figure]:
    seen = _("最近看到 %(day)s") % {"day": day(row.seen_date)}
    return [
        Figure(_("数值"), figure(row.signal, row.unit, row.value), note=threshold(row)),
        Figure(_("严重度"), status_word("severity", row.severity)),
        Figure(_("发现"), day(row.raised_date), note=seen),
        Figure(_("失效"), day(row.until_date), note=_("信号还在就顺延")),
    ]


def _others(request: PortalRequest, one: Watched) -> list[Watched]:
    rows = warnings_list(programme_ref=request.programme.book, party_ref=one.row.party_ref)
    return watched_rows(request, rows)


def _forms(request: PortalRequest, row: WarningRow) -> Forms:
    def bound(name: str, kind: type[ActionForm], **initial: object) -> ActionForm:
        data = request.POST if request.POST.get("act") == name else None
        return kind(data, initial=initial, auto_id=f"{name}_%s")

    people = desk_colleagues(programme_id=request.programme.id)
    up = bound("escalate", EscalateForm)
    if isinstance(up, EscalateForm):
        up.offer([(one.user_id, one.name) for one in people if one.ref != request.actor.ref])
    until = request.business_date + timedelta(days=SNOOZE_DAYS)
    return {
        "acknowledge": bound("acknowledge", ActionForm),
        "snooze": bound("snooze", SnoozeForm, until=until),
        "escalate": up,
        "resolve": bound("resolve", ReasonForm),
    }


def _acknowledge(request: PortalRequest, row: WarningRow, _data: Mapping[str, object]) -> str:
    warning_take_up(actor=request.actor, warning_id=row.id, at=request.at)
    return _("由您在办。")


def _snooze(request: PortalRequest, row: WarningRow, data: Mapping[str, object]) -> str:
    warning_put_aside(
        actor=request.actor,
        warning_id=row.id,
        until=data["until"],  # type: ignore[arg-type]
        reason=str(data["reason"]),
        at=request.at,
    )
    return _("已暂缓；加重时会提前出现。")


def _escalate(request: PortalRequest, row: WarningRow, data: Mapping[str, object]) -> str:
    warning_hand_up(
        actor=request.actor,
        warning_id=row.id,
        user_id=int(str(data["to"])),
        reason=str(data["reason"]),
        at=request.at,
    )
    return _("已上报，对方会收到消息。")


def _resolve(request: PortalRequest, row: WarningRow, data: Mapping[str, object]) -> str:
    warning_close(actor=request.actor, warning_id=row.id, reason=str(data["reason"]), at=request.at)
    return _("已办结；加重或到期后仍在时会再次出现。")


ACTIONS: Mapping[str, Callable[[PortalRequest, WarningRow, Mapping[str, object]], str]] = {
    "acknowledge": _acknowledge,
    "snooze": _snooze,
    "escalate": _escalate,
    "resolve": _resolve,
}
