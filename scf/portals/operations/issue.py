"""发行与交割: what can be listed, what is raised, and 交割 with its consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.errors import DomainError
from scf.financing.queries import claims_table
from scf.journeys.listing import LIST, series_submit
from scf.network.queries import approvals_pending
from scf.network.values import Role
from scf.portals.components import Empty, Problem
from scf.portals.dates import days_away
from scf.portals.operations.forms import ConfirmForm
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table
from scf.products.queries import series_table

Row = Mapping[str, Any]


@portal_view(role=Role.OPERATIONS)
def issue(request: PortalRequest) -> HttpResponse:
    """Registered claims without a series, then every series."""
    rows = list(series_table(scope=request.scope))
    taken = {row["claim_id"] for row in rows if row["state"] != "cancelled"}
    ready = [
        row
        for row in claims_table(scope=request.scope).filter(state="registered")
        if row["id"] not in taken
    ]
    waiting = approvals_pending(scope=request.scope, verb=LIST)
    return page(
        request,
        "operations/issue.html",
        {
            "ready": ready_table(ready),
            "ready_count": len(ready),
            "waiting": len(waiting),
            "funded": sum(row["state"] == "funded" for row in rows),
            "series": series_list_table(rows, request),
        },
    )


def ready_table(rows: Sequence[Row]) -> Table[Row]:
    """Claims that were confirmed and registered and are on no offer yet."""
    return Table(
        id="ready",
        prefix="c.",
        rows=rows,
        export="claims",
        columns=[
            Column(
                "number",
                _("债权"),
                lambda r: r["number"],
                sub=lambda r: r["invoice_number"],
                href=lambda r: reverse("operations:offer", args=[r["id"]]),
                strong=True,
                phone=1,
            ),
            Column("supplier", _("供应商"), lambda r: r["supplier_name"]),
            Column("obligor", _("付款主体"), lambda r: r["obligor_name"]),
            Column("face", _("面额"), lambda r: r["face_minor"], kind="money", total=True, phone=2),
            Column("due", _("到期日"), lambda r: r["due_date"], kind="date", phone=4),
            Column("state", _("状态"), lambda r: r["state"], kind="status", axis="claim", phone=3),
        ],
        empty=Empty(
            _("没有等待挂牌的债权"), _("核心企业确权并完成登记后，会出现在这里"), icon="file-text"
        ),
    )


def series_list_table(rows: Sequence[Row], request: PortalRequest) -> Table[Row]:
    """Every series: raised share, deadline, state, payment."""
    on = request.business_date
    return Table(
        id="series",
        rows=rows,
        export="series",
        columns=[
            Column(
                "number",
                pgettext("product", "名称"),
                lambda r: r["number"],
                sub=lambda r: r["claim_number"],
                href=lambda r: reverse("operations:series", args=[r["id"]]),
                strong=True,
                phone=1,
            ),
            Column("supplier", _("供应商"), lambda r: r["supplier_name"]),
            Column("obligor", _("付款主体"), lambda r: r["obligor_name"]),
            Column(
                "principal",
                _("本金"),
                lambda r: r["principal_minor"],
                kind="money",
                total=True,
                phone=2,
            ),
            Column(
                "raised",
                _("已认购"),
                lambda r: r["bid_units"] * 1_000_000 // r["units"],
                kind="rate",
                phone=4,
            ),
            Column(
                "deadline",
                _("截止"),
                lambda r: r["deadline_date"],
                kind="date",
                sub=lambda r: (
                    days_away(r["deadline_date"], on=on)
                    if r["deadline_date"] and r["state"] == "listed"
                    else ""
                ),
            ),
            Column("payment", _("付款日"), lambda r: r["payment_date"], kind="date"),
            Column(
                "state", _("状态"), lambda r: r["state"], kind="status", axis="offering", phone=3
            ),
            Column(
                "paid",
                _("付款"),
                lambda r: r["payment_state"],
                kind="status",
                axis="payment",
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("draft", _("待挂牌"), lambda r: r["state"] == "draft"),
            Chip("listed", _("募集中"), lambda r: r["state"] == "listed"),
            Chip("funded", _("已募满"), lambda r: r["state"] == "funded"),
            Chip("issued", _("已发行"), lambda r: r["state"] in ("issued", "impaired")),
            Chip("ended", _("已了结"), lambda r: r["state"] in ("redeemed", "cancelled")),
        ],
        picks=[Pick("obligor", _("付款主体"), lambda r: r["obligor_name"])],
        search=lambda r: (r["number"], r["claim_number"], r["supplier_name"], r["obligor_name"]),
        search_hint=_("产品 / 债权 / 供应商"),
        empty=Empty(_("还没有产品"), _("从上面的债权开始挂牌"), icon="file-text"),
    )


@portal_view(role=Role.OPERATIONS, post=True)
def offer(request: PortalRequest, claim_id: int) -> HttpResponse:
    """A registered claim about to be listed; posting drafts the series and asks the checker."""
    row = claims_table(scope=request.scope).filter(pk=claim_id).first()
    if row is None:
        raise DomainError("financing.claim_unknown", claim=claim_id)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            asked = series_submit(actor=request.actor, claim_id=claim_id, at=request.at)
            messages.success(request, _("已提交复核，另一人同意后挂牌。"))
            return redirect("operations:series", asked.payload["series"])
        except DomainError as error:
            problem = problem_of(error)
    return page(
        request,
        "operations/offer.html",
        {"claim": row, "problem": problem, "form": ConfirmForm()},
        status=200 if problem is None else 409,
    )
