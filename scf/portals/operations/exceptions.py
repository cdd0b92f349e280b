"""异常: claims that do not run as planned, what is frozen, and work that stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from ledger.queries import WorkView, works_list
from scf.access.policy import may
from scf.financing.queries import claims_table
from scf.journeys.defaulting import WRITE_OFF
from scf.journeys.refunding import on_account_list, on_account_refund
from scf.journeys.repairing import work_retry
from scf.network.queries import approvals_pending
from scf.network.values import Role
from scf.portals.components import Empty, Problem, figure_count, figure_money
from scf.portals.dates import days_away
from scf.portals.figures import money
from scf.portals.forms import posted_id
from scf.portals.operations.forms import RefundForm
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table
from scf.portals.words import status_word
from scf.products.queries import series_table

Row = Mapping[str, Any]
LATE = ("overdue", "defaulted")
STOPPED_SHOWN = 50


@portal_view(role=Role.OPERATIONS, post=True)
def exceptions(request: PortalRequest) -> HttpResponse:
    """Claims in trouble first; posting sends a stopped work item round again."""
    problem: Problem | None = None
    refund = RefundForm(request.POST if "party" in request.POST else None)
    if request.method == "POST":
        try:
            if _acted(request, refund):
                return redirect("operations:exceptions")
        except DomainError as error:
            problem = problem_of(error)
    claims = list(claims_table(scope=request.scope).filter(state__in=["assigned", "written_off"]))
    troubled = [row for row in claims if trouble_of(row)]
    frozen = [row for row in series_table(scope=request.scope) if row["is_frozen"]]
    stopped = works_list(state="dead", limit=STOPPED_SHOWN)
    waiting = approvals_pending(scope=request.scope, verb=WRITE_OFF)
    return page(
        request,
        "operations/exceptions.html",
        {
            "problem": problem,
            "number": len(troubled),
            "figures": [
                figure_count(_("异常债权"), len(troubled)),
                figure_money(_("涉及面额"), sum(row["face_minor"] for row in troubled)),
                figure_count(_("冻结中"), len(frozen), unit=_("期")),
                figure_count(_("已停的任务"), len(stopped), unit=_("个")),
            ],
            "claims": claims_list_table(claims, request),
            "frozen": frozen_table(frozen),
            "stopped": stopped,
            "work": _work_table(stopped),
            "waiting": len(waiting),
            "may_retry": may(request.actor, "work.retry"),
            "on_account": on_account_list(programme=request.programme),
            "refund": refund,
            "may_refund": may(request.actor, "payout.prepare"),
        },
        status=409 if problem else 422 if refund.errors else 200,
    )


def _acted(request: PortalRequest, refund: RefundForm) -> bool:
    """Do what was posted; False when the form is to be shown again."""
    if not refund.is_bound:
        kind, key = request.POST.get("kind", ""), request.POST.get("work", "")
        work_retry(actor=request.actor, kind=kind, key=key)
        messages.success(request, _("任务已重新排队。"))
        return True
    if not refund.is_valid():
        return False
    amount = refund.cleaned_data["amount"]
    on_account_refund(
        actor=request.actor,
        party_id=posted_id(request, "party"),
        amount_minor=amount,
        key=refund.cleaned_data["key"],
        at=request.at,
    )
    messages.success(
        request, _("%(sum)s 已转为应付，随下一批付款两人签署后退回。") % {"sum": money(amount)}
    )
    return True


def trouble_of(row: Row) -> str:
    """What is wrong with a claim in one word of an axis, the gravest first; "" when nothing is."""
    if row["is_frozen"]:
        return "frozen"
    if row["is_misdirected"]:
        return "misdirected"
    if row["is_disputed"]:
        return "disputed"
    if row["state"] == "written_off":
        return "written_off"
    return row["payment_state"] if row["payment_state"] in LATE else ""


def trouble_word(row: Row) -> str:
    """The same in words."""
    found = trouble_of(row)
    if not found:
        return ""
    axis = "payment" if found in LATE else "claim" if found == "written_off" else "flag"
    return str(status_word(axis, found))


def claims_list_table(rows: Sequence[Row], request: PortalRequest) -> Table[Row]:
    """Claims on the book; those in trouble unless all are asked for."""
    on = request.business_date
    return Table(
        id="claims",
        rows=rows,
        export="exceptions",
        total_label=_("合计"),
        columns=[
            Column(
                "number",
                _("债权"),
                lambda r: r["number"],
                sub=lambda r: r["invoice_number"],
                href=lambda r: reverse("operations:exception", args=[r["id"]]),
                strong=True,
                phone=1,
            ),
            Column("supplier", _("供应商"), lambda r: r["supplier_name"]),
            Column("obligor", _("付款主体"), lambda r: r["obligor_name"]),
            Column("face", _("面额"), lambda r: r["face_minor"], kind="money", total=True, phone=2),
            Column(
                "due",
                _("付款日"),
                lambda r: r["payment_date"],
                kind="date",
                sub=lambda r: days_away(r["payment_date"], on=on),
                phone=4,
            ),
            Column("trouble", _("异常"), trouble_word),
            Column(
                "payment",
                _("付款"),
                lambda r: r["payment_state"],
                kind="status",
                axis="payment",
                phone=3,
            ),
        ],
        chips=[
            Chip("", _("异常"), lambda r: bool(trouble_of(r))),
            Chip("disputed", status_word("flag", "disputed"), lambda r: r["is_disputed"]),
            Chip("misdirected", status_word("flag", "misdirected"), lambda r: r["is_misdirected"]),
            Chip("late", status_word("payment", "overdue"), lambda r: r["payment_state"] in LATE),
            Chip("all", _("全部在册"), lambda _r: True),
        ],
        search=lambda r: (r["number"], r["invoice_number"], r["supplier_name"]),
        search_hint=_("债权号 / 发票号 / 供应商"),
        empty=Empty(_("还没有在册债权"), _("交割之后，债权会出现在这里"), icon="file-text"),
    )


def frozen_table(rows: Sequence[Row]) -> Table[Row]:
    """What is frozen: no bids, close, payout or distribution."""
    return Table(
        id="frozen",
        prefix="f.",
        rows=rows,
        export="frozen",
        columns=[
            Column(
                "number",
                _("产品"),
                lambda r: r["number"],
                sub=lambda r: r["claim_number"],
                href=lambda r: reverse("operations:series", args=[r["id"]]),
                strong=True,
                phone=1,
            ),
            Column("principal", _("本金"), lambda r: r["principal_minor"], kind="money", phone=2),
            Column(
                "state", _("状态"), lambda r: r["state"], kind="status", axis="offering", phone=3
            ),
        ],
        empty=Empty(_("没有冻结的产品"), _("在产品页可以冻结"), icon="lock"),
    )


def _work_table(rows: Sequence[WorkView]) -> Table[WorkView]:
    return Table(
        id="work",
        prefix="w.",
        rows=rows,
        export="stopped-work",
        columns=[
            Column("kind", _("任务"), lambda r: r.kind, sub=lambda r: r.key, strong=True, phone=1),
            Column("failures", _("失败次数"), lambda r: r.failures, kind="count", phone=2),
            Column("since", _("排入"), lambda r: r.enqueued_at, kind="moment", phone=4),
            Column("error", _("原因"), lambda r: r.error_code, sub=lambda r: r.error_detail[:120]),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="work", phone=3),
        ],
        empty=Empty(
            _("没有停下的任务"), _("重试用尽的后台任务会停在这里，等人重新排队"), icon="refresh"
        ),
    )
