"""今日 and 营业日: what blocks the day's close, and moving the business date on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.errors import DomainError
from scf.access.policy import may
from scf.financing.queries import claims_list
from scf.journeys.advancing import days_advance_request
from scf.journeys.day_end import STEPS, day_end_request
from scf.network.calendar import business_day_next, is_business_day
from scf.network.queries import approvals_pending, business_days_list, user_names
from scf.network.values import Role
from scf.portals.components import Check, Empty, Figure, Need, Problem, Progress, figure_money
from scf.portals.dates import day as day_text
from scf.portals.equation import equation_of
from scf.portals.figures import money
from scf.portals.operations.forms import AdvanceForm, ConfirmForm
from scf.portals.operations.tasks_view import approval_href, approval_word
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Table
from scf.products.queries import series_table
from scf.settlement.queries import cash_in_transit, entries_list, payouts_list, statements_list

DAYS_SHOWN = 60


@portal_view(role=Role.OPERATIONS)
def home(request: PortalRequest) -> HttpResponse:
    """The close's checklist, money in transit, and what waits for another person."""
    checks = checklist(request)
    open_points = sum(check.state != "ok" for check in checks)
    return page(
        request,
        "operations/home.html",
        {
            "checks": checks,
            "open_points": open_points,
            "figures": _figures(request),
            "needs": _needs(request),
            "form": ConfirmForm(),
            "next_date": business_day_next(request.business_date),
            "may_close": may(request.actor, "day.close"),
            "closing": _closing(request),
        },
    )


def checklist(request: PortalRequest) -> list[Check]:
    """What a careful operator looks at before the day's end; none of it blocks the close."""
    on, scope = request.business_date, request.scope
    entries = entries_list(scope=scope, state="unallocated")
    held = statements_list(scope=scope, state="held")
    unsent = [one for one in payouts_list(scope=scope) if one.state in ("prepared", "approved")]
    unknown = payouts_list(scope=scope, state="unknown")
    today = [one for one in statements_list(scope=scope) if one.posted_date == on]
    due = [
        row
        for row in series_table(scope=scope)
        if row["state"] == "listed" and row["deadline_date"] and row["deadline_date"] <= on
    ]
    late = [
        claim
        for claim in claims_list(scope=scope, states=["assigned"])
        if claim.payment_state in ("overdue", "defaulted")
    ]
    return [
        _check(_("今日对账单已入账"), 0 if today else 1, _("还没有今天的对账单"), "reconcile"),
        _check(_("对账单没有暂存"), len(held), _("张不平或缺前一张"), "reconcile"),
        _check(_("来款全部入账"), len(entries), _("笔待处理"), "reconcile"),
        _check(_("付款全部报送"), len(unsent), _("笔未报送"), "payouts"),
        _check(_("没有结果不明的付款"), len(unknown), _("笔待银行结果"), "payouts"),
        _check(_("今日截止的募集"), len(due), _("期今日截止"), "issue"),
        _check(_("没有逾期"), len(late), _("笔逾期"), "exceptions"),
    ]


def _check(title: str, number: int, word: str, where: str) -> Check:
    return Check(
        title,
        "ok" if number == 0 else "wait",
        f"{number} {word}" if number else "",
        href=reverse(f"operations:{where}") if number else "",
        link=_("处理") if number else "",
    )


def _figures(request: PortalRequest) -> list[Figure]:
    book = equation_of(request.programme)
    return [
        figure_money(_("托管户余额"), book.escrow_minor, note=_("= 欠各方 + 未分配 + 在途 + 费用")),
        figure_money(_("欠各方"), book.owed_minor),
        figure_money(_("未分配"), book.unallocated_minor),
        figure_money(
            _("在途"),
            cash_in_transit(scope=request.scope),
            note=_("另有费用 %(sum)s") % {"sum": money(book.fees_minor)},
        ),
    ]


