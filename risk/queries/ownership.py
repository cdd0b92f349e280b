"""Who looks after what on the risk desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from ledger.errors import DomainError
from risk.models import (
    Case,
    CollectionItem,
    DeskOwner,
    DeskOwnerEvent,
    GateDecision,
    GateOverride,
    LimitChange,
    Warning,
)

Ref = TypeVar("Ref", int, str, int | str)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has an item, since when."""

    owner_ref: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class OwnerStep:
    """One line of an item's history: taken, released or handed."""

    act: str
    from_ref: str
    owner_ref: str
    by_ref: str
    at: datetime


# Where an item of a kind is found; a decision by its firm's reference, the others by id.
ITEMS: Mapping[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "decision": (GateDecision.objects.all, "party_ref"),
    "case": (Case.objects.all, "pk"),
    "override": (GateOverride.objects.all, "pk"),
    "limit": (LimitChange.objects.all, "pk"),
    "warning": (Warning.objects.all, "pk"),
    "collection": (CollectionItem.objects.all, "pk"),
}


def item_require(*, programme_ref: str, kind: str, ref_id: str) -> None:
    """Raise `risk.item_unknown` unless the programme's desk has such an item."""
    found = ITEMS.get(kind)
    is_id = ref_id.isdecimal() and len(ref_id) < 16
    if found is not None and (is_id or found[1] != "pk"):
        rows = found[0]().filter(programme_ref=programme_ref, **{found[1]: ref_id})
        if rows.exists():
            return
    raise DomainError("risk.item_unknown", kind=kind)


def owner_get(*, programme_ref: str, kind: str, ref_id: int | str) -> Owner | None:
    """Who has this item, None when nobody does."""
    return owners_map(programme_ref=programme_ref, keys=[(kind, ref_id)]).get((kind, ref_id))


def owners_map(
    *, programme_ref: str, keys: Iterable[tuple[str, Ref]]
) -> dict[tuple[str, Ref], Owner]:
    """(kind, id) -> its owner, in one query; what nobody owns is left out."""
    asked = {(kind, str(ref)): (kind, ref) for kind, ref in keys}
    if not asked:
        return {}
    rows = DeskOwner.objects.filter(
        programme_ref=programme_ref,
        kind__in={kind for kind, _ in asked},
        ref_id__in={ref for _, ref in asked},
    ).exclude(owner_ref="")
    return {
        asked[row.kind, row.ref_id]: Owner(row.owner_ref, row.taken_at)
        for row in rows
        if (row.kind, row.ref_id) in asked
    }


def owner_history(*, programme_ref: str, kind: str, ref_id: int | str) -> tuple[OwnerStep, ...]:
    """Every change of hands of an item, the oldest first."""
    rows = DeskOwnerEvent.objects.filter(
        programme_ref=programme_ref, kind=kind, ref_id=str(ref_id)
    ).order_by("pk")
    return tuple(
        OwnerStep(row.act, row.from_ref, row.owner_ref, row.by_ref, row.at) for row in rows
    )
