"""Reads of a product's terms through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scf.financing.terms import Terms, terms_from_data
from scf.products.models import TermTemplate


@dataclass(frozen=True, slots=True)
class TermVersion:
    """One version of a product's terms, and since when quotes are made on it."""

    version: int
    terms: Terms
    made_at: datetime


def term_versions(*, programme_id: int, kind: str) -> list[TermVersion]:
    """Every version, the newest first."""
    rows = TermTemplate.objects.filter(programme_id=programme_id, kind=kind).order_by("-version")
    return [TermVersion(row.version, terms_from_data(row.terms), row.made_at) for row in rows]
