"""首页: how much can I have today?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.rates import year_basis
from risk.queries.limits import limits_list
from scf.access.policy import Subject, may
from scf.network.queries import ApprovalFacts, approvals_pending
from scf.network.values import Role, party_ref
from scf.portals.components import Figure, figure_money
from scf.portals.figures import money, money_compact, percent
from scf.portals.import_view import freshness_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.supplier.board import FUNDED, WAITING, Board, Line, board_load
from scf.portals.supplier.demands import demands_list
from scf.portals.supplier.nav import open_quotes
from scf.portals.supplier.offer import offer_of_receipt, offers_sum
from scf.portals.supplier.outlook import cash_chart, coming_steps, needs_list, residual_of
from scf.portals.supplier.receipts import receipts_of
from scf.portals.supplier.tables import ready_select, receivables_table
from scf.products.queries import template_current
from scf.settlement.queries.receipts import payout_lines

LAST_RECEIPTS = 3


def supplier_of(request: PortalRequest) -> int:
    """The party at whose desk the reader sits."""
    return request.actor.party_id or 0


@portal_view(role=Role.SUPPLIER)
def home(request: PortalRequest) -> HttpResponse:
    """Headline sum, four figures, needs, cash bars, table, what is coming, last receipts."""
    on, scope, supplier_id = request.business_date, request.scope, supplier_of(request)
    board = board_load(scope=scope, supplier_id=supplier_id, on=on)
    payouts = payout_lines(scope=scope, party_id=supplier_id)
    offer = offers_sum([offer_of_receipt(line.receipt) for line in board.ready if line.receipt])
    terms = template_current(programme_id=scope.programme_id, kind="receivable")
    demands = demands_list(
        programme=request.programme, supplier_id=supplier_id, claims=board.claims.values()
    )
    return page(
        request,
        "supplier/home.html",
        {
            "batch": freshness_words(programme_id=scope.programme_id),
            "ready": len(board.ready),
            "offer": offer,
            "annual_cost_ppm": offer.annual_cost_ppm(year_basis(terms.day_count)),
            "figures": figures(request, board),
            "needs": needs_list(
                board=board,
                approvals=waiting_for(request),
                quotes=open_quotes(request),
                payouts=payouts,
                demands=demands,
                on=on,
            ),
            "cash": cash_chart(board, on=on),
            "waiting": len(board.of(WAITING)),
            "receivables": receivables_table(
                board.open, request, select=ready_select("basket", checked=lambda line: True)
            ),
            "steps": coming_steps(board, on=on),
            "receipts": [
                one
                for one in receipts_of(payouts, board.series, board.claims)
                if one.payout.state == "confirmed"
            ][:LAST_RECEIPTS],
            "may_sell": may(request.actor, "quote.accept"),
        },
    )


def waiting_for(request: PortalRequest) -> list[ApprovalFacts]:
    """Sales that another person submitted and that the reader may approve."""
    return [
        one
        for one in approvals_pending(scope=request.scope, verb="quote.accept")
        if may(
            request.actor,
            "quote.approve",
            Subject(one.programme_id, frozenset({one.party_id or 0}), made_by=one.maker_id),
        )
    ]


def figures(request: PortalRequest, board: Board) -> list[Figure]:
    """Outstanding, waiting, funded, limit left."""
    on = request.business_date
    outstanding = [line for line in board.open if line.due_date and line.due_date >= on]
    obligors = len({line.obligor_id for line in outstanding})
    waiting, funded = board.of(WAITING), board.of(FUNDED)
    residual = sum(residual_of(line) for line in funded)
    return [
        figure_money(
            _("未到期应收"),
            sum(line.amount_minor for line in outstanding),
            note=ngettext("%(n)s 笔 · %(obligors)s 个付款主体", "%(n)s 笔 · %(obligors)s 个付款主体", len(outstanding))
            % {"n": len(outstanding), "obligors": obligors},
        ),
        figure_money(
            _("等待中"),
            sum(line.amount_minor for line in waiting),
            note=waiting_note(waiting),
        ),
        figure_money(
            _("已放款未到期"),
            sum(line.amount_minor for line in funded),
            note=_("%(n)s 笔 · 尾款待返 %(residual)s")
            % {"n": len(funded), "residual": money(residual)},
        ),
        limit_figure(request),
    ]  # fmt: skip


def waiting_note(waiting: Sequence[Line]) -> str:
    """What the waiting ones wait for, each kind with its number."""
    kinds = (
        (_("复核 %(n)s 笔"), ("basket",)),
        (_("核对 %(n)s 笔"), ("checking",)),
        (_("确权 %(n)s 笔"), ("confirming",)),
        (_("登记 %(n)s 笔"), ("registering", "preparing")),
        (_("募集 %(n)s 笔"), ("raising", "raised")),
    )
    counted = [(words, sum(line.state in states for line in waiting)) for words, states in kinds]
    return " · ".join(words % {"n": number} for words, number in counted if number)


def limit_figure(request: PortalRequest) -> Figure:
    """What is left of the supplier's own limit."""
    rows = limits_list(
        programme_ref=request.programme.book,
        scope="party",
        party_ref=party_ref(supplier_of(request)),
    )
    if not rows:
        return Figure(_("剩余额度"), "—", note=_("风控尚未核定额度"))
    row = rows[0]
    total = row.base_minor + row.floating_minor
    used = percent(row.used_minor * 1_000_000 // total, 0) if total else "0"
    return figure_money(
        _("剩余额度"),
        row.free_minor,
        note=_("额度 %(total)s，已用 %(used)s%%") % {"total": money_compact(total), "used": used},
    )
