"""关系图谱: who else hangs on this firm, full width, with views that a user keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.errors import DomainError
from risk.queries.reports import (
    ReportRow,
    report_latest,
    report_payload_get,
    reports_list,
    run_latest,
)
from risk.queries.views import views_list
from scf.access.policy import may
from scf.journeys.viewing import view_forget, view_keep
from scf.network.queries import parties_get
from scf.network.values import Role, party_ref, ref_id
from scf.portals.components import Empty, Problem
from scf.portals.forms import form_refuse
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.ego import EgoCard, ego_card
from scf.portals.risk_desk.ego_state import day_read, state_read
from scf.portals.risk_desk.ego_view import ego_view
from scf.portals.risk_desk.forms import ViewForm
from scf.portals.risk_desk.words import FIRM_ROLES
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Pick, Table

HALF_PPM = 500_000


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A view of the user's, and where it leads."""

    id: int
    name: str
    firm: str
    href: str
    saved_at: datetime
    is_on: bool


@portal_view(role=Role.RISK)
def graphs(request: PortalRequest) -> HttpResponse:
    """Which firm to look at: search, or one of the user's own views."""
    book = request.programme.book
    return page(
        request,
        "risk/graphs.html",
        {
            "run": run_latest(programme_ref=book),
            "firms": firms_table(reports_list(programme_ref=book)),
            "views": saved_lines(request),
        },
    )


@portal_view(role=Role.RISK, post=True)
def graph(request: PortalRequest, party_id: int) -> HttpResponse:
    """A firm's neighbourhood; raises ``risk.report_missing`` where no run knows the firm."""
    ref = party_ref(party_id)
    form, problem = ViewForm(), None
    if request.method == "POST":
        form = ViewForm(request.POST)
        try:
            done = _acted(request, party_id, form)
        except DomainError as error:
            done, problem = None, _refused(form, error)
        if done is not None:
            return done
    found = report_latest(programme_ref=request.programme.book, party_ref=ref)
    card = ego_card(
        programme_ref=request.programme.book,
        party_ref=ref,
        state=state_read(request.GET),
        address=request.path,
        wide=True,
        findings=report_payload_get(report_id=found.id)["findings"] if found else (),
    )
    if card is None:
        raise DomainError("risk.report_missing", party=ref, date=request.business_date.isoformat())
    if request.htmx and request.htmx.target == "ego":
        return render(request, "risk/parts/ego.html", {"card": card})
    return page(
        request,
        "risk/graph.html",
        {
            "card": card,
            "headline": hanging_words(card),
            "report_href": reverse("risk:report", args=[found.id]) if found else "",
            "here": request.get_full_path(),
            "views": saved_lines(request),
            "may_save": may(request.actor, "view.save"),
            "form": form,
            "problem": problem,
        },
        status=200 if request.method == "GET" else 422,
    )


@portal_view(role=Role.RISK)
def graph_data(request: PortalRequest, party_id: int) -> HttpResponse:
    """The neighbourhood as the server knows it, in whole numbers."""
    found = ego_view(
        programme_ref=request.programme.book,
        party_ref=party_ref(party_id),
        state=state_read(request.GET),
        on=day_read(request.GET.get("on", "")),
    )
    if found is None:
        raise DomainError("risk.party_unknown", party=party_ref(party_id))
    return JsonResponse(asdict(found), json_dumps_params={"ensure_ascii": False})


def hanging_words(card: EgoCard) -> str:
    """Who hangs on the firm: those whose trade is mostly with it, of the first ring shown."""
    ring = [one for one in card.rows if one.depth == 1 and one.hangs_ppm]
    hanging = sum(one.hangs_ppm >= HALF_PPM for one in ring)
    facts = {"firm": card.name, "n": hanging, "shown": len(ring)}
    if not ring:
        return _("%(firm)s在所选的层里没有往来") % facts
    if not hanging:
        return _("最大的 %(shown)s 家对手中，没有一家过半的生意押在%(firm)s身上") % facts
    return (
        ngettext(
            "最大的 %(shown)s 家对手中，%(n)s 家过半的生意押在%(firm)s身上",
            "最大的 %(shown)s 家对手中，%(n)s 家过半的生意押在%(firm)s身上",
            hanging,
        )
        % facts
    )


def saved_lines(request: PortalRequest) -> list[SavedLine]:
    """The user's own views, in two queries."""
    rows = views_list(programme_ref=request.programme.book, owner_ref=request.actor.ref)
    known = parties_get(party_ids=[ref_id(row.party_ref) for row in rows])
    lines = []
    for row in rows:
        number = ref_id(row.party_ref)
        address = reverse("risk:graph", args=[number])
        href = f"{address}?{row.state}" if row.state else address
        firm = known[number].name if number in known else row.party_ref
        on = href == request.get_full_path()
        lines.append(SavedLine(row.id, row.name, firm, href, row.saved_at, on))
    return lines


def _acted(request: PortalRequest, party_id: int, form: ViewForm) -> HttpResponse | None:
    """Save or drop what was posted; None when the form has to be shown again."""
    if request.POST.get("act") == "drop":
        number = request.POST.get("view", "")
        if not number.isdecimal() or len(number) > 15:
            raise DomainError("risk.view_unknown", view=number[:20])
        view_forget(actor=request.actor, view_id=int(number))
        messages.success(request, _("视图已删除。"))
        return redirect(request.get_full_path())
    if not form.is_valid():
        return None
    view_keep(
        actor=request.actor,
        party_id=party_id,
        name=form.cleaned_data["name"],
        state=state_read(request.GET).query(),
        at=request.at,
    )
    messages.success(request, _("视图已保存。"))
    return redirect(request.get_full_path())


def _refused(form: ViewForm, error: DomainError) -> Problem | None:
    """Under the form where a name was refused, above the page otherwise."""
    if error.code in ("risk.view_nameless", "risk.view_too_long", "risk.views_full"):
        form_refuse(form, error)
        return None
    return problem_of(error)


def firms_table(rows: Sequence[ReportRow]) -> Table[ReportRow]:
    """Every assessed firm, the largest sellers first."""
    largest = sorted(rows, key=lambda row: (-row.seen_sales_minor, row.party_name))
    return Table(
        id="graphs",
        rows=largest,
        columns=[
            Column(
                "firm",
                _("企业"),
                lambda r: r.party_name,
                sub=lambda r: str(FIRM_ROLES.get(r.party_role, r.party_role)),
                href=lambda r: reverse("risk:graph", args=[ref_id(r.party_ref)]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column(
                "sales",
                _("可见销售（12 个月）"),
                lambda r: r.seen_sales_minor,
                kind="money",
                phone=2,
            ),
            Column(
                "verdict", _("结论"), lambda r: r.verdict, kind="status", axis="verdict", phone=3
            ),
        ],
        picks=[Pick("role", _("角色"), lambda r: str(FIRM_ROLES.get(r.party_role, "")))],
        search=lambda r: (r.party_name,),
        search_hint=_("企业"),
        empty=Empty(
            _("还没有企业可看"),
            _("导入单据并评估后，每家企业的往来都在这里"),
            reverse("risk:home"),
            _("去评估"),
            icon="topology-star-3",
        ),
    )
