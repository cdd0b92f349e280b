"""导出付款文件: claims whose payee changed, as CSV for the ERP or pain.001 for the bank."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from ledger.money import format_minor
from scf.access.policy import require
from scf.financing.queries.notices import notices_of
from scf.network.queries import BankAccountFacts, bank_account_get, bank_account_primary
from scf.network.values import Role
from scf.portals.anchor.desk import assigned_claims
from scf.portals.export import cell_escape
from scf.portals.shell.session import PortalRequest, portal_view
from scf.settlement.pain001 import PaymentOrder, PaymentParty, payment_file_write
from scf.trade.queries_evidence import receivables_unpaid

Row = Mapping[str, Any]


@portal_view(role=Role.ANCHOR)
def payment_file(request: PortalRequest) -> HttpResponse:
    """``?until=2026-03-24&format=csv|pain&entity=12``; whole account numbers, so by right only."""
    require(request.actor, "payments.export")
    until = _until(request)
    assigned = assigned_claims(request)
    rows = list(
        receivables_unpaid(scope=request.scope)
        .filter(id__in=list(assigned), due_date__lte=until)
        .order_by("due_date", "id")
    )
    escrow = bank_account_get(account_id=request.programme.escrow_account_id)
    if request.GET.get("format") == "pain":
        return _pain(request, rows, assigned, escrow)
    return _csv(rows, assigned, escrow, until)


def _until(request: PortalRequest) -> date:
    text = request.GET.get("until", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return request.business_date


def _csv(
    rows: Sequence[Row], assigned: Mapping[int, Row], escrow: BankAccountFacts, until: date
) -> HttpResponse:
    notices = notices_of(claim_ids=[assigned[row["id"]]["id"] for row in rows])
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [_("到期日"), _("付款主体"), _("发票号"), _("原收款方"), _("收款户名"), _("开户行"),
             _("行号"), _("收款账号"), _("币种"), _("金额"), _("转让通知")]  # fmt: skip
    writer.writerow(heads)
    for row in rows:
        texts = [row["due_date"].isoformat(), row["obligor_name"], row["invoice_number"],
                 row["supplier_name"], escrow.holder_name, escrow.bank_name, escrow.bank_code,
                 escrow.number, "CNY"]  # fmt: skip
        amount = format_minor(row["open_minor"]).replace(",", "")
        notice = notices.get(assigned[row["id"]]["id"], "")
        writer.writerow([*map(cell_escape, texts), amount, cell_escape(notice)])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    name = f"payments-{until.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pain(
    request: PortalRequest,
    rows: Sequence[Row],
    assigned: Mapping[int, Row],
    escrow: BankAccountFacts,
) -> HttpResponse:
    """One file an entity: its own account is debited."""
    text = request.GET.get("entity", "")
    entity = int(text) if text.isdecimal() else 0
    mine = [row for row in rows if row["obligor_id"] == entity]
    if not mine:
        raise DomainError("financing.claim_unknown", claim=text)
    debtor = bank_account_primary(party_id=entity)
    payee = PaymentParty(escrow.holder_name, escrow.number, escrow.bank_name, escrow.bank_code)
    made = payment_file_write(
        message_id=f"AP{request.scope.programme_id}E{entity}{request.at:%y%m%d%H%M%S}",
        debtor=PaymentParty(debtor.holder_name, debtor.number, debtor.bank_name, debtor.bank_code),
        orders=[
            PaymentOrder(
                end_to_end_id=str(assigned[row["id"]]["number"]),
                payee=payee,
                amount_minor=row["open_minor"],
                remittance=row["invoice_number"],
            )
            for row in mine
        ],
        execution_date=request.business_date,
        created_at=request.at,
        currency=request.programme.currency,
    )
    response = HttpResponse(made.content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response