def _needs(request: PortalRequest) -> list[Need]:
    waiting = approvals_pending(scope=request.scope)
    names = user_names(user_ids=[row.maker_id for row in waiting])
    needs = []
    for row in waiting:
        mine = row.maker_id == request.actor.user_id
        detail = _("%(who)s 提交") % {"who": names.get(row.maker_id, "—")}
        if row.amount_minor is not None:
            detail = f"{money(row.amount_minor)} · {detail}"
        needs.append(
            Need(
                approval_word(row.verb),
                f"{detail} · {_('等另一人')}" if mine else detail,
                approval_href(row),
                _("查看") if mine else _("复核"),
                "clock-hour-4",
                "" if mine else "amber",
            )
        )
    return needs


def _closing(request: PortalRequest) -> Progress | None:
    """The end of day that is under way, if one is."""
    days = business_days_list(programme_id=request.programme.id, limit=1)
    if not days or days[0].state != "closing":
        return None
    return Progress(
        _("正在日终 %(day)s") % {"day": day_text(days[0].closing_date)},
        days[0].steps_done,
        len(STEPS),
        reverse("operations:day_progress"),
    )


@portal_view(role=Role.OPERATIONS)
def progress(request: PortalRequest) -> HttpResponse:
    """Polled while a day's end runs; finished, it sends the page on."""
    running = _closing(request)
    if running is not None:
        return render(request, "components/progress.html", {"progress": running})
    answer = HttpResponse()
    answer["HX-Redirect"] = reverse("operations:business_day")
    return answer


@portal_view(role=Role.OPERATIONS, post=True)
def business_day(request: PortalRequest) -> HttpResponse:
    """Checklist, calendar, the days that were closed; posting closes or advances."""
    problem: Problem | None = None
    advance = AdvanceForm(request.POST if "advance" in request.POST else None)
    if request.method == "POST":
        try:
            if "advance" in request.POST:
                if advance.is_valid():
                    return _advanced(request, advance.cleaned_data["days"])
            else:
                day_end_request(actor=request.actor, at=request.at)
                messages.success(request, _("日终已开始，可以离开此页。"))
                return redirect("operations:business_day")
        except DomainError as error:
            problem = problem_of(error)
    days = business_days_list(programme_id=request.programme.id, limit=DAYS_SHOWN)
    return page(
        request,
        "operations/business_day.html",
        {
            "problem": problem,
            "checks": checklist(request),
            "closing": _closing(request),
            "form": ConfirmForm(),
            "advance": advance if request.programme.is_demo else None,
            "next_date": business_day_next(request.business_date),
            "weeks": calendar_weeks(request.business_date),
            "days": _days_table(days),
            "may_close": may(request.actor, "day.close"),
        },
    )


def _advanced(request: PortalRequest, count: int) -> HttpResponse:
    days_advance_request(actor=request.actor, days=count, at=request.at)
    said = ngettext("演示：将连续日终 %(n)s 个营业日。", "演示：将连续日终 %(n)s 个营业日。", count)
    messages.success(request, said % {"n": count})
    return redirect("operations:business_day")


def calendar_weeks(on: date) -> list[list[dict[str, Any]]]:
    """Six weeks from this one's Monday, each day marked 休 or 班."""
    first = on - timedelta(days=on.weekday())
    days = [first + timedelta(days=index) for index in range(42)]
    cells = [
        {
            "date": one,
            "today": one == on,
            "rest": not is_business_day(one),
            "make_up": is_business_day(one) and one.weekday() > 4,
            "holiday": not is_business_day(one) and one.weekday() <= 4,
        }
        for one in days
    ]
    return [cells[index : index + 7] for index in range(0, 42, 7)]


def _days_table(days: Any) -> Table[Any]:
    return Table(
        id="days",
        rows=days,
        export="business-days",
        columns=[
            Column(
                "date", _("营业日"), lambda r: r.closing_date, kind="date", strong=True, phone=1
            ),
            Column("next", _("开启"), lambda r: r.opening_date, kind="date", phone=4),
            Column("by", _("经办"), lambda r: r.requested_by),
            Column("at", _("完成"), lambda r: r.closed_at, kind="moment", phone=2),
            Column(
                "state", _("状态"), lambda r: r.state, kind="status", axis="business_day", phone=3
            ),
        ],
        empty=Empty(_("还没有日终"), _("第一次日终后出现在这里"), icon="clock-hour-4"),
    )
