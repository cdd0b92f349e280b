"""Limits are set under four eyes, and used under the lock of the rows they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.lifecycle import PROPOSAL, RESERVATION, SCOPES, step_check
from risk.limits import Room, subjects
from risk.models import Limit, LimitChange, LimitReservation
from risk.queries.blocks import block_refuse

# Without these two a sale is refused; a pair's limit counts where one is set.
REQUIRED_SCOPES = ("party", "group")


@transaction.atomic
def limit_set(
    *,
    programme_ref: str,
    scope: str,
    subject_ref: str,
    base_minor: int,
    by: str,
    approved_by: str,
    reason: str,
    at: datetime,
    currency: str = "CNY",
    floating_minor: int = 0,
) -> int:
    """Propose and approve a limit at once, with both names; returns the limit's id.

    Raises as `limit_change_propose` and `limit_change_approve`.
    """
    change_id = limit_change_propose(
        programme_ref=programme_ref,
        scope=scope,
        subject_ref=subject_ref,
        base_minor=base_minor,
        floating_minor=floating_minor,
        currency=currency,
        by=by,
        reason=reason,
        at=at,
    )
    return limit_change_approve(change_id=change_id, by=approved_by, at=at)


@transaction.atomic
def limit_change_propose(
    *,
    programme_ref: str,
    scope: str,
    subject_ref: str,
    base_minor: int,
    by: str,
    reason: str,
    at: datetime,
    currency: str = "CNY",
    floating_minor: int = 0,
) -> int:
    """Ask for a new figure; one change a limit waits at a time.

    Raises `risk.limit_invalid`, `risk.reason_missing`, `risk.change_pending`.
    """
    if scope not in SCOPES or base_minor < 0 or base_minor + floating_minor < 0:
        raise DomainError("risk.limit_invalid", scope=scope, subject=subject_ref)
    _reason_check(reason)
    same = {
        "programme_ref": programme_ref,
        "scope": scope,
        "subject_ref": subject_ref,
        "currency": currency,
    }
    waiting = LimitChange.objects.select_for_update().filter(**same, state="pending")
    if waiting.exists():
        raise DomainError("risk.change_pending", subject=subject_ref)
    now = Limit.objects.filter(**same).values_list("floating_minor", flat=True).first()
    change = LimitChange.objects.create(
        **same,
        floating_was_minor=now or 0,
        base_minor=base_minor,
        floating_minor=floating_minor,
        reason=reason.strip(),
        maker_ref=by,
        made_at=at,
    )
    return change.pk


@transaction.atomic
def limit_change_approve(*, change_id: int, by: str, at: datetime) -> int:
    """Put a proposed figure into force; use above a lowered limit stays, new use waits.

    Returns the limit's id. Raises `risk.four_eyes`, `risk.step_refused`, `risk.change_unknown`,
    `risk.change_stale` when the machine has moved the floating part since it was asked for.
    """
    change = _change_decide(change_id=change_id, by=by, to="approved", answer="", at=at)
    _still_check(change)
    limit, _ = Limit.objects.select_for_update().update_or_create(
        programme_ref=change.programme_ref,
        scope=change.scope,
        subject_ref=change.subject_ref,
        currency=change.currency,
        defaults={"base_minor": change.base_minor, "floating_minor": change.floating_minor},
    )
    return limit.pk


@transaction.atomic
def limit_change_decline(*, change_id: int, by: str, reason: str, at: datetime) -> None:
    """Leave the limit as it is. Raises as `limit_change_approve`, and `risk.reason_missing`."""
    _reason_check(reason)
    _change_decide(change_id=change_id, by=by, to="declined", answer=reason.strip(), at=at)


@transaction.atomic
def limit_reserve(
    *,
    programme_ref: str,
    key: str,
    seller_ref: str,
    obligor_ref: str,
    group_ref: str,
    amount_minor: int,
    at: datetime,
    currency: str = "CNY",
) -> None:
    """Promise room for one sale on every limit it falls under, or on none.

    `key` names the sale; the same key again changes nothing. Raises `risk.amount_invalid`,
    `risk.limit_missing`, `risk.limit_exceeded`, `risk.reservation_conflict`, and
    `risk.party_blocked` where a confirmed fraud keeps one of the two out.
    """
    if amount_minor <= 0:
        raise DomainError("risk.amount_invalid", amount_minor=amount_minor)
    wanted = subjects(seller_ref=seller_ref, obligor_ref=obligor_ref, group_ref=group_ref)
    limits = _limits_lock(programme_ref, wanted, currency)
    held = LimitReservation.objects.filter(programme_ref=programme_ref, key=key)
    if held.exists():
        same = {row.limit_id for row in held} == {row.pk for row in limits}
        if not same or any(row.amount_minor != amount_minor for row in held):
            raise DomainError("risk.reservation_conflict", key=key)
        return
    # Under the lock that a block takes first: nothing slips in beside it.
    block_refuse(programme_ref=programme_ref, party_refs=(seller_ref, obligor_ref))
    for limit in limits:
        _room_check(limit, amount_minor)
    for limit in limits:
        limit.reserved_minor += amount_minor
        limit.save(update_fields=["reserved_minor"])
    LimitReservation.objects.bulk_create(
        [
            LimitReservation(
                limit=limit,
                programme_ref=programme_ref,
                key=key,
                amount_minor=amount_minor,
                reserved_at=at,
            )
            for limit in limits
        ]
    )


@transaction.atomic
def limit_expose(*, programme_ref: str, key: str, at: datetime) -> None:
    """The sale closed: its reservations are exposure now. Again changes nothing.

    Raises `risk.reservation_unknown`, `risk.step_refused` when it was freed before.
    """
    for row in _reservations_lock(programme_ref, key):
        if row.state == "exposed":
            continue
        step_check(RESERVATION, current=row.state, to="exposed")
        row.limit.reserved_minor -= row.amount_minor
        row.limit.exposed_minor += row.amount_minor
        row.limit.save(update_fields=["reserved_minor", "exposed_minor"])
        row.state, row.exposed_at = "exposed", at
        row.save(update_fields=["state", "exposed_at"])


@transaction.atomic
def limit_free(*, programme_ref: str, key: str, at: datetime) -> None:
    """The sale is over or never came: its room is free again. Again changes nothing.

    Raises `risk.reservation_unknown`.
    """
    for row in _reservations_lock(programme_ref, key):
        if row.state == "freed":
            continue
        used = "reserved_minor" if row.state == "reserved" else "exposed_minor"
        setattr(row.limit, used, getattr(row.limit, used) - row.amount_minor)
        row.limit.save(update_fields=[used])
        row.state, row.freed_at = "freed", at
        row.save(update_fields=["state", "freed_at"])


def _limits_lock(programme_ref: str, wanted: Mapping[str, str], currency: str) -> list[Limit]:
    rows = Limit.objects.select_for_update().filter(
        programme_ref=programme_ref, currency=currency, subject_ref__in=wanted.values()
    )
    found = [row for row in rows.order_by("pk") if wanted[row.scope] == row.subject_ref]
    for scope in REQUIRED_SCOPES:
        if scope not in {row.scope for row in found}:
            raise DomainError("risk.limit_missing", scope=scope, subject=wanted[scope])
    return found


def _room_check(limit: Limit, amount_minor: int) -> None:
    room = Room(limit.base_minor, limit.floating_minor, limit.reserved_minor, limit.exposed_minor)
    if amount_minor > room.total_minor - room.used_minor:
        raise DomainError(
            "risk.limit_exceeded",
            scope=limit.scope,
            subject=limit.subject_ref,
            free_minor=room.free_minor,
            asked_minor=amount_minor,
        )


def _reservations_lock(programme_ref: str, key: str) -> list[LimitReservation]:
    """A sale's reservations with their limits, the limits locked first and in id order."""
    rows = LimitReservation.objects.filter(programme_ref=programme_ref, key=key)
    limit_ids = list(rows.values_list("limit_id", flat=True))
    if not limit_ids:
        raise DomainError("risk.reservation_unknown", key=key)
    locked = Limit.objects.select_for_update().filter(pk__in=limit_ids).order_by("pk")
    limits = {row.pk: row for row in locked}
    reservations = list(rows.select_for_update().order_by("limit_id"))
    for row in reservations:
        row.limit = limits[row.limit_id]
    return reservations


def _change_decide(*, change_id: int, by: str, to: str, answer: str, at: datetime) -> LimitChange:
    change = LimitChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise DomainError("risk.change_unknown", change=change_id)
    change.state = step_check(PROPOSAL, current=change.state, to=to)
    if change.maker_ref == by:
        raise DomainError("risk.four_eyes", by=by)
    change.checker_ref, change.checked_at, change.answer = by, at, answer
    change.save(update_fields=["state", "checker_ref", "checked_at", "answer"])
    return change


def _still_check(change: LimitChange) -> None:
    """An approval must not undo what performance has moved since the maker looked."""
    now = Limit.objects.select_for_update().filter(
        programme_ref=change.programme_ref,
        scope=change.scope,
        subject_ref=change.subject_ref,
        currency=change.currency,
    )
    floating = now.values_list("floating_minor", flat=True).first() or 0
    if change.floating_was_minor is not None and floating != change.floating_was_minor:
        raise DomainError(
            "risk.change_stale",
            subject=change.subject_ref,
            floating_minor=floating,
            was_minor=change.floating_was_minor,
        )


def _reason_check(reason: str) -> None:
    if not reason.strip():
        raise DomainError("risk.reason_missing")
