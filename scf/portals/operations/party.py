"""One firm: its check, its seats, where it is paid, and a change of account under four eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from scf.access.policy import Subject, may
from scf.journeys.party_keeping import (
    ACCOUNT,
    AccountChange,
    account_change_approve,
    account_change_submit,
    kyb_record,
    party_within,
)
from scf.journeys.repairing import proposal_refuse
from scf.network.queries import (
    PartyFacts,
    approvals_of,
    bank_accounts_list,
    party_contacts_map,
    seats_list,
    user_names,
)
from scf.network.values import KybState, Role, account_number_mask
from scf.portals.components import Problem
from scf.portals.forms import ActionForm, DayField
from scf.portals.operations.exception import approval_number
from scf.portals.operations.forms import ConfirmForm, ReasonForm
from scf.portals.operations.tasks_view import approval_eyes
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.words import SEATS

KYB_WORDS = {
    KybState.VERIFIED: gettext_lazy("通过"),
    KybState.PENDING: gettext_lazy("待补材料"),
    KybState.REJECTED: gettext_lazy("不通过"),
}


class AccountForm(ActionForm):
    """A new account, in the firm's own name, checked by calling the firm back."""

    holder_name = forms.CharField(label=gettext_lazy("户名"), max_length=200)
    bank_name = forms.CharField(label=gettext_lazy("开户行"), max_length=200)
    bank_code = forms.CharField(label=gettext_lazy("联行号"), max_length=20, required=False)
    number = forms.CharField(label=gettext_lazy("账号"), max_length=40)
    checked = forms.CharField(
        label=gettext_lazy("怎样向企业核实（回电的号码和人，不用变更函上的）"), max_length=300
    )

    def clean_number(self) -> str:
        """Blanks and dashes between digits are how people type."""
        return "".join(sign for sign in self.cleaned_data["number"].upper() if sign.isalnum())


class KybForm(ActionForm):
    """The outcome of a check."""

    state = forms.ChoiceField(label=gettext_lazy("结果"), choices=list(KYB_WORDS.items()))
    expiry_date = DayField(label=gettext_lazy("有效至"), required=False)


@portal_view(role=Role.OPERATIONS, post=True)
def party(request: PortalRequest, party_id: int) -> HttpResponse:
    """The page; posting proposes, approves or sends back an account, or records a check."""
    firm = party_within(actor=request.actor, party_id=party_id)
    act = request.POST.get("act", "")
    account = AccountForm(
        request.POST if act == "submit" else None, initial={"holder_name": firm.name}
    )
    kyb = KybForm(
        request.POST if act == "kyb" else None,
        initial={"state": firm.kyb_state, "expiry_date": firm.kyb_expiry_date},
    )
    problem: Problem | None = None
    if request.method == "POST":
        try:
            if act not in ACTS:
                raise DomainError("access.denied", verb=act[:20])
            form = {"submit": account, "kyb": kyb}.get(act)
            if form is None or form.is_valid():
                messages.success(
                    request, ACTS[act](request, firm, form.cleaned_data if form else {})
                )
                return redirect("operations:party", party_id)
        except DomainError as error:
            problem = problem_of(error)
    return page(
        request,
        "operations/party.html",
        {"problem": problem, "account": account, "kyb": kyb, **_content(request, firm)},
        status=200 if request.method == "GET" else 409 if problem else 422,
    )


def _content(request: PortalRequest, firm: PartyFacts) -> dict[str, Any]:
    asked = [
        one
        for one in approvals_of(subject_ref=firm.ref)
        if one.verb == ACCOUNT and one.programme_id == request.programme.id
    ]
    waiting = next((one for one in asked if one.state == "pending"), None)
    people = user_names(
        user_ids=[number for one in asked for number in (one.maker_id, one.checker_id) if number]
    )
    on = request.business_date
    return {
        "firm": firm,
        "kyb_state": firm.kyb_state if firm.kyb_valid(on=on) else _lapsed(firm),
        "contacts": party_contacts_map(party_ids=[firm.id]).get(firm.id),
        "accounts": bank_accounts_list(party_id=firm.id),
        "seats": [
            {**row, "word": SEATS.get(row["seat"], row["seat"])}
            for row in seats_list(scope=request.scope)
            if row["party_id"] == firm.id
        ],
        "waiting": waiting,
        "wanted": _masked(waiting.payload["change"]) if waiting else {},
        "eyes": approval_eyes(request, waiting) if waiting else None,
        "may_check": waiting is not None
        and may(
            request.actor,
            "account.approve",
            Subject(request.programme.id, made_by=waiting.maker_id),
        ),
        "may_change": may(request.actor, "account.change"),
        "may_kyb": may(request.actor, "party.check"),
        "log": [
            {
                "at": one.made_at,
                "maker": people.get(one.maker_id, "—"),
                "checker": people.get(one.checker_id or 0, "—"),
                "number": account_number_mask(one.payload["change"]["number"]),
                "state": one.state,
            }
            for one in asked
        ],
        "confirm": ConfirmForm(),
        "why": ReasonForm(),
    }


def _lapsed(firm: PartyFacts) -> str:
    return "expired" if firm.kyb_state == KybState.VERIFIED else firm.kyb_state


def _masked(change: Mapping[str, str]) -> dict[str, str]:
    return {**change, "number": account_number_mask(change["number"])}


def _submit(request: PortalRequest, firm: PartyFacts, data: Mapping[str, Any]) -> str:
    names = ("holder_name", "bank_name", "bank_code", "number", "checked")
    change = AccountChange(**{name: data[name] for name in names})
    account_change_submit(actor=request.actor, party_id=firm.id, change=change, at=request.at)
    return _("账户变更已提交，等另一人复核；复核之前仍付到原账户。")


def _approve(request: PortalRequest, firm: PartyFacts, data: Mapping[str, Any]) -> str:
    account_change_approve(
        actor=request.actor,
        approval_id=approval_number(request),
        content_hash_seen=request.POST.get("hash", ""),
        at=request.at,
    )
    return _("账户已变更，之后的付款付到新账户。")


def _refuse(request: PortalRequest, firm: PartyFacts, data: Mapping[str, Any]) -> str:
    proposal_refuse(
        actor=request.actor,
        approval_id=approval_number(request),
        content_hash_seen=request.POST.get("hash", ""),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("账户变更已退回，仍付到原账户。")


def _kyb(request: PortalRequest, firm: PartyFacts, data: Mapping[str, Any]) -> str:
    kyb_record(
        actor=request.actor,
        party_id=firm.id,
        state=KybState(data["state"]),
        expiry_date=data["expiry_date"],
        at=request.at,
    )
    return _("认证结果已登记。")


ACTS: Mapping[str, Callable[[PortalRequest, PartyFacts, Mapping[str, Any]], str]] = {
    "submit": _submit,
    "approve": _approve,
    "refuse": _refuse,
    "kyb": _kyb,
}
