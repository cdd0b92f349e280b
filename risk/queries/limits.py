"""How much room is left, on which limit, and what uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from risk.limits import Room, subjects
from risk.models import Limit, LimitChange, LimitReservation


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit with its use, in minor units of its currency."""

    id: int
    scope: str
    subject_ref: str
    currency: str
    base_minor: int
    floating_minor: int
    reserved_minor: int
    exposed_minor: int
    used_minor: int
    free_minor: int


@dataclass(frozen=True, slots=True)
class LimitRoom:
    """What one sale may still be: the least of its limits, and which one that is.

    `missing` names the scopes without the limit a sale needs; then nothing is free.
    """

    free_minor: int
    binding_scope: str
    rows: tuple[LimitRow, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of a limit, proposed or decided; or moved by the machine (`is_machine`), with
    its `grounds` and the `figures` it went by."""

    id: int
    scope: str
    subject_ref: str
    currency: str
    base_minor: int
    floating_minor: int
    reason: str
    maker_ref: str
    made_at: datetime
    state: str
    checker_ref: str
    checked_at: datetime | None
    answer: str
    floating_was_minor: int | None = None
    grounds: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_machine(self) -> bool:
        """Whether the policy moved it, and not a person."""
        return self.maker_ref.startswith("policy:")


@dataclass(frozen=True, slots=True)
class UseRow:
    """One sale's use of one limit."""

    key: str
    amount_minor: int
    state: str
    reserved_at: datetime
    exposed_at: datetime | None
    freed_at: datetime | None


def limits_list(
    *, programme_ref: str, scope: str | None = None, party_ref: str | None = None
) -> tuple[LimitRow, ...]:
    """Limits of a programme, the most used first; `party_ref` keeps a seller's own and pairs."""
    rows = Limit.objects.filter(programme_ref=programme_ref)
    if scope is not None:
        rows = rows.filter(scope=scope)
    if party_ref is not None:
        rows = rows.filter(Q(subject_ref=party_ref) | Q(subject_ref__startswith=f"{party_ref}>"))
    found = [_row(row) for row in rows.order_by("pk")]
    return tuple(sorted(found, key=lambda row: (-row.used_minor, row.id)))


def limit_room(
    *,
    programme_ref: str,
    seller_ref: str,
    obligor_ref: str,
    group_ref: str,
    currency: str = "CNY",
) -> LimitRoom:
    """Room for a sale of this seller to this obligor, without holding it."""
    wanted = subjects(seller_ref=seller_ref, obligor_ref=obligor_ref, group_ref=group_ref)
    rows = Limit.objects.filter(
        programme_ref=programme_ref, currency=currency, subject_ref__in=wanted.values()
    )
    found = tuple(_row(r) for r in rows.order_by("pk") if wanted[r.scope] == r.subject_ref)
    missing = tuple(s for s in ("party", "group") if s not in {row.scope for row in found})
    if missing:
        return LimitRoom(0, missing[0], found, missing)
    tightest = min(found, key=lambda row: row.free_minor)
    return LimitRoom(tightest.free_minor, tightest.scope, found, ())


def limit_changes_list(
    *, programme_ref: str, waiting_only: bool = False, subject_ref: str | None = None
) -> tuple[ChangeRow, ...]:
    """Changes of limits, the latest first: the change log, or what waits for a second person."""
    rows = LimitChange.objects.filter(programme_ref=programme_ref)
    if waiting_only:
        rows = rows.filter(state="pending")
    if subject_ref is not None:
        rows = rows.filter(subject_ref=subject_ref)
    return tuple(
        ChangeRow(
            id=row.pk,
            scope=row.scope,
            subject_ref=row.subject_ref,
            currency=row.currency,
            base_minor=row.base_minor,
            floating_minor=row.floating_minor,
            reason=row.reason,
            maker_ref=row.maker_ref,
            made_at=row.made_at,
            state=row.state,
            checker_ref=row.checker_ref,
            checked_at=row.checked_at,
            answer=row.answer,
            floating_was_minor=row.floating_was_minor,
            grounds=tuple(row.grounds),
            figures=row.figures,
        )
        for row in rows.order_by("-pk")
    )


def limit_uses_list(*, limit_id: int) -> tuple[UseRow, ...]:
    """The sales on a limit, the latest first."""
    rows = LimitReservation.objects.filter(limit_id=limit_id).order_by("-pk")
    return tuple(
        UseRow(
            key=row.key,
            amount_minor=row.amount_minor,
            state=row.state,
            reserved_at=row.reserved_at,
            exposed_at=row.exposed_at,
            freed_at=row.freed_at,
        )
        for row in rows
    )


def _row(limit: Limit) -> LimitRow:
    room = Room(limit.base_minor, limit.floating_minor, limit.reserved_minor, limit.exposed_minor)
    return LimitRow(
        id=limit.pk,
        scope=limit.scope,
        subject_ref=limit.subject_ref,
        currency=limit.currency,
        base_minor=limit.base_minor,
        floating_minor=limit.floating_minor,
        reserved_minor=limit.reserved_minor,
        exposed_minor=limit.exposed_minor,
        used_minor=room.used_minor,
        free_minor=room.free_minor,
    )
