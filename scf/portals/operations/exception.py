"""One claim in trouble: what is open, what happened, and the acts that its state allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from scf.access.policy import Subject, may
from scf.financing.queries import ClaimFacts, claim_get, claim_steps
from scf.journeys.bookings import books_of, outstanding_of
from scf.journeys.closing_at_loss import LOSS_CLOSE, loss_close_approve, loss_close_submit
from scf.journeys.defaulting import (
    WRITE_OFF,
    repurchase_demand,
    write_off_approve,
    write_off_submit,
)
from scf.journeys.diluting import claim_dispute, dispute_resolve, misdirection_report
from scf.journeys.repairing import proposal_refuse
from scf.network.queries import ApprovalFacts, approvals_pending, parties_get, user_names
from scf.network.values import Role
from scf.portals.components import Figure, Problem, figure_money, four_eyes
from scf.portals.figures import money
from scf.portals.life import claim_life
from scf.portals.operations.forms import ConfirmForm, ReasonForm, RepurchaseForm, UpheldForm
from scf.portals.operations.series_story import history_of
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.products.queries import SeriesFacts, series_of_claim
from scf.products.waterfall import owed_minor


@portal_view(role=Role.OPERATIONS, post=True)
def exception(request: PortalRequest, claim_id: int) -> HttpResponse:
    """The claim's open sums, history and acts; posting does one of them."""
    claim = claim_get(claim_id=claim_id, scope=request.scope)
    problem: Problem | None = None
    name = request.POST.get("act", "")
    forms = _forms(request, name)
    if request.method == "POST":
        form = forms.get(name)
        try:
            if name not in ACTS:
                raise DomainError("access.denied")
            if form is None or form.is_valid():
                messages.success(
                    request, ACTS[name](request, claim, form.cleaned_data if form else {})
                )
                return redirect("operations:exception", claim_id)
        except DomainError as error:
            problem = problem_of(error)
    return page(
        request,
        "operations/exception.html",
        {"problem": problem, "forms": forms, **_content(request, claim)},
        status=200 if request.method == "GET" else 409 if problem else 422,
    )


def _forms(request: PortalRequest, posted: str) -> dict[str, Form]:
    """Every act's form with ids of its own; the posted one is bound."""
    kinds: Mapping[str, type[Form]] = {
        "dispute": ReasonForm,
        "resolve": UpheldForm,
        "misdirect": ReasonForm,
        "repurchase": RepurchaseForm,
        "write_off": ReasonForm,
        "loss": ReasonForm,
        "refuse": ReasonForm,
    }
    return {
        name: kind(request.POST if name == posted else None, auto_id=f"{name}_%s")
        for name, kind in kinds.items()
    }


def _content(request: PortalRequest, claim: ClaimFacts) -> dict[str, Any]:
    series = series_of_claim(claim_id=claim.id)
    firms = parties_get(party_ids=[claim.supplier_id, claim.obligor_id])
    subject = f"claim:{claim.id}"
    waiting = next(
        (
            one
            for one in approvals_pending(scope=request.scope)
            if one.subject_ref == subject and one.verb in (WRITE_OFF, LOSS_CLOSE)
        ),
        None,
    )
    actor = request.actor
    return {
        "claim": claim,
        "series": series,
        "supplier": firms[claim.supplier_id].name,
        "obligor": firms[claim.obligor_id].name,
        "figures": _figures(request, claim, series),
        "steps": history_of(series, on=request.business_date)
        if series
        else claim_life(claim_steps(claim_id=claim.id)),
        "on_book": claim.state == "assigned",
        "written_off": claim.state == "written_off",
        "ends": waiting is not None and waiting.verb == LOSS_CLOSE,
        "waiting": waiting,
        "waiting_reason": waiting.payload["reason"] if waiting else "",
        "eyes": _eyes(request, waiting) if waiting else None,
        "may_check": waiting is not None
        and may(
            actor,
            "claim.write_off_approve",
            Subject(request.programme.id, made_by=waiting.maker_id),
        ),
        "may_work": may(actor, "claim.dispute"),
        "may_resolve": may(actor, "claim.resolve"),
        "may_demand": may(actor, "claim.repurchase"),
        "confirm": ConfirmForm(),
    }


