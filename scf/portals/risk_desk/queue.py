"""待办队列: what first? Firms without a verdict, and proposals that wait for another person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.desk_items import SEVERITY_ORDER, QueueItem
from risk.queries.reports import RunProgress, run_latest
from scf.access.policy import may
from scf.journeys.assessing import risk_assess_request
from scf.network.values import Role
from scf.portals.axes import AXES
from scf.portals.components import Empty, Figure, Progress, figure_count
from scf.portals.dates import day, days_away, moment
from scf.portals.risk_desk.forms import RunForm
from scf.portals.risk_desk.item_words import ITEM_KINDS, item_href, item_why
from scf.portals.risk_desk.nav import queue_items
from scf.portals.risk_desk.taking import owner_words, take_cell
from scf.portals.risk_desk.words import subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table

RUNNING = ("queued", "running")


@portal_view(role=Role.RISK, post=True)
def home(request: PortalRequest) -> HttpResponse:
    """The queue; posting asks for an assessment of the whole chain."""
    last = run_latest(programme_ref=request.programme.book)
    if request.method == "POST":
        risk_assess_request(actor=request.actor, at=request.at)
        messages.success(request, _("已开始评估，可以离开此页。"))
        return redirect(f"{reverse('risk:home')}?after={last.id if last else 0}")
    items = queue_items(request)
    return page(
        request,
        "risk/queue.html",
        {
            "items": len(items),
            "figures": _figures(items),
            "queue": queue_table(items, request),
            "run": last,
            "running": _running(last, after=_after(request)),
            "form": RunForm(),
            "may_run": may(request.actor, "gate.run"),
        },
    )


@portal_view(role=Role.RISK)
def progress(request: PortalRequest) -> HttpResponse:
    """Polled while an assessment runs; finished, it sends the page on."""
    last = run_latest(programme_ref=request.programme.book)
    running = _running(last, after=_after(request))
    if running is not None:
        return render(request, "components/progress.html", {"progress": running})
    answer = HttpResponse()
    answer["HX-Redirect"] = reverse("risk:home")
    return answer


def _after(request: PortalRequest) -> int | None:
    """The run that was the latest when another one was asked for."""
    text = request.GET.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _running(last: RunProgress | None, *, after: int | None) -> Progress | None:
    url = reverse("risk:run_progress")
    number = last.id if last else 0
    if after is not None and number <= after:
        return Progress(_("评估排队中"), 0, None, f"{url}?after={after}")
    if last is None or last.state not in RUNNING:
        return None
    label = _("正在评估 %(day)s 的链上企业") % {"day": day(last.as_of)}
    return Progress(label, last.done, last.total or None, url)


def _figures(items: Sequence[QueueItem]) -> list[Figure]:
    kinds = [item.kind for item in items]
    proposals = kinds.count("override") + kinds.count("limit")
    proposals += sum(item.kind == "case" and bool(item.maker_ref) for item in items)
    judged = kinds.count("referred") + kinds.count("failed")
    unit = _("件")
    return [
        figure_count(_("无人负责"), sum(not item.owner_ref for item in items), unit=unit),
        figure_count(_("可疑案件"), kinds.count("case"), unit=unit),
        figure_count(_("等另一人复核"), proposals, unit=unit),
        figure_count(_("待判断或未通过"), judged, unit=_("家")),
    ]


def queue_table(items: Sequence[QueueItem], request: PortalRequest) -> Table[QueueItem]:
    """Severest and oldest first, each row with the page where it is decided."""
    people = user_words(ref for item in items for ref in (item.maker_ref, item.owner_ref))
    subjects = subject_words(item.party_ref for item in items if not item.party_name)
    kinds = {item.kind for item in items}

    def name(item: QueueItem) -> str:
        return item.party_name or subjects.get(item.party_ref, item.party_ref)

    return Table(
        id="queue",
        rows=items,
        export="risk-queue",
        columns=_columns(request, name, people),
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("mine", _("我负责的"), lambda r: r.owner_ref == request.actor.ref),
            Chip("unowned", _("无人负责"), lambda r: not r.owner_ref),
            *(
                Chip(kind, word, _kind_test(kind))
                for kind, word in ITEM_KINDS.items()
                if kind in kinds
            ),
        ],
        picks=[
            Pick("severity", _("严重度"), lambda r: str(AXES["severity"][r.severity].text)),
            Pick("owner", _("负责人"), lambda r: owner_words(request, r.owner_ref, people)),
        ],
        search=lambda r: (name(r),),
        search_hint=_("企业"),
        empty=Empty(
            _("队列清空"),
            _("评估之后没有结论的企业、可疑案件、等另一人复核的越权和额度会出现在这里"),
            reverse("risk:reports"),
            _("看企业报告"),
        ),
    )


def _columns(
    request: PortalRequest, name: Callable[[QueueItem], str], people: Mapping[str, str]
) -> list[Column[QueueItem]]:
    """What a row of the queue says."""
    on = request.business_date
    return [
        Column(
            "severity",
            _("严重度"),
            lambda r: r.severity,
            kind="status",
            axis="severity",
            sort=lambda r: SEVERITY_ORDER[r.severity],
            phone=3,
        ),
        Column(
            "firm",
            _("企业"),
            name,
            href=item_href,
            strong=True,
            phone=1,
        ),
        Column(
            "kind",
            _("事由"),
            lambda r: str(ITEM_KINDS[r.kind]),
            sub=item_why,
            nowrap=False,
            phone=4,
        ),
        Column("amount", _("金额"), lambda r: r.amount_minor, kind="money", phone=2),
        Column(
            "until",
            _("到期"),
            lambda r: r.until,
            kind="date",
            sub=lambda r: days_away(r.until, on=on) if r.until else "",
        ),
        Column(
            "owner",
            _("负责人"),
            lambda r: owner_words(request, r.owner_ref, people),
            sub=lambda r: _came(r, people),
        ),
        Column(
            "take",
            _("操作"),
            lambda r: take_cell(request, r.owned_as, r.owner_ref),
            kind="html",
            sortable=False,
        ),
    ]


def _came(item: QueueItem, people: Mapping[str, str]) -> str:
    """Who proposed it, where somebody did, and when it came."""
    maker = people.get(item.maker_ref, "") if item.maker_ref else ""
    return " · ".join(part for part in (maker, moment(item.since)) if part)


def _kind_test(kind: str) -> Callable[[QueueItem], bool]:
    return lambda item: item.kind == kind
