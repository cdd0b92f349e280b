"""The risk desk's items change hands: taken, given back, handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.operations.cases import case_follow_owner, case_lock
from risk.operations.ownership import item_hand, item_release, item_take
from risk.queries.ownership import item_require, owner_get
from scf.access.policy import WORKERS, require
from scf.network.queries import actors_list, user_names
from scf.network.values import Actor, Role, programme_ref, ref_id


@transaction.atomic(durable=True)
def desk_item_take(*, actor: Actor, kind: str, ref: str, at: datetime) -> bool:
    """The actor looks after an item from now on; False when they did before.

    Raises ``access.denied``, ``risk.item_unknown``, ``risk.item_taken`` with the winner's name.
    """
    require(actor, "desk.take")
    book = _book(actor, kind, ref)
    is_new = owner_named(
        lambda: item_take(programme_ref=book, kind=kind, ref_id=ref, owner_ref=actor.ref, at=at)
    )
    return is_new and _follow(actor, kind, ref, "taken", "", at)


@transaction.atomic(durable=True)
def desk_item_release(*, actor: Actor, kind: str, ref: str, at: datetime) -> bool:
    """The actor gives an item back; False when nobody had it. Raises ``risk.item_not_yours``."""
    require(actor, "desk.take")
    book = _book(actor, kind, ref)
    is_new = owner_named(
        lambda: item_release(programme_ref=book, kind=kind, ref_id=ref, owner_ref=actor.ref, at=at)
    )
    return is_new and _follow(actor, kind, ref, "released", "", at)


@transaction.atomic(durable=True)
def desk_item_hand(*, actor: Actor, kind: str, ref: str, user_id: int, at: datetime) -> bool:
    """Hand an item to a colleague of the desk: one's own, or with a second seat anybody's.

    Raises ``access.denied``, ``risk.item_not_yours``, ``access.colleague_unknown``.
    """
    require(actor, "desk.take")
    book = _book(actor, kind, ref)
    colleagues = {one.user_id: one for one in desk_colleagues(programme_id=actor.programme_id)}
    if user_id not in colleagues:
        raise DomainError("access.colleague_unknown", user=user_id)
    owner = owner_get(programme_ref=book, kind=kind, ref_id=ref)
    from_ref = owner.owner_ref if owner else ""
    if from_ref != actor.ref:
        require(actor, "desk.hand")
    is_new = owner_named(
        lambda: item_hand(
            programme_ref=book,
            kind=kind,
            ref_id=ref,
            from_ref=from_ref,
            owner_ref=colleagues[user_id].ref,
            by=actor.ref,
            at=at,
        )
    )
    return is_new and _follow(actor, kind, ref, "handed", colleagues[user_id].name, at)


def desk_colleagues(*, programme_id: int) -> list[Actor]:
    """Who can look after an item of the programme's risk desk."""
    people = actors_list(programme_id=programme_id, role=Role.RISK)
    return [one for one in people if one.seat in WORKERS]


def _book(actor: Actor, kind: str, ref: str) -> str:
    book = programme_ref(actor.programme_id)
    item_require(programme_ref=book, kind=kind, ref_id=ref)
    if kind == "case":
        # Before the owner's row, as a run does that opens a case again.
        case_lock(programme_ref=book, case_id=int(ref))
    return book


def _follow(actor: Actor, kind: str, ref: str, act: str, text: str, at: datetime) -> bool:
    """A case says in its own history who looks into it. True, since something changed."""
    if kind == "case":
        case_follow_owner(
            programme_ref=programme_ref(actor.programme_id),
            case_id=int(ref),
            act=act,
            by=actor.ref,
            text=text,
            at=at,
        )
    return True


def owner_named(act: Callable[[], bool]) -> bool:
    """Do it; a refusal names the owner as people know them."""
    try:
        return act()
    except DomainError as error:
        owner = str(error.facts.get("owner", ""))
        if not owner.startswith("user:"):
            raise
        number = ref_id(owner)
        name = user_names(user_ids=[number]).get(number, owner)
        raise DomainError(error.code, **{**error.facts, "owner": name}) from error
