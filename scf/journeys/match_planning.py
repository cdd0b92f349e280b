"""Facts for cash application: who paid, what is owed, who may deposit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scf.financing.queries import open_items
from scf.network.queries import (
    ProgrammeFacts,
    parties_by_account,
    parties_get,
    parties_of_kind,
)
from scf.network.values import PartyKind
from scf.settlement.cash_application import Policy, applications_plan
from scf.settlement.queries import EntryFacts
from scf.settlement.values import Application, OpenEntry, OpenItem


def entries_plan(*, programme: ProgrammeFacts, entries: Iterable[EntryFacts]) -> list[Application]:
    """What cash application makes of posted receipts against everything owed now."""
    items = open_items(programme_id=programme.id)
    payers = parties_by_account(programme_id=programme.id)
    return applications_plan(
        entries=[_open_entry(entry, payers, programme.currency) for entry in entries],
        items=items,
        policy=_policy(programme, items),
    )


def _policy(programme: ProgrammeFacts, items: Iterable[OpenItem]) -> Policy:
    investors = parties_of_kind(programme_id=programme.id, kind=PartyKind.INVESTOR)
    debtors = parties_get(party_ids={item.party_id for item in items})
    return Policy(
        depositors=frozenset(party.id for party in investors),
        party_names={party.id: party.name for party in debtors.values()},
    )


def _open_entry(entry: EntryFacts, payers: Mapping[str, int], currency: str) -> OpenEntry:
    return OpenEntry(
        id=entry.id,
        identity=entry.identity,
        amount_minor=entry.open_minor,
        booking_date=entry.booking_date,
        remittance=entry.remittance,
        references=entry.references,
        payer_id=payers.get(entry.counterparty_account),
        payer_name=entry.counterparty_name,
        currency=currency,
    )
