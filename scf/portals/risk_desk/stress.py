"""压力测试: what breaks us, and when? Scenario left, losses and dates right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.stress import StressRow, stress_file, stress_get, stress_list, stress_result
from scf.access.policy import may
from scf.access.refusals import refusal_text
from scf.journeys.stressing import sectors_list, stress_ask
from scf.network.queries import parties_of_kind
from scf.network.values import PartyKind, Role, party_ref
from scf.portals.components import Progress
from scf.portals.figures import count, percent
from scf.portals.forms import form_refuse
from scf.portals.risk_desk.stress_form import StressForm, initial_of
from scf.portals.risk_desk.stress_tables import (
    cascade_table,
    contributors_table,
    gaps_table,
    loss_chart,
    loss_figures,
    products_table,
    runs_table,
)
from scf.portals.risk_desk.stress_words import assumptions, scenario_words
from scf.portals.risk_desk.words import subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

RUNNING = ("queued", "running")


@portal_view(role=Role.RISK, post=True)
def stress(request: PortalRequest) -> HttpResponse:
    """The lab with its last answer; posting asks a new question."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            stress_id = stress_ask(
                actor=request.actor,
                scenario=form.scenario(),
                key=form.cleaned_data["key"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            messages.success(request, _("已开始压力测试，可以离开此页。"))
            return redirect("risk:stress_run", stress_id)
    rows = stress_list(programme_ref=request.programme.book)
    last = next((row for row in rows if row.state == "done"), None)
    return _page(request, form, rows, last, status=200 if request.method == "GET" else 422)


@portal_view(role=Role.RISK)
def stress_run(request: PortalRequest, stress_id: int) -> HttpResponse:
    """One run: its result, how far it is, or why there is none."""
    row = stress_get(stress_id=stress_id, programme_ref=request.programme.book)
    rows = stress_list(programme_ref=request.programme.book)
    return _page(request, _form(request, row), rows, row)


@portal_view(role=Role.RISK)
def stress_progress(request: PortalRequest, stress_id: int) -> HttpResponse:
    """Polled while a run is carried; finished, it sends the page on."""
    row = stress_get(stress_id=stress_id, programme_ref=request.programme.book)
    running = _running(row)
    if running is not None:
        return render(request, "components/progress.html", {"progress": running})
    answer = HttpResponse()
    answer["HX-Redirect"] = reverse("risk:stress_run", args=[row.id])
    return answer


@portal_view(role=Role.RISK)
def stress_result_file(request: PortalRequest, stress_id: int) -> HttpResponse:
    """The result's own bytes, as its hash was taken."""
    row = stress_get(stress_id=stress_id, programme_ref=request.programme.book)
    data = stress_file(stress_id=row.id)
    if data is None:
        raise DomainError("risk.stress_unknown", run=row.id)
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="stress-{row.id}.json"'
    return answer


def _form(request: PortalRequest, row: StressRow | None = None) -> StressForm:
    initial = initial_of(row.scenario) if row else None
    form = StressForm(request.POST or None, initial=initial)
    obligors = parties_of_kind(programme_id=request.programme.id, kind=PartyKind.OBLIGOR)
    form.offer(
        sectors=sectors_list(programme_id=request.programme.id),
        obligors=[(party_ref(one.id), one.name) for one in obligors],
    )
    return form


def _page(
    request: PortalRequest,
    form: StressForm,
    rows: tuple[StressRow, ...],
    row: StressRow | None,
    *,
    status: int = 200,
) -> HttpResponse:
    named = [one.scenario.party_ref for one in rows if one.scenario.party_ref]
    names = user_words(one.by_ref for one in rows) | (subject_words(named) if named else {})
    result = stress_result(stress_id=row.id) if row else None
    return page(
        request,
        "risk/stress.html",
        {
            "form": form,
            "may_run": may(request.actor, "stress.run"),
            "row": row,
            "scenario": scenario_words(row.scenario, name=names.get(row.scenario.party_ref, ""))
            if row
            else "",
            "assumptions": assumptions(row.scenario) if row else (),
            "running": _running(row) if row else None,
            "error": _error(row) if row else "",
            "runs": runs_table(rows, names),
            **(_content(result) if result else {}),
        },
        status=status,
    )


def _content(result: Mapping[str, Any]) -> dict[str, object]:
    return {
        "result": result,
        "figures": loss_figures(result),
        "loss": loss_chart(result),
        "contributors": contributors_table(result),
        "gaps": gaps_table(result),
        "products": products_table(result),
        "cascade": cascade_table(result),
        "cascade_note": _("%(count)s 家受影响，全链销售少 %(share)s%%")
        % {
            "count": count(result["cascade"]["hit"]),
            "share": percent(result["cascade"]["lost_ppm"], 1),
        },
    }


def _running(row: StressRow) -> Progress | None:
    if row.state not in RUNNING:
        return None
    url = reverse("risk:stress_progress", args=[row.id])
    if row.state == "queued":
        return Progress(_("压力测试排队中"), 0, None, url)
    return Progress(_("正在模拟"), row.draws_done, row.draws_total, url)


def _error(row: StressRow) -> str:
    if not row.error_code:
        return ""
    return refusal_text(DomainError(row.error_code, party=row.scenario.party_ref))
