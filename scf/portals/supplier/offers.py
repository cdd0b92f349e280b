"""报价与出让: which many at once? One basket, one receipt, a reason for each line refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.rates import year_basis
from scf.access.policy import may
from scf.financing.queries import QuoteFacts, quotes_list
from scf.network.values import Role
from scf.portals.components import Empty
from scf.portals.preview import Difference, preview_differences, preview_token
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.supplier.board import Line, board_load
from scf.portals.supplier.case import checkers
from scf.portals.supplier.forms import SellForm
from scf.portals.supplier.home import supplier_of, waiting_for
from scf.portals.supplier.offer import offer_of_receipt, offers_sum, receipt_lines
from scf.portals.supplier.selling import Sold, basket_facts, basket_sell
from scf.portals.supplier.tables import ready_select, receivable_columns
from scf.portals.tables import Chip, Column, Pick, Table
from scf.products.queries import template_current


@portal_view(role=Role.SUPPLIER, post=True)
def offers(request: PortalRequest) -> HttpResponse:
    """The basket of what is ready; posting submits what is ticked."""
    board = board_load(
        scope=request.scope, supplier_id=supplier_of(request), on=request.business_date
    )
    asked = request.POST if request.method == "POST" else request.GET
    ids = set(asked.getlist("receivable"))
    whole = request.method == "GET" and not ids and "chosen" not in asked
    chosen = [line for line in board.ready if whole or str(line.id) in ids]
    subject = f"basket:{request.actor.ref}"
    token = preview_token(basket_facts(chosen), subject=subject)
    form = SellForm(request.POST or None, preview=token)
    differences: tuple[Difference, ...] = ()
    sold: Sold | None = None
    if request.method == "POST" and form.is_valid():
        differences = preview_differences(
            form.cleaned_data["preview"], basket_facts(chosen), subject=subject
        )
        if not differences and chosen:
            sold = basket_sell(
                actor=request.actor, lines=chosen, key=form.cleaned_data["key"], at=request.at
            )
            _say(request, sold)
            if not sold.refused:
                return redirect("supplier:offers")
        form.redraw(preview=token)
    return _page(request, board.ready, chosen, form, differences, sold)


def _say(request: PortalRequest, sold: Sold) -> None:
    number = len(sold.claims)
    if not number:
        return
    waits = any(claim.state == "draft" for claim in sold.claims)
    said = (
        ngettext("%(n)s 笔已提交复核。", "%(n)s 笔已提交复核。", number)
        if waits
        else ngettext(
            "%(n)s 笔已出让，等核心企业确权。", "%(n)s 笔已出让，等核心企业确权。", number
        )
    )
    messages.success(request, said % {"n": number})


def _page(
    request: PortalRequest,
    ready: Sequence[Line],
    chosen: Sequence[Line],
    form: SellForm,
    differences: Sequence[Difference],
    sold: Sold | None,
) -> HttpResponse:
    terms = template_current(programme_id=request.scope.programme_id, kind="receivable")
    gone = {claim.receivable_id for claim in sold.claims} if sold is not None else set()
    left = [line for line in ready if line.id not in gone]
    offer = offers_sum([offer_of_receipt(line.receipt) for line in chosen if line.receipt])
    return page(
        request,
        "supplier/offers.html",
        {
            "form": form,
            "differences": differences,
            "refused": sold.refused if sold is not None else (),
            "ready": len(left),
            "chosen": len(chosen),
            "offer": offer,
            "receipt": receipt_lines(offer, terms),
            "waiting": len(waiting_for(request)),
            "may_sell": may(request.actor, "quote.accept"),
            "checkers": checkers(request),
            "basket": basket_table(
                left,
                request,
                basis=year_basis(terms.day_count),
                chosen={line.id for line in chosen},
            ),
            "quotes": quotes_table(request),
        },
        status=200 if request.method == "GET" else 422,
    )


def basket_table(
    lines: Sequence[Line], request: PortalRequest, *, basis: int, chosen: Collection[int]
) -> Table[Line]:
    """What is ready, with units and the yearly cost of each."""
    return Table(
        id="basket-lines",
        rows=lines,
        order="due",
        export="offers",
        total_label=_("合计"),
        columns=[
            *(one for one in receivable_columns(request) if one.key != "state"),
            Column(
                "units",
                _("份数"),
                lambda r: r.receipt.units if r.receipt else None,
                kind="units",
                total=True,
            ),
            Column(
                "cost",
                _("全年化"),
                lambda r: r.receipt.annual_cost_ppm if r.receipt else None,
                kind="rate",
                phone=3,
            ),
        ],
        picks=[Pick("obligor", _("付款主体"), lambda r: r.obligor_name)],
        search=lambda r: (r.number, r.item_name, r.obligor_name),
        search_hint=_("发票号 / 品名 / 付款主体"),
        select=ready_select("basket", checked=lambda line: line.id in chosen),
        empty=Empty(
            _("没有待同意的报价"),
            _("单据一致、风控准入后，可以出让的应收款会出现在这里。"),
            reverse("supplier:receivables"),
            _("看全部应收款"),
            "arrows-exchange",
        ),
    )


def quotes_table(request: PortalRequest) -> Table[QuoteFacts]:
    """Every price that was asked for: valid, agreed, lapsed, replaced."""
    return Table(
        id="quotes",
        prefix="q.",
        rows=quotes_list(scope=request.scope),
        order="-number",
        export="quotes",
        columns=[
            Column(
                "number",
                _("报价"),
                lambda r: r.number,
                href=lambda r: reverse("supplier:receivable", args=[r.receivable_id]),
                strong=True,
                phone=1,
            ),
            Column("day", _("报价日"), lambda r: r.business_date, kind="date"),
            Column("face", _("面额"), lambda r: r.face_minor, kind="money", phone=4),
            Column("due", _("到期日"), lambda r: r.due_date, kind="date"),
            Column("units", _("份数"), lambda r: r.units, kind="units"),
            Column("cost", _("全年化"), lambda r: r.annual_cost_ppm, kind="rate"),
            Column("proceeds", _("可得"), lambda r: r.proceeds_minor, kind="money", phone=2),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="quote", phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("open", _("有效"), lambda r: r.state == "open"),
            Chip("accepted", _("已同意"), lambda r: r.state == "accepted"),
            Chip("expired", _("已失效"), lambda r: r.state in ("expired", "superseded")),
        ],
        search=lambda r: (r.number,),
        search_hint=_("报价号"),
        empty=Empty(_("还没有报价记录"), _("同意出让时会生成报价并留在这里。"), icon="history"),
    )
