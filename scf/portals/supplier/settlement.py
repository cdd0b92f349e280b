"""到账与结算: what came, what is still to come?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from scf.access.policy import may
from scf.financing.queries import claims_table
from scf.journeys.stating import statement_issue
from scf.network.values import Role
from scf.portals.components import Empty, Figure, Need, Step, figure_money
from scf.portals.figures import money
from scf.portals.journal_words import kind_word
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.statements import month_of, months_until, statement_file, statements_table
from scf.portals.supplier.demands import demands_list
from scf.portals.supplier.home import supplier_of
from scf.portals.supplier.receipts import Receipt, receipts_of
from scf.portals.tables import Chip, Column, Pick, Table
from scf.products.queries import series_table
from scf.settlement.queries.party_statements import party_statement_get, party_statements_list
from scf.settlement.queries.receipts import payout_lines

IN_TRANSIT = frozenset({"prepared", "approved", "sent", "unknown"})
FAILED = frozenset({"rejected", "returned"})


@portal_view(role=Role.SUPPLIER)
def settlement(request: PortalRequest) -> HttpResponse:
    """Paid, in transit, residual due; the table, and the statement as its export."""
    supplier_id = supplier_of(request)
    claims = {row["id"]: row for row in claims_table(scope=request.scope)}
    series = {row["id"]: row for row in series_table(scope=request.scope)}
    rows = receipts_of(payout_lines(scope=request.scope, party_id=supplier_id), series, claims)
    due = [
        row
        for row in claims.values()
        if row["state"] == "assigned" and row["payment_state"] != "paid"
    ]
    demands = demands_list(
        programme=request.programme, supplier_id=supplier_id, claims=claims.values()
    )
    month = request.GET.get("month", "") or request.business_date.isoformat()[:7]
    return page(
        request,
        "supplier/settlement.html",
        {
            "month": month,
            "paid_minor": _sum(rows, frozenset({"confirmed"})),
            "figures": settlement_figures(rows, due),
            "receipts": receipts_table(rows),
            "statements": statements_table(
                party_statements_list(scope=request.scope),
                href=lambda one: reverse("supplier:statement", args=[one]),
            ),
            "months": months_until(request.business_date),
            "may_issue": may(request.actor, "statement.issue"),
            "steps": due_steps(due, on=request.business_date),
            "demands": [
                Need(
                    _("须付入托管户"),
                    f"{item.invoice} · {money(item.amount_minor)}",
                    icon="alert-triangle",
                    tone="red",
                )
                for item in demands
            ],
        },
    )


@portal_view(role=Role.SUPPLIER, post=True)
def statement_new(request: PortalRequest) -> HttpResponse:
    """出具对账单: a month's statement out of the books; the same content is the same version."""
    if request.method == "POST":
        month = month_of(request.POST.get("month", ""), on=request.business_date)
        made = statement_issue(actor=request.actor, month=month, at=request.at)
        said = _("对账单 %(number)s 是第 %(n)s 版。")
        messages.success(request, said % {"number": made.number, "n": made.version})
    return redirect("supplier:settlement")


@portal_view(role=Role.SUPPLIER)
def statement(request: PortalRequest, statement_id: int) -> HttpResponse:
    """One version as a file."""
    found = party_statement_get(scope=request.scope, statement_id=statement_id)
    return statement_file(found, kinds=kind_word, kind=request.GET.get("as", "xlsx"))


def _sum(rows: Sequence[Receipt], states: frozenset[str]) -> int:
    return sum(row.payout.amount_minor for row in rows if row.payout.state in states)


def settlement_figures(rows: Sequence[Receipt], due: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Received, on its way, residual to come, sent back."""
    failed = _sum(rows, FAILED)
    residual = sum(row["quote__residual_minor"] for row in due)
    return [
        figure_money(_("已到账"), _sum(rows, frozenset({"confirmed"})), note=_("银行已确认")),
        figure_money(_("在途"), _sum(rows, IN_TRANSIT), note=_("待复核或待银行结果")),
        figure_money(
            _("待返尾款"),
            residual,
            note=_("%(n)s 笔未到期或未付，按足额付款计") % {"n": len(due)},
        ),
        figure_money(
            _("银行退回"), failed, note=_("款项仍在应付中，不会丢失"), tone="red" if failed else ""
        ),
    ]


def due_steps(due: Sequence[Mapping[str, Any]], *, on: date) -> list[Step]:
    """When each residual is expected; a late obligor is amber."""
    ordered = sorted(due, key=lambda row: (row["payment_date"], row["id"]))
    return [
        Step(
            _("%(obligor)s付款，尾款约 %(sum)s")
            % {"obligor": row["obligor_name"], "sum": money(row["quote__residual_minor"])},
            "late" if row["payment_date"] < on else "future",
            row["payment_date"],
            "",
            reverse("supplier:receivable", args=[row["receivable_id"]]),
            row["invoice_number"],
        )
        for row in ordered[:12]
    ]


def receipts_table(rows: Sequence[Receipt]) -> Table[Receipt]:
    """起息日, 类型, 金额, 应收款, 凭证号; the month's filter is the statement."""
    return Table(
        id="receipts",
        rows=rows,
        order="-day",
        export="statement",
        total_label=_("合计"),
        columns=[
            Column("day", _("起息日"), lambda r: r.payout.on_date, kind="date", phone=4),
            Column("kind", _("类型"), lambda r: r.kind, phone=1, strong=True),
            Column(
                "amount", _("金额"), lambda r: r.payout.amount_minor, kind="money", total=True,
                strong=True, phone=2,
            ),
            Column(
                "invoice", _("应收款"), lambda r: r.invoice,
                href=lambda r: reverse("supplier:receivable", args=[r.receivable_id]),
            ),
            Column("account", _("收款账户"), lambda r: r.payout.account_masked),
            Column("journal", _("凭证号"), lambda r: r.payout.journal_id, sub=lambda r: r.payout.end_to_end_id),
            Column(
                "state", _("银行结果"), lambda r: r.payout.state, kind="status", axis="payout",
                sub=lambda r: r.payout.reason, phone=3,
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("paid", _("已到账"), lambda r: r.payout.state == "confirmed"),
            Chip("transit", _("在途"), lambda r: r.payout.state in IN_TRANSIT),
            Chip("failed", _("退回"), lambda r: r.payout.state in FAILED),
        ],
        picks=[Pick("month", _("月份"), lambda r: r.month), Pick("kind", _("类型"), lambda r: r.kind)],
        search=lambda r: (r.invoice, r.payout.end_to_end_id, str(r.payout.journal_id or "")),
        search_hint=_("发票号 / 凭证号"),
        empty=Empty(_("还没有到账"), _("第一笔出让募满交割后，款项和凭证会列在这里。"), icon="wallet"),
    )  # fmt: skip
