"""A party's statement of account over a month, out of the books; a correction is a new version."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.queries import balances_list, figure_entries
from scf.access.policy import require
from scf.financing.signing import content_hash
from scf.network.operations import programme_lock
from scf.network.queries import party_get
from scf.network.values import Actor, party_ref
from scf.settlement.operations.party_statements import party_statement_store
from scf.settlement.party_statement import CODES, AccountMonth, month_bounds, statement_content
from scf.settlement.queries.party_statements import PartyStatementFacts

# More entries than any party makes from a month on until today; beyond it the sum would be wrong.
ENTRIES_MOST = 200_000


@transaction.atomic(durable=True)
def statement_issue(*, actor: Actor, month: date, at: datetime) -> PartyStatementFacts:
    """Write the actor's own statement of the month that ``month`` lies in.

    The same content again is the same version. Raises ``settlement.statement_early`` for a month
    that has not begun, ``settlement.statement_long`` beyond ``ENTRIES_MOST`` entries.
    """
    require(actor, "statement.issue")
    if actor.party_id is None:
        raise DomainError("access.denied", verb="statement.issue")
    first, _following = month_bounds(month)
    programme = programme_lock(programme_id=actor.programme_id)
    if first > programme.business_date:
        raise DomainError("settlement.statement_early", month=first.isoformat()[:7])
    party, owner = party_get(party_id=actor.party_id), party_ref(actor.party_id)
    held: dict[str, int] = {}
    for ref, balance in balances_list(book=programme.book, asset=programme.currency, owner=owner):
        held[ref.code] = held.get(ref.code, 0) + balance.net
    accounts = []
    for code in CODES:
        since = figure_entries(
            book=programme.book,
            code=code,
            asset=programme.currency,
            owner=owner,
            from_date=first,
            limit=ENTRIES_MOST + 1,
        )
        if len(since) > ENTRIES_MOST:
            raise DomainError("settlement.statement_long", month=first.isoformat()[:7])
        accounts.append(AccountMonth(code, held.get(code, 0), since))
    content = statement_content(
        party={"name": party.name, "tax_id": party.tax_id}, month=first, accounts=accounts
    )
    return party_statement_store(
        programme_id=programme.id,
        party_id=party.id,
        month=first,
        content=content,
        content_hash=content_hash(content),
        on_date=programme.business_date,
        at=at,
    )
