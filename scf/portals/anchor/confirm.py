"""One claim to confirm: do I owe this, to whom, when, with no set-off?"""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from scf.financing.queries import ClaimFacts, claim_get, confirmation_get
from scf.financing.signing import content_hash
from scf.journeys.confirming import (
    confirmation_prepare,
    confirmation_refuse,
    confirmation_sign,
    statement_of,
)
from scf.journeys.revoking import revocation_ask
from scf.network.values import Role
from scf.portals.anchor.confirm_page import confirm_context, pending_approval
from scf.portals.anchor.forms import ReasonForm, SignForm
from scf.portals.forms import ActionForm, form_refuse
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view


@portal_view(role=Role.ANCHOR, post=True)
def confirm(request: PortalRequest, claim_id: int) -> HttpResponse:
    """The page; posting prepares, signs or sends back."""
    claim = claim_get(claim_id=claim_id, scope=request.scope)
    act = request.POST.get("act", "")
    posted = request.POST if request.method == "POST" else None
    unsigned = statement_of(claim=claim) if claim.state == "matched" else None
    token = content_hash(unsigned) if unsigned is not None else ""
    prepare = ActionForm(posted if act == "prepare" else None, preview=token)
    sign = SignForm(posted if act == "sign" else None, preview=token)
    refuse = ReasonForm(posted if act == "refuse" else None)
    revoke = ReasonForm(posted if act == "revoke" else None)
    form = {"prepare": prepare, "sign": sign, "refuse": refuse, "revoke": revoke}.get(act)
    changed = False
    if form is not None and form.is_valid():
        changed = isinstance(form, ActionForm) and form.cleaned_data["preview"] != token
        if not changed and _act(request, claim, act, form):
            return redirect("anchor:confirm", claim_id=claim.id)
        if isinstance(form, ActionForm):
            form.redraw(preview=token)
    return page(
        request,
        "anchor/confirm.html",
        {
            "prepare": prepare,
            "sign": sign,
            "refuse": refuse,
            "revoke": revoke,
            "changed": changed,
            **confirm_context(request, claim, unsigned),
        },
        status=200 if request.method == "GET" else 422,
    )


def _act(request: PortalRequest, claim: ClaimFacts, act: str, form: Form) -> bool:
    try:
        if act == "prepare":
            confirmation_prepare(actor=request.actor, claim_id=claim.id, at=request.at)
            messages.success(request, _("已提交签署，须由签署人另行签署。"))
        elif act == "sign":
            _sign(request, claim, form)
            messages.success(request, _("已签署确权，声明和公钥可以下载。"))
        elif act == "revoke":
            revocation_ask(
                actor=request.actor,
                claim_id=claim.id,
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
            messages.success(request, _("已请供应商答复；同意之前确权仍然有效。"))
        else:
            confirmation_refuse(
                actor=request.actor,
                claim_id=claim.id,
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
            messages.success(request, _("%(claim)s 已退回供应商。") % {"claim": claim.number})
    except DomainError as error:
        form_refuse(form, error)
        return False
    return True


def _sign(request: PortalRequest, claim: ClaimFacts, form: Form) -> None:
    """The password is checked anew, with the login's own throttle; a wrong one signs nothing."""
    approval = pending_approval(request, claim)
    if approval is None:
        raise DomainError("financing.not_confirmable", claim=claim.number)
    user = authenticate(
        request, username=request.user.get_username(), password=form.cleaned_data["password"]
    )
    known = user is not None and user.pk == request.actor.user_id
    confirmation_sign(
        actor=request.actor,
        approval_id=approval.id,
        content_hash_seen=form.cleaned_data["preview"],
        reauthenticated_at=request.at if known else None,
        at=request.at,
    )


@portal_view(role=Role.ANCHOR)
def statement_download(request: PortalRequest, claim_id: int) -> HttpResponse:
    """The signed statement with signature and public key, to be checked without us."""
    claim = claim_get(claim_id=claim_id, scope=request.scope)
    signed = confirmation_get(claim_id=claim.id)
    if signed is None:
        raise DomainError("financing.claim_unknown", claim=claim_id)
    body = {
        **signed,
        "how_to_check": "signature = Ed25519 over the canonical JSON of statement "
        "(sorted keys, no spaces, UTF-8); content_hash = SHA-256 of the same bytes",
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{claim.number}-confirmation.json"'
    return response
