"""How much of a limit was used, and how large it was, at an earlier instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from risk.models import Limit, LimitChange, LimitReservation


@dataclass(frozen=True, slots=True)
class ExposureThen:
    """One limit as it stood. Minor units; ``limit_minor`` None before it was set."""

    limit_id: int
    used_minor: int
    limit_minor: int | None


def exposure_then(*, limit_ids: Iterable[int], at: datetime) -> dict[int, ExposureThen]:
    """By limit what was reserved or out at `at`, and the base with its floating part then.

    From the reservations' own times and the approved changes, in three queries.
    """
    limits = {row.pk: row for row in Limit.objects.filter(pk__in=list(limit_ids))}
    out = (
        LimitReservation.objects.filter(limit_id__in=limits, reserved_at__lte=at)
        .filter(Q(freed_at__isnull=True) | Q(freed_at__gt=at))
        .values_list("limit_id")
        .annotate(minor=Sum("amount_minor"))
    )
    used = {limit_id: int(minor) for limit_id, minor in out}
    changes = LimitChange.objects.filter(
        programme_ref__in={row.programme_ref for row in limits.values()},
        subject_ref__in={row.subject_ref for row in limits.values()},
        state="approved",
        checked_at__lte=at,
    ).order_by("checked_at", "pk")
    sizes = {
        (row.programme_ref, row.scope, row.subject_ref, row.currency): row.base_minor
        + row.floating_minor
        for row in changes
    }
    return {
        number: ExposureThen(
            number,
            used.get(number, 0),
            sizes.get((row.programme_ref, row.scope, row.subject_ref, row.currency)),
        )
        for number, row in limits.items()
    }
