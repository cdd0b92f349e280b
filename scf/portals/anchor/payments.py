"""付款计划: whom do I pay, now that claims were assigned? And what was paid by mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from scf.access.policy import may
from scf.access.refusals import refusal_text
from scf.financing.queries import claim_get
from scf.financing.queries.notices import notices_of
from scf.journeys.diluting import misdirection_report
from scf.network.queries import parties_get
from scf.network.values import Role
from scf.portals.anchor.desk import assigned_claims, mistakes_list
from scf.portals.anchor.outflow import WEEK, escrow_masked, plan_state
from scf.portals.components import Empty
from scf.portals.dates import days_away
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table
from scf.portals.windows import Row, queryset_source
from scf.trade.queries_evidence import dues_by_date, receivables_unpaid

DAYS_OFFERED = 60


@portal_view(role=Role.ANCHOR)
def payments(request: PortalRequest) -> HttpResponse:
    """Every unpaid receivable by day; a changed payee is amber and names its notice."""
    assigned = assigned_claims(request)
    mistakes = mistakes_list(assigned)
    on = request.business_date
    week = list(
        receivables_unpaid(scope=request.scope).filter(
            id__in=list(assigned), due_date__lt=on + timedelta(days=WEEK)
        )
    )
    following = [claim["due_date"] for claim in assigned.values() if claim["due_date"] >= on]
    until = max([on + timedelta(days=WEEK - 1), *([] if week else sorted(following)[:1])])
    return page(
        request,
        "anchor/payments.html",
        {
            "changed": len(assigned),
            "changed_week": len(week),
            "changed_week_minor": sum(row["open_minor"] for row in week),
            "until": until,
            "entities": sorted(
                {
                    (claim["obligor_id"], claim["obligor_name"])
                    for claim in assigned.values()
                    if claim["due_date"] <= until
                }
            ),
            "plan": plan_table(request, assigned),
            "mistakes": mistakes,
            "suspected": sum(not one.reported for one in mistakes),
            "may_report": may(request.actor, "claim.misdirect"),
            "may_export": may(request.actor, "payments.export"),
        },
    )


def plan_table(request: PortalRequest, assigned: Mapping[int, Mapping[str, Any]]) -> Table[Row]:
    """到期, 应收款, 原收款方, 现收款账户, 金额, 状态; sorted and paged by the database."""
    on = request.business_date
    dues = dues_by_date(scope=request.scope, until=on + timedelta(days=DAYS_OFFERED))
    days = sorted({one.due_date for one in dues if one.due_date >= on})
    entities = parties_get(party_ids=request.scope.party_ids or {one.obligor_id for one in dues})
    changed = Q(id__in=list(assigned))
    source = queryset_source(
        receivables_unpaid(scope=request.scope),
        order={
            "due": "due_date",
            "invoice": "invoice_number",
            "old": "supplier_name",
            "amount": "open_minor",
            "entity": "obligor_name",
        },
        search=("invoice_number", "supplier_name"),
        chips={
            "changed": changed,
            "week": Q(due_date__gte=on, due_date__lt=on + timedelta(days=WEEK)),
            "overdue": Q(due_date__lt=on),
        },
        picks={
            "entity": ("obligor_name", sorted(one.short_name for one in entities.values())),
            "day": ("due_date", [one.isoformat() for one in days]),
        },
        totals={"amount": "open_minor"},
        dress=lambda rows: dressed(rows, assigned=assigned, escrow=escrow_masked(request), on=on),
    )
    return Table(
        id="plan",
        source=source,
        order="due",
        export="payment-plan",
        total_label=_("合计"),
        columns=plan_columns(on),
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("changed", _("改付托管户"), lambda r: True),
            Chip("week", _("7 天内"), lambda r: True),
            Chip("overdue", _("逾期"), lambda r: True),
        ],
        picks=[
            Pick("entity", _("付款主体"), lambda r: r["obligor_name"]),
            Pick("day", _("到期日"), lambda r: r["due_date"].isoformat()),
        ],
        search=lambda r: (r["invoice_number"], r["supplier_name"]),
        search_hint=_("发票号 / 供应商"),
        empty=Empty(_("没有要付的"), _("ERP 里没有未付的应付款。"), icon="calendar-event"),
    )


def dressed(
    rows: Sequence[Row], *, assigned: Mapping[int, Mapping[str, Any]], escrow: str, on: date
) -> list[Row]:
    """Each row with its payee now, the notice that says so, and its state."""
    claims = {row["id"]: assigned[row["id"]] for row in rows if row["id"] in assigned}
    notices = notices_of(claim_ids=[claim["id"] for claim in claims.values()])
    found = []
    for row in rows:
        claim = claims.get(row["id"])
        notice = notices.get(claim["id"], "") if claim is not None else ""
        found.append(
            {
                **row,
                "payee": "changed" if claim is not None else "same",
                "account": escrow if claim is not None else "",
                "notice": _("通知 %(number)s") % {"number": notice} if notice else "",
                "plan": "misdirected"
                if claim is not None and claim["is_misdirected"]
                else plan_state(row["due_date"], on=on),
            }
        )
    return found


def plan_columns(on: date) -> list[Column[Row]]:
    """The columns of the plan."""
    return [
        Column(
            "due", _("到期"), lambda r: r["due_date"], kind="date",
            sub=lambda r: days_away(r["due_date"], on=on), strong=True,
        ),
        Column(
            "invoice", _("应收款"), lambda r: r["invoice_number"], sub=lambda r: r["item_name"],
            strong=True, phone=1,
        ),
        Column("entity", _("付款主体"), lambda r: r["obligor_name"]),
        Column("old", _("原收款方"), lambda r: r["supplier_name"], phone=4),
        Column(
            "payee", _("现收款账户"), lambda r: r["payee"], kind="status", axis="payee",
            note=lambda r: r["account"], sub=lambda r: r["notice"], sortable=False, phone=3,
        ),
        Column(
            "amount", _("金额"), lambda r: r["open_minor"], kind="money", total=True,
            strong=True, phone=2,
        ),
        Column("state", _("状态"), lambda r: r["plan"], kind="status", axis="plan", sortable=False),
    ]  # fmt: skip


@portal_view(role=Role.ANCHOR, post=True)
def misdirected(request: PortalRequest, claim_id: int) -> HttpResponse:
    """Report that a payment went to the supplier; posted from the list of mistakes."""
    if request.method == "POST":
        claim = claim_get(claim_id=claim_id, scope=request.scope)
        try:
            misdirection_report(
                actor=request.actor,
                claim_id=claim.id,
                reason=request.POST.get("reason", "")[:300],
                at=request.at,
            )
            said = _("%(claim)s 已登记为付错对象，已通知供应商转交。")
            messages.success(request, said % {"claim": claim.number})
        except DomainError as error:
            messages.error(request, refusal_text(error))
    return redirect("anchor:payments")
