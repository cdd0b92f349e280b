"""One receivable: what would I get, what do I give up, what happens next?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.access.policy import may
from scf.financing.lifecycle import CLAIM_WITHDRAWABLE
from scf.journeys.asking import receivable_ask, turn_of
from scf.journeys.revoking import REVOCABLE, revocation_asked
from scf.network.values import Role
from scf.portals.evidence import match_table
from scf.portals.forms import form_refuse
from scf.portals.preview import Difference, preview_differences, preview_token
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.sources import sources_of
from scf.portals.supplier.board import Line, board_load
from scf.portals.supplier.case import (
    Case,
    case_eyes,
    case_figures,
    case_load,
    case_proofs,
    case_steps,
    checkers,
    may_approve,
)
from scf.portals.supplier.forms import ReviewForm, SellForm, WithdrawForm
from scf.portals.supplier.offer import receipt_lines
from scf.portals.supplier.selling import basket_facts, basket_sell
from scf.portals.words import ROLES
from scf.trade.queries import receivable_get
from scf.trade.queries_evidence import evidence_list


@portal_view(role=Role.SUPPLIER, post=True)
def receivable(request: PortalRequest, receivable_id: int) -> HttpResponse:
    """The page; posting sells this one receivable."""
    facts = receivable_get(receivable_id=receivable_id, scope=request.scope)
    board = board_load(
        scope=request.scope,
        supplier_id=facts.supplier_id,
        on=request.business_date,
        receivable=facts,
    )
    line = board.lines[0]
    subject = f"receivable:{line.id}:{request.actor.ref}"
    token = preview_token(basket_facts([line]), subject=subject)
    form = SellForm(request.POST or None, preview=token)
    differences: tuple[Difference, ...] = ()
    if request.method == "POST" and form.is_valid():
        differences = preview_differences(
            form.cleaned_data["preview"], basket_facts([line]), subject=subject
        )
        if not differences and _sold(request, line, form):
            return redirect("supplier:receivable", receivable_id=line.id)
        form.redraw(preview=token)
    case = case_load(request, board=board, receivable=facts)
    return page(
        request,
        "supplier/receivable.html",
        {"form": form, "differences": differences, **_context(request, case)},
        status=200 if request.method == "GET" else 422,
    )


def _sold(request: PortalRequest, line: Line, form: SellForm) -> bool:
    sold = basket_sell(
        actor=request.actor, lines=[line], key=form.cleaned_data["key"], at=request.at
    )
    for one in sold.refused:
        form_refuse(form, one.error)
    if sold.claims:
        said = (
            _("已提交复核。复核同意后才出让，之前没有任何转移。")
            if sold.claims[0].state == "draft"
            else _("已出让，等核心企业确权。确权之前可以撤回。")
        )
        messages.success(request, said)
    return bool(sold.claims)


def _context(request: PortalRequest, case: Case) -> dict[str, object]:
    lines = evidence_list(receivable=case.receivable)
    approval = case.approval
    claim = case.line.claim
    return {
        "case": case,
        "figures": case_figures(case),
        "match": match_table(case.receivable, lines, sources=sources_of(lines)),
        "steps": case_steps(case, lines),
        "receipt": receipt_lines(case.offer, case.terms, sold=claim is not None)
        if case.offer is not None
        else [],
        "proofs": case_proofs(case),
        "may_sell": case.line.is_ready and may(request.actor, "quote.accept"),
        "checkers": checkers(request) if case.line.is_ready else "",
        "approval": approval,
        "approval_mine": approval is not None and approval.maker_id == request.actor.user_id,
        "may_approve": approval is not None and may_approve(request, approval),
        "eyes": case_eyes(request, approval) if approval is not None else None,
        "turn": _turn(request, case),
        "review": ReviewForm(),
        "withdraw": WithdrawForm(),
        "revoke_asked": revocation_asked(claim_id=claim["id"])
        if claim is not None and claim["state"] in REVOCABLE
        else None,
        "may_answer": may(request.actor, "quote.approve"),
        "may_withdraw": claim is not None
        and claim["state"] in CLAIM_WITHDRAWABLE
        and may(request.actor, "quote.withdraw"),
    }


def _turn(request: PortalRequest, case: Case) -> object:
    """The desk that is asked, in words, when it is not the supplier's own turn."""
    if case.line.is_ready or not may(request.actor, "receivable.ask"):
        return None
    turn = turn_of(programme=request.programme, receivable=case.receivable)
    return ROLES[turn.role] if turn is not None else None


ASKED = {
    Role.ANCHOR: gettext_lazy("已提醒核心企业；今天再点不会重复提醒。"),
    Role.OPERATIONS: gettext_lazy("已提醒平台运营；今天再点不会重复提醒。"),
    Role.RISK: gettext_lazy("已提醒风控台；今天再点不会重复提醒。"),
}


@portal_view(role=Role.SUPPLIER, post=True)
def ask(request: PortalRequest, receivable_id: int) -> HttpResponse:
    """Ask whoever can act next; posted from the receivable's page."""
    if request.method == "POST":
        turn = receivable_ask(actor=request.actor, receivable_id=receivable_id, at=request.at)
        messages.success(request, ASKED[turn.role])
    return redirect("supplier:receivable", receivable_id=receivable_id)
