"""确权: claims that wait for the entity's word; many can be prepared at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.errors import DomainError
from scf.access.policy import may
from scf.access.refusals import refusal_text
from scf.journeys.confirming import confirmation_prepare
from scf.network.values import Role
from scf.portals.anchor.desk import Waiting, claims_at_desk, may_here
from scf.portals.components import Empty
from scf.portals.dates import day, days_away
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Select, Table


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that could not be prepared, and why."""

    number: str
    text: str


@portal_view(role=Role.ANCHOR, post=True)
def queue(request: PortalRequest) -> HttpResponse:
    """The queue; posting prepares what is ticked for the signer."""
    refused: list[Refused] = []
    if request.method == "POST":
        done, refused = _prepare(request)
        if done:
            said = ngettext("%(n)s 笔已提交签署。", "%(n)s 笔已提交签署。", done)
            messages.success(request, said % {"n": done})
        if not refused:
            return redirect("anchor:queue")
    rows = claims_at_desk(request)
    waiting = [row for row in rows if row.state in ("waiting", "prepared")]
    return page(
        request,
        "anchor/queue.html",
        {
            "waiting": len(waiting),
            "total_minor": sum(row.claim["face_minor"] for row in waiting),
            "to_sign": sum(row.state == "prepared" for row in waiting),
            "refused": refused,
            "may_prepare": may(request.actor, "claim.prepare"),
            "to_prepare": sum(row.state == "waiting" for row in waiting),
            "claims": queue_table(rows, request),
        },
        status=200 if request.method == "GET" else 422,
    )


def _prepare(request: PortalRequest) -> tuple[int, list[Refused]]:
    done, refused = 0, []
    for text in request.POST.getlist("claim"):
        claim_id = int(text) if text.isdecimal() else 0
        try:
            confirmation_prepare(actor=request.actor, claim_id=claim_id, at=request.at)
            done += 1
        except DomainError as error:
            refused.append(Refused(text, refusal_text(error)))
    return done, refused


def queue_table(rows: Sequence[Waiting], request: PortalRequest) -> Table[Waiting]:
    """供应商, 发票, 金额, 到期日, 三单, 等待."""
    on = request.business_date
    return Table(
        id="claims",
        rows=rows,
        order="wait",
        export="confirmations",
        total_label=_("合计"),
        columns=[
            Column(
                "supplier", _("供应商"), lambda r: r.claim["supplier_name"],
                sub=lambda r: r.claim["item_name"],
                href=lambda r: reverse("anchor:confirm", args=[r.id]), strong=True, phone=1,
            ),
            Column("invoice", _("发票"), lambda r: r.claim["invoice_number"], sub=lambda r: r.claim["number"]),
            Column("entity", _("付款主体"), lambda r: r.claim["obligor_name"]),
            Column("amount", _("金额"), lambda r: r.claim["face_minor"], kind="money", total=True, strong=True, phone=2),
            Column(
                "due", _("到期日"), lambda r: r.claim["due_date"], kind="date",
                sub=lambda r: days_away(r.claim["due_date"], on=on), phone=4,
            ),
            Column("match", _("三单"), lambda r: r.match_state, kind="status", axis="match"),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="confirmation", phone=3),
            Column(
                "wait", _("最迟"), lambda r: r.confirm_by, kind="date",
                sub=lambda r: wait_text(r, request),
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("waiting", _("待经办"), lambda r: r.state == "waiting"),
            Chip("prepared", _("待签署"), lambda r: r.state == "prepared"),
            Chip("long", _("等待超过 1 天"), lambda r: (r.days(on=on) or 0) > 1 and r.state in ("waiting", "prepared")),
            Chip("signed", _("已确权"), lambda r: r.state == "signed"),
            Chip("refused", _("已退回"), lambda r: r.state in ("refused", "lapsed")),
        ],
        picks=[
            Pick("entity", _("付款主体"), lambda r: r.claim["obligor_name"]),
            Pick("supplier", _("供应商"), lambda r: r.claim["supplier_name"]),
        ],
        search=lambda r: (r.claim["invoice_number"], r.claim["number"], r.claim["supplier_name"]),
        search_hint=_("发票号 / 债权号 / 供应商"),
        select=Select(
            "claim", "prepare", lambda r: r.id,
            label=lambda r: _("选择 %(number)s") % {"number": r.claim["invoice_number"]},
            enabled=lambda r: r.state == "waiting"
            and may_here(request, "claim.prepare", r.claim["obligor_id"]),
        ),
        empty=Empty(
            _("没有等待确权的应收款"), _("供应商出让后，单据复查通过的会出现在这里。"),
            reverse("anchor:payments"), _("看付款计划"), "signature",
        ),
    )  # fmt: skip


def wait_text(row: Waiting, request: PortalRequest) -> str:
    """How long it has waited, while it waits."""
    days = row.days(on=request.business_date)
    if row.state not in ("waiting", "prepared") or days is None:
        return ""
    since = day(row.since_date) if row.since_date else ""
    return _("自 %(day)s，已等 %(days)s 天") % {"day": since, "days": days}
