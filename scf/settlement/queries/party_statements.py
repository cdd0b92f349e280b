"""Reads of statements of account that were issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from scf.network.values import Scope
from scf.settlement.models import PartyStatement


@dataclass(frozen=True, slots=True)
class PartyStatementFacts:
    """One version of one month's statement."""

    id: int
    party_id: int
    number: str
    month_date: date
    version: int
    content: Mapping[str, Any]
    content_hash: str
    business_date: date
    issued_at: datetime


def party_statement_facts(row: PartyStatement) -> PartyStatementFacts:
    """The row as a value."""
    return PartyStatementFacts(
        id=row.pk,
        party_id=row.party_id,
        number=row.number,
        month_date=row.month_date,
        version=row.version,
        content=row.content,
        content_hash=row.content_hash,
        business_date=row.business_date,
        issued_at=row.issued_at,
    )


def party_statements_list(*, scope: Scope) -> list[PartyStatementFacts]:
    """Statements of the scope's parties, the latest first."""
    rows = PartyStatement.objects.filter(programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    return [party_statement_facts(row) for row in rows.order_by("-month_date", "-version", "-pk")]


def party_statement_get(*, scope: Scope, statement_id: int) -> PartyStatementFacts:
    """Raises ``settlement.statement_unknown``, also outside the scope."""
    rows = PartyStatement.objects.filter(pk=statement_id, programme_id=scope.programme_id)
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    found = rows.first()
    if found is None:
        raise DomainError("settlement.statement_unknown", statement=statement_id)
    return party_statement_facts(found)
