"""Writes of statements of account: a version is added, none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from scf.settlement.models import PartyStatement
from scf.settlement.queries.party_statements import PartyStatementFacts, party_statement_facts


def party_statement_store(
    *,
    programme_id: int,
    party_id: int,
    month: date,
    content: Mapping[str, Any],
    content_hash: str,
    on_date: date,
    at: datetime,
) -> PartyStatementFacts:
    """The last version when it says the same, else the next one. The programme is locked."""
    rows = PartyStatement.objects.filter(
        programme_id=programme_id, party_id=party_id, month_date=month
    )
    last = rows.order_by("-version").first()
    if last is not None and last.content_hash == content_hash:
        return party_statement_facts(last)
    version = last.version + 1 if last else 1
    row = PartyStatement.objects.create(
        programme_id=programme_id,
        party_id=party_id,
        month_date=month,
        version=version,
        number=f"S-{month:%y%m}-{party_id}-{version}",
        content=dict(content),
        content_hash=content_hash,
        business_date=on_date,
        issued_at=at,
    )
    return party_statement_facts(row)
