"""One owner for each thing on the risk desk: taken, given back, handed on; each step logged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.models import DeskOwner, DeskOwnerEvent
from risk.models.ownership import ITEM_KINDS


@transaction.atomic
def item_take(
    *, programme_ref: str, kind: str, ref_id: int | str, owner_ref: str, at: datetime
) -> bool:
    """Make `owner_ref` the owner of an item that has none; False when it was so before.

    `kind`: decision (`ref_id` is the firm's reference, since every run decides anew), case,
    warning, collection, override, limit. Of two at once one wins; raises `risk.item_taken` with
    the winner's reference for the other, `risk.item_unknown` for another kind.
    """
    row = _lock(programme_ref, kind, str(ref_id), at)
    if row.owner_ref == owner_ref:
        return False
    if row.owner_ref:
        raise DomainError("risk.item_taken", owner=row.owner_ref)
    _turn(row, act="taken", owner_ref=owner_ref, by_ref=owner_ref, at=at)
    return True


@transaction.atomic
def item_release(
    *, programme_ref: str, kind: str, ref_id: int | str, owner_ref: str, at: datetime
) -> bool:
    """The owner gives an item back; False when nobody had it.

    Raises `risk.item_not_yours` when it is somebody else's.
    """
    row = _lock(programme_ref, kind, str(ref_id), at)
    if not row.owner_ref:
        return False
    if row.owner_ref != owner_ref:
        raise DomainError("risk.item_not_yours", owner=row.owner_ref)
    _turn(row, act="released", owner_ref="", by_ref=owner_ref, at=at)
    return True


@transaction.atomic
def item_hand(
    *,
    programme_ref: str,
    kind: str,
    ref_id: int | str,
    from_ref: str,
    owner_ref: str,
    at: datetime,
    by: str | None = None,
) -> bool:
    """Hand an item from one person to another; `by` is who does it, the owner by default.

    False when `owner_ref` has it already. Raises `risk.item_not_yours` when `from_ref` no
    longer has it: whoever hands on names the owner they saw.
    """
    row = _lock(programme_ref, kind, str(ref_id), at)
    if row.owner_ref == owner_ref:
        return False
    if row.owner_ref != from_ref or not owner_ref:
        raise DomainError("risk.item_not_yours", owner=row.owner_ref)
    _turn(row, act="handed", owner_ref=owner_ref, by_ref=by or from_ref, at=at)
    return True


@transaction.atomic
def item_owned_require(
    *, programme_ref: str, kind: str, ref_id: int | str, owner_ref: str, at: datetime
) -> None:
    """Raise `risk.item_not_taken` unless the item is this person's; it stays so until the end of
    the caller's transaction."""
    row = _lock(programme_ref, kind, str(ref_id), at)
    if row.owner_ref != owner_ref:
        raise DomainError("risk.item_not_taken", owner=row.owner_ref)


@transaction.atomic
def item_clear(*, programme_ref: str, kind: str, ref_id: int | str, at: datetime) -> None:
    """Take an item away from whoever has it: it came again and is anybody's."""
    row = _lock(programme_ref, kind, str(ref_id), at)
    if row.owner_ref:
        _turn(row, act="released", owner_ref="", by_ref="", at=at)


def _lock(programme_ref: str, kind: str, ref_id: str, at: datetime) -> DeskOwner:
    """The item's row, locked; made on first touch, by one of two."""
    if kind not in ITEM_KINDS:
        raise DomainError("risk.item_unknown", kind=kind)
    same = {"programme_ref": programme_ref, "kind": kind, "ref_id": ref_id}
    DeskOwner.objects.bulk_create([DeskOwner(**same, taken_at=at)], ignore_conflicts=True)
    return DeskOwner.objects.select_for_update().get(**same)


def _turn(row: DeskOwner, *, act: str, owner_ref: str, by_ref: str, at: datetime) -> None:
    before, row.owner_ref, row.taken_at = row.owner_ref, owner_ref, at
    row.save(update_fields=["owner_ref", "taken_at"])
    DeskOwnerEvent.objects.create(
        programme_ref=row.programme_ref,
        kind=row.kind,
        ref_id=row.ref_id,
        act=act,
        from_ref=before,
        owner_ref=owner_ref,
        by_ref=by_ref,
        at=at,
    )
