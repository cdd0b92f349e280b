"""The second person's page: the same basket and receipt, with what changed since; and 撤回."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.errors import DomainError
from scf.financing.queries import QuoteFacts, claim_get, claims_table, quotes_list
from scf.journeys.accepting import claim_withdraw, quote_accept_approve, quote_accept_refuse
from scf.journeys.revoking import revocation_answer
from scf.network.queries import ApprovalFacts, approvals_pending, user_names
from scf.network.values import Role, Seat
from scf.portals.components import Empty, four_eyes
from scf.portals.dates import moment
from scf.portals.figures import money
from scf.portals.preview import Difference
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.supplier.case import checkers, may_approve
from scf.portals.supplier.forms import ReviewForm
from scf.portals.supplier.offer import offer_of_quote, offers_sum, receipt_lines
from scf.portals.supplier.selling import refusal_words
from scf.portals.tables import Column, Select, Table
from scf.products.queries import template_current
from scf.trade.queries import receivables_get


@dataclass(frozen=True, slots=True)
class Pending:
    """A sale that waits for its second person."""

    approval: ApprovalFacts
    quote: QuoteFacts
    claim: Mapping[str, Any]
    now_minor: int  # what is financeable now; the quote was for ``quote.face_minor``
    maker: str
    mine: bool  # the reader may decide it

    @property
    def changed(self) -> bool:
        return self.now_minor != self.quote.face_minor


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sale that could not be decided, and why."""

    number: str
    text: str


@portal_view(role=Role.SUPPLIER, post=True, seats=frozenset({Seat.CHECKER, Seat.SIGNER}))
def review(request: PortalRequest) -> HttpResponse:
    """What waits; posting agrees to what is ticked, or sends it back with a reason."""
    form = ReviewForm(request.POST or None)
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        done, refused = _decide(request, form.cleaned_data["reason"])
        if done and request.POST.get("decision") == "refuse":
            said = ngettext("%(n)s 笔已退回经办。", "%(n)s 笔已退回经办。", done)
            messages.success(request, said % {"n": done})
        elif done:
            said = ngettext(
                "%(n)s 笔已同意出让，等核心企业确权。", "%(n)s 笔已同意出让，等核心企业确权。", done
            )
            messages.success(request, said % {"n": done})
        if not refused:
            return redirect("supplier:offers")
    return _page(request, form, refused)


def _decide(request: PortalRequest, reason: str) -> tuple[int, list[Refusal]]:
    """Each sale by itself; (how many were decided, those that were not)."""
    agree = request.POST.get("decision") == "approve"
    done, refused = 0, []
    for text in request.POST.getlist("approval"):
        number, _colon, digest = text.partition(":")
        approval_id = int(number) if number.isdecimal() else 0
        try:
            if agree:
                quote_accept_approve(
                    actor=request.actor, approval_id=approval_id, content_hash=digest, at=request.at
                )
            else:
                if not reason.strip():
                    raise DomainError("financing.reason_missing")
                quote_accept_refuse(
                    actor=request.actor,
                    approval_id=approval_id,
                    content_hash=digest,
                    reason=reason,
                    at=request.at,
                )
            done += 1
        except DomainError as error:
            refused.append(Refusal(number, refusal_words(error)))
    return done, refused


def pending_list(request: PortalRequest) -> list[Pending]:
    """Sales that wait at this desk, each with its quote and what is financeable now."""
    approvals = approvals_pending(scope=request.scope, verb="quote.accept")
    if not approvals:
        return []
    quotes = {one.id: one for one in quotes_list(scope=request.scope, states=["open"])}
    wanted = [int(one.payload["claim"]) for one in approvals]
    claims = {row["id"]: row for row in claims_table(scope=request.scope).filter(pk__in=wanted)}
    facts = receivables_get(receivable_ids=[row["receivable_id"] for row in claims.values()])
    names = user_names(user_ids=[one.maker_id for one in approvals])
    return [
        Pending(
            approval=one,
            quote=quotes[int(one.payload["quote"])],
            claim=claims[int(one.payload["claim"])],
            now_minor=facts[claims[int(one.payload["claim"])]["receivable_id"]].financeable_minor,
            maker=names.get(one.maker_id, ""),
            mine=may_approve(request, one),
        )
        for one in approvals
        if int(one.payload["quote"]) in quotes
    ]


