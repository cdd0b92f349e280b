"""Firms that may not sell because a case confirmed fraud."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from risk.models import Case, GateDecision, Limit, PartyBlock
from risk.operations.gates import gate_refuse


@transaction.atomic
def block_set(*, case: Case, party_ref: str, by: str, reason: str, on: date, at: datetime) -> bool:
    """Close a firm's gate and stop its reservations until the block is lifted.

    Its limits are locked first, so that a reservation that is under way comes before the block
    or is refused by it. Returns whether a decision in date was there to refuse; runs to come
    refuse the firm by the block.
    """
    same = {"programme_ref": case.programme_ref, "scope": "party", "subject_ref": party_ref}
    list(Limit.objects.select_for_update().filter(**same).order_by("pk"))
    if not PartyBlock.objects.filter(case=case, party_ref=party_ref, lifted_at=None).exists():
        PartyBlock.objects.create(
            programme_ref=case.programme_ref,
            party_ref=party_ref,
            case=case,
            by_ref=by,
            reason=reason,
            since_at=at,
        )
    latest = (
        GateDecision.objects.filter(programme_ref=case.programme_ref, party_ref=party_ref)
        .order_by("-pk")
        .first()
    )
    if latest is None or latest.until_date < on:
        return False
    gate_refuse(decision_id=latest.pk, by=by, reason=reason, at=at)
    return True


@transaction.atomic
def block_lift(*, case: Case, keep: Collection[str], by: str, at: datetime) -> list[str]:
    """Lift a case's blocks but those of the firms to keep; returns whose were lifted.

    The refusal in force runs to its day; the next run then judges the firm by its figures.
    """
    rows = PartyBlock.objects.select_for_update().filter(case=case, lifted_at=None)
    found = sorted(rows.exclude(party_ref__in=keep).values_list("party_ref", flat=True))
    rows.filter(party_ref__in=found).update(lifted_at=at, lifted_by=by)
    return found
