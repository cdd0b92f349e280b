"""领取: one owner for each item of the desk; taken, given back, handed on, from any page."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.cases import case_get
from risk.queries.ownership import owner_get, owner_history
from scf.access.policy import may
from scf.access.refusals import refusal_text
from scf.journeys.desk_items import (
    desk_colleagues,
    desk_item_hand,
    desk_item_release,
    desk_item_take,
)
from scf.network.values import Role, ref_id
from scf.portals.components import Step
from scf.portals.forms import posted_id
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.item_words import ITEM_KINDS, PAGES
from scf.portals.risk_desk.words import subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

Key = tuple[str, str]


@portal_view(role=Role.RISK, post=True)
def take(request: PortalRequest) -> HttpResponse:
    """Posted: take, release or hand on. Opened with ?item=case:7: who has had it, and to whom
    it can go."""
    if request.method != "POST":
        return _shown(request)
    act, _space, text = request.POST.get("item", "").partition(" ")
    kind, ref = _key(text)
    if kind not in ITEM_NAMES:
        messages.error(request, refusal_text(DomainError("risk.item_unknown", kind=kind)))
        return redirect(_back(request))
    try:
        said = _done(request, act, kind, ref)
    except DomainError as error:
        return _shown(request, key=(kind, ref), error=error)
    messages.success(request, said)
    return redirect(_back(request))


def take_cell(request: PortalRequest, key: Key, owner_ref: str) -> SafeString:
    """The button of a row, for the page's form with id "take"; none for those who may not act.

    Take what nobody has, give back one's own, hand on what one may."""
    value = ":".join(key)
    if not may(request.actor, "desk.take"):
        return SafeString()
    if not owner_ref:
        return _button("take", value, _("领取"))
    link = format_html(
        '<a class="btn btn-sm" href="{}">{}</a>',
        f"{reverse('risk:take')}?item={value}",
        _("转交"),
    )
    if owner_ref == request.actor.ref:
        return format_html("{} {}", _button("release", value, _("放回")), link)
    return link if may(request.actor, "desk.hand") else SafeString()


def owner_words(request: PortalRequest, owner_ref: str, names: Mapping[str, str]) -> str:
    """我 for one's own, the colleague's name, or nothing."""
    if owner_ref == request.actor.ref:
        return _("我")
    return names.get(owner_ref, owner_ref) if owner_ref else ""


def _button(act: str, value: str, word: str) -> SafeString:
    return format_html(
        '<button class="btn btn-sm" form="take" name="item" value="{} {}">{}</button>',
        act,
        value,
        word,
    )


def _done(request: PortalRequest, act: str, kind: str, ref: str) -> str:
    actor, at = request.actor, request.at
    if act == "take":
        desk_item_take(actor=actor, kind=kind, ref=ref, at=at)
        return _("已领取，由您负责。")
    if act == "release":
        desk_item_release(actor=actor, kind=kind, ref=ref, at=at)
        return _("已放回，任何人都可以领取。")
    if act == "hand":
        desk_item_hand(actor=actor, kind=kind, ref=ref, user_id=posted_id(request, "to"), at=at)
        return _("已转交。")
    raise DomainError("access.denied")


def _shown(
    request: PortalRequest, *, key: Key | None = None, error: DomainError | None = None
) -> HttpResponse:
    kind, ref = key or _key(request.GET.get("item", ""))
    if kind not in ITEM_NAMES:
        return redirect("risk:home")
    book = request.programme.book
    owner = owner_get(programme_ref=book, kind=kind, ref_id=ref)
    owner_ref = owner.owner_ref if owner else ""
    steps = owner_history(programme_ref=book, kind=kind, ref_id=ref)
    names = user_words(
        [owner_ref, *(part for one in steps for part in (one.owner_ref, one.by_ref))]
    )
    colleagues = desk_colleagues(programme_id=request.programme.id)
    mine = owner_ref == request.actor.ref
    words = {"taken": _("领取"), "released": _("放回"), "handed": _("转交给 %(who)s")}
    return page(
        request,
        "risk/take.html",
        {
            "problem": problem_of(error) if error else None,
            "item": f"{kind}:{ref}",
            "word": ITEM_NAMES[kind],
            "name": _name(request, kind, ref),
            "href": _href(kind, ref),
            "owner": owner_words(request, owner_ref, names),
            "since": owner.taken_at if owner else None,
            "mine": mine,
            "may_take": may(request.actor, "desk.take"),
            "may_hand": mine or may(request.actor, "desk.hand"),
            "colleagues": [one for one in colleagues if one.ref != owner_ref],
            "back": _back(request),
            "history": [
                Step(
                    words[one.act] % {"who": names.get(one.owner_ref, "")},
                    "done",
                    one.at,
                    names.get(one.by_ref, one.by_ref),
                )
                for one in steps
            ],
        },
        status=200 if error is None else 409,
    )


# Both outcomes of a gate are one item, the firm's decision.
ITEM_NAMES = {
    "decision": ITEM_KINDS["referred"],
    **{kind: word for kind, word in ITEM_KINDS.items() if kind not in ("failed", "referred")},
}


def _name(request: PortalRequest, kind: str, ref: str) -> str:
    """A case's number, a decision's firm, else the item's own number."""
    if kind == "case" and ref.isdecimal():
        return case_get(programme_ref=request.programme.book, case_id=int(ref)).number
    return subject_words([ref])[ref] if kind == "decision" else f"#{ref}"


def _href(kind: str, ref: str) -> str:
    """Where the item is decided; a firm's decision on its report."""
    if kind in PAGES and ref.isdecimal():
        return reverse(PAGES[kind], args=[int(ref)])
    is_firm = kind == "decision" and ref.startswith("party:")
    return reverse("risk:firm", args=[ref_id(ref)]) if is_firm else ""


def _key(text: str) -> Key:
    kind, _colon, ref = text.partition(":")
    return kind, ref[:80]


def _back(request: PortalRequest) -> str:
    """The page of the desk that the button stood on."""
    back = request.POST.get("back", "") or request.GET.get("back", "")
    home = reverse("risk:home")
    is_ours = back.startswith(home) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else home
