"""待办队列: what first? Firms without a verdict, and proposals that wait for another person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.desk import SEVERITY_ORDER, QueueItem
from risk.queries.reports import RunProgress, run_latest
from scf.access.policy import may
from scf.journeys.assessing import risk_assess_request
from scf.network.values import Role, ref_id
from scf.portals.components import Empty, Figure, Progress, figure_count
from scf.portals.dates import day, days_away, moment
from scf.portals.figures import short_hash
from scf.portals.risk_desk.forms import RunForm
from scf.portals.risk_desk.nav import queue_items
from scf.portals.risk_desk.words import GRANTS, KINDS, SCOPES, TESTS, subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table

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
            "figures": _figures(items, last),
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


def _figures(items: Sequence[QueueItem], last: RunProgress | None) -> list[Figure]:
    kinds = [item.kind for item in items]
    proposals = kinds.count("override") + kinds.count("limit")
    unit = _("家")
    return [
        figure_count(_("等另一人复核"), proposals, unit=_("件")),
        figure_count(_("待人工判断"), kinds.count("referred"), unit=unit),
        figure_count(_("未通过"), kinds.count("failed"), unit=unit),
        Figure(
            _("最近一次评估"),
            day(last.as_of) if last else "—",
            note=_("快照 %(hash)s") % {"hash": short_hash(last.snapshot_hash)} if last else "",
        ),
    ]


def queue_table(items: Sequence[QueueItem], request: PortalRequest) -> Table[QueueItem]:
    """Severest and oldest first, each row with the page where it is decided."""
    makers = user_words(item.maker_ref for item in items)
    subjects = subject_words(item.party_ref for item in items if not item.party_name)
    on = request.business_date

    def name(item: QueueItem) -> str:
        return item.party_name or subjects.get(item.party_ref, item.party_ref)

    return Table(
        id="queue",
        rows=items,
        export="risk-queue",
        columns=[
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
                nowrap=False,
                phone=1,
            ),
            Column("kind", _("事由"), lambda r: str(KINDS[r.kind]), sub=why, nowrap=False, phone=4),
            Column("amount", _("金额"), lambda r: r.amount_minor, kind="money", phone=2),
            Column(
                "until",
                _("到期"),
                lambda r: r.until,
                kind="date",
                sub=lambda r: days_away(r.until, on=on) if r.until else "",
            ),
            Column(
                "maker",
                _("经办"),
                lambda r: makers.get(r.maker_ref, r.maker_ref),
                sub=lambda r: moment(r.since),
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            *(Chip(kind, word, _kind_test(kind)) for kind, word in KINDS.items()),
        ],
        search=lambda r: (name(r),),
        search_hint=_("企业"),
        empty=Empty(
            _("队列清空"),
            _("评估之后没有结论的企业、等另一人复核的越权和额度会出现在这里"),
            reverse("risk:reports"),
            _("看企业报告"),
        ),
    )


def _kind_test(kind: str) -> Callable[[QueueItem], bool]:
    return lambda item: item.kind == kind


def item_href(item: QueueItem) -> str:
    """Where it is decided: the proposed change of a limit, or the firm's latest report."""
    if item.kind == "limit":
        return reverse("risk:change", args=[item.ref_id])
    return reverse("risk:firm", args=[ref_id(item.party_ref)])


def why(item: QueueItem) -> str:
    """The reason in the row: what failed, what was proposed, how many findings."""
    facts = item.facts
    if item.kind == "override":
        return f"{GRANTS.get(facts['grant'], facts['grant'])} · {facts['reason']}"
    if item.kind == "limit":
        return f"{SCOPES.get(facts['scope'], facts['scope'])} · {facts['reason']}"
    if item.kind == "finding":
        return _("%(n)s 项严重发现") % {"n": facts["findings"]}
    codes = [one.get("code", "") for one in facts["reasons"] if isinstance(one, dict)]
    return _("、").join(str(TESTS[code]) for code in dict.fromkeys(codes) if code in TESTS)
