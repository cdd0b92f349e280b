"""Notices of assignment: what tells an obligor that somebody else is to be paid."""

from __future__ import annotations

from collections.abc import Iterable

from scf.financing.models import Registration


def notices_of(*, claim_ids: Iterable[int]) -> dict[int, str]:
    """Claim id -> the number of its notice of assignment, in one query."""
    rows = Registration.objects.filter(claim_id__in=set(claim_ids), kind="notice")
    return dict(rows.order_by("pk").values_list("claim_id", "number"))