def _page(request: PortalRequest, form: ReviewForm, refused: Sequence[Refusal]) -> HttpResponse:
    pending = pending_list(request)
    offer = offers_sum([offer_of_quote(one.quote) for one in pending])
    terms = template_current(programme_id=request.scope.programme_id, kind="receivable")
    first = pending[0] if pending else None
    return page(
        request,
        "supplier/review.html",
        {
            "form": form,
            "refused": refused,
            "number": len(pending),
            "mine": sum(one.mine for one in pending),
            "offer": offer,
            "receipt": receipt_lines(offer, terms) if pending else [],
            "differences": [
                Difference(
                    str(one.approval.id),
                    one.claim["invoice_number"],
                    money(one.quote.face_minor),
                    money(one.now_minor),
                )
                for one in pending
                if one.changed
            ],
            "eyes": first
            and four_eyes(
                maker=first.maker,
                made_at=first.approval.made_at,
                reader=request.actor.name,
                checker=checkers(request),
                rule=_("出让须双人"),
                reader_is_maker=not first.mine,
            ),
            "lines": pending_table(pending),
        },
        status=200 if request.method == "GET" else 422,
    )


def pending_table(pending: Sequence[Pending]) -> Table[Pending]:
    """The same columns as the maker's basket, with the maker."""
    return Table(
        id="pending",
        rows=pending,
        export="offers-waiting",
        total_label=_("合计"),
        columns=[
            Column(
                "number",
                _("发票 / 品名"),
                lambda r: r.claim["invoice_number"],
                sub=lambda r: r.claim["item_name"],
                href=lambda r: reverse("supplier:receivable", args=[r.claim["receivable_id"]]),
                strong=True,
                phone=1,
            ),
            Column(
                "obligor",
                _("付款主体"),
                lambda r: r.claim["obligor_name"],
                nowrap=False,
            ),
            Column(
                "face",
                _("可融资面额"),
                lambda r: r.quote.face_minor,
                kind="money",
                total=True,
                phone=4,
            ),
            Column(
                "due",
                _("到期日"),
                lambda r: r.quote.due_date,
                kind="date",
                sub=lambda r: f"{r.maker} {moment(r.approval.made_at)}",
            ),
            Column("units", _("份数"), lambda r: r.quote.units, kind="units", total=True),
            Column("cost", _("全年化"), lambda r: r.quote.annual_cost_ppm, kind="rate"),
            Column(
                "today",
                _("今日可得"),
                lambda r: r.quote.proceeds_minor,
                kind="money",
                strong=True,
                total=True,
                phone=2,
            ),
        ],
        search=lambda r: (r.claim["invoice_number"], r.claim["obligor_name"], r.maker),
        search_hint=_("发票号 / 付款主体"),
        select=Select(
            "approval",
            "review",
            lambda r: f"{r.approval.id}:{r.approval.content_hash}",
            label=lambda r: _("选择 %(number)s") % {"number": r.claim["invoice_number"]},
            enabled=lambda r: r.mine,
            checked=lambda r: True,
        ),
        empty=Empty(
            _("没有等复核的出让"),
            _("经办提交后会出现在这里。"),
            reverse("supplier:offers"),
            _("看报价"),
            "checks",
        ),
    )


@portal_view(role=Role.SUPPLIER, post=True)
def withdraw(request: PortalRequest, claim_id: int) -> HttpResponse:
    """Take a sale back before the obligor has confirmed; posted from the receivable's page."""
    if request.method != "POST":
        return redirect("supplier:receivables")
    claim = claim_withdraw(
        actor=request.actor,
        claim_id=claim_id,
        reason=request.POST.get("reason", "")[:300],
        at=request.at,
    )
    messages.success(request, _("%(claim)s 已撤回，额度已释放。") % {"claim": claim.number})
    return redirect("supplier:receivable", receivable_id=claim.receivable_id)


@portal_view(role=Role.SUPPLIER, post=True, seats=frozenset({Seat.CHECKER, Seat.SIGNER}))
def revocation(request: PortalRequest, claim_id: int) -> HttpResponse:
    """Answer the obligor's wish to let its confirmation go; posted from the receivable's page."""
    claim = claim_get(claim_id=claim_id, scope=request.scope)
    if request.method == "POST":
        agree = request.POST.get("decision") == "agree"
        revocation_answer(
            actor=request.actor,
            claim_id=claim.id,
            agree=agree,
            reason=request.POST.get("reason", "")[:300],
            at=request.at,
        )
        said = (
            _("%(claim)s 的确权已撤销，指纹和额度已释放。") if agree else _("%(claim)s 维持确权。")
        )
        messages.success(request, said % {"claim": claim.number})
    return redirect("supplier:receivable", receivable_id=claim.receivable_id)