def _figures(request: PortalRequest, claim: ClaimFacts, series: SeriesFacts | None) -> list[Figure]:
    figures = [figure_money(_("面额"), claim.face_minor)]
    if series is None or series.position is None:
        return figures
    books = books_of(programme=request.programme, claim=claim, series=series)
    left = outstanding_of(programme=request.programme, books=books)
    owed = owed_minor(position=series.position, on=request.business_date, terms=series.terms)
    return [
        *figures,
        figure_money(_("付款人未付"), left.claim_minor),
        figure_money(_("供应商追索"), left.recourse_minor),
        figure_money(_("欠投资人"), owed, note=_("本金加应计收益，今日")),
    ]


def _eyes(request: PortalRequest, waiting: ApprovalFacts) -> Any:
    names = user_names(user_ids=[waiting.maker_id])
    return four_eyes(
        maker=names.get(waiting.maker_id, "—"),
        made_at=waiting.made_at,
        reader=request.actor.name,
        checker=_("运营复核"),
        rule=_("不能复核自己提交的"),
        reader_is_maker=waiting.maker_id == request.actor.user_id,
    )


def _dispute(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    claim_dispute(actor=request.actor, claim_id=claim.id, reason=data["reason"], at=request.at)
    return _("已登记争议。")


def _resolve(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    dispute_resolve(
        actor=request.actor,
        claim_id=claim.id,
        upheld_minor=data["upheld"],
        reason=data["reason"],
        at=request.at,
    )
    return _("争议已了结。")


def _misdirect(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    misdirection_report(
        actor=request.actor, claim_id=claim.id, reason=data["reason"], at=request.at
    )
    return _("已登记付错对象，等供应商转交。")


def _repurchase(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    rest = repurchase_demand(
        actor=request.actor,
        claim_id=claim.id,
        forged=data["forged"],
        reason=data["reason"],
        at=request.at,
    )
    return _("已要求回购，供应商还须付 %(sum)s。") % {"sum": money(rest)}


def _write_off(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    write_off_submit(actor=request.actor, claim_id=claim.id, reason=data["reason"], at=request.at)
    return _("核销已提交，等另一人复核。")


def _loss(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    loss_close_submit(actor=request.actor, claim_id=claim.id, reason=data["reason"], at=request.at)
    return _("亏损了结已提交，等另一人复核。")


def _loss_approve(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    loss_close_approve(
        actor=request.actor,
        approval_id=approval_number(request),
        content_hash_seen=request.POST.get("hash", ""),
        at=request.at,
    )
    return _("已亏损了结；份额注销，不再有回款。")


def _approve(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    write_off_approve(
        actor=request.actor,
        approval_id=approval_number(request),
        content_hash_seen=request.POST.get("hash", ""),
        at=request.at,
    )
    return _("已核销；之后收回的款仍会分给投资人。")


def _refuse(request: PortalRequest, claim: ClaimFacts, data: Mapping[str, Any]) -> str:
    proposal_refuse(
        actor=request.actor,
        approval_id=approval_number(request),
        content_hash_seen=request.POST.get("hash", ""),
        reason=data["reason"],
        at=request.at,
    )
    return _("已退回，没有过账。")


def approval_number(request: PortalRequest) -> int:
    """The approval that was posted; raises ``network.approval_unknown``."""
    text = request.POST.get("approval", "")
    if not text.isdecimal() or len(text) > 15:
        raise DomainError("network.approval_unknown", approval=text[:20])
    return int(text)


Act = Callable[[PortalRequest, ClaimFacts, Mapping[str, Any]], str]
ACTS: Mapping[str, Act] = {
    "dispute": _dispute,
    "resolve": _resolve,
    "misdirect": _misdirect,
    "repurchase": _repurchase,
    "write_off": _write_off,
    "loss": _loss,
    "approve_loss": _loss_approve,
    "approve": _approve,
    "refuse": _refuse,
}
