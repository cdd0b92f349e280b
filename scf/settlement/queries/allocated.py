"""How much money was placed on what is owed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum

from scf.settlement.models import Allocation


def allocated_map(*, programme_id: int, refs: Iterable[str]) -> dict[tuple[str, str], int]:
    """(kind, reference) -> minor units placed on it, without what was undone; 0 is left out."""
    rows = Allocation.objects.filter(
        entry__programme_id=programme_id, ref__in=set(refs), undone_at=None
    )
    sums = rows.values("kind", "ref").annotate(placed=Sum("amount_minor")).order_by("kind", "ref")
    return {(row["kind"], row["ref"]): int(row["placed"]) for row in sums}
