"""Every business day watched: use of limits, and what is owed and late, from the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from risk.collection.values import Debt
from risk.facts import day_number
from risk.operations.collecting import (
    Books,
    Refreshed,
    collections_refresh,
    hazards_latest,
)
from risk.operations.watching import limits_watch
from risk.queries.collections import collection_get, collections_due, collections_live_keys
from risk.queries.ownership import owners_map
from scf.financing.queries import claims_by_ids, open_items
from scf.financing.queries.lateness import defaults_list
from scf.network.operations import desk_notify
from scf.network.operations.inbox import user_notify
from scf.network.queries import ProgrammeFacts, parties_get, programme_get
from scf.network.values import Role, party_ref, programme_ref, ref_id
from scf.settlement.queries.allocated import allocated_map
from scf.settlement.values import ItemKind, OpenItem

# From the day after its payment date, grace included: a reminder in time is the cheapest action.
# What a supplier owes is due on demand.
LATE = frozenset({"grace", "overdue", "defaulted"})
BROKEN = "risk.promise.broken"


def day_watch_within(*, programme_id: int, at: datetime) -> Refreshed:
    """After a day's end, in a work item's transaction: limits, warnings' ages, collection.

    Run twice on a day it changes nothing the second time. Owners of debts whose promise was
    broken are told; where nobody owns one, the desk is.
    """
    programme = programme_get(programme_id=programme_id)
    book, on = programme_ref(programme.id), programme.business_date
    limits_watch(programme_ref=book, on=on, at=at)
    books = books_gather(programme=programme, on=on)
    debtors = sorted({debt.debtor_ref for debt in books.debts})
    hazards = hazards_latest(programme_ref=book, debtors=debtors)
    done = collections_refresh(programme_ref=book, books=books, hazards=hazards, on=on, at=at)
    _promises_told(programme, done.broken, on=on, at=at)
    return done


def books_gather(*, programme: ProgrammeFacts, on: date) -> Books:
    """What is late on a day, what every debtor owes, and what was paid; amounts from the ledger."""
    book = programme_ref(programme.id)
    items = open_items(programme_id=programme.id)
    claims = claims_by_ids(claim_ids=[ref_id(item.ref) for item in items])
    since = collections_due(programme_ref=book)
    late = [
        item
        for item in items
        if item.kind is not ItemKind.CLAIM or claims[ref_id(item.ref)].payment_state in LATE
    ]
    keys = [item_key(item) for item in late]
    paid = _paid(programme, [*keys, *collections_live_keys(programme_ref=book)])
    names = parties_get(party_ids={item.party_id for item in late})
    owed: dict[str, int] = defaultdict(int)
    for item in items:
        owed[party_ref(item.party_id)] += item.residual_minor
    defaulted = {party_ref(party) for party, _day in defaults_list(programme_id=programme.id)}
    debts = []
    for key, item in zip(keys, late, strict=True):
        due = _due(item, since.get(key), on)
        debts.append(
            Debt(
                key=key,
                kind=str(item.kind),
                claim_ref=item.ref,
                debtor_ref=party_ref(item.party_id),
                debtor_name=names[item.party_id].name,
                label=item.label,
                currency=item.currency,
                open_minor=item.residual_minor,
                paid_minor=paid.get(key, 0),
                due_day=day_number(due),
                days_late=(on - due).days,
                is_disputed=claims[ref_id(item.ref)].is_disputed and item.kind is ItemKind.CLAIM,
            )
        )
    return Books(debts, dict(owed), paid, frozenset(defaulted))


def item_key(item: OpenItem) -> str:
    """``claim:8:recourse``: one debt, whoever owes it for whatever reason."""
    return f"{item.ref}:{item.kind}"


def _due(item: OpenItem, known: date | None, on: date) -> date:
    """A claim's payment date. A demand is due on the day it was first seen, if not before."""
    if item.kind is ItemKind.CLAIM:
        return item.due_date
    return known or min(item.due_date, on)


def _paid(programme: ProgrammeFacts, keys: Iterable[str]) -> Mapping[str, int]:
    apart = {key: key.rpartition(":") for key in keys}
    placed = allocated_map(programme_id=programme.id, refs=[ref for ref, _, _ in apart.values()])
    return {key: placed.get((kind, ref), 0) for key, (ref, _, kind) in apart.items()}


def _promises_told(
    programme: ProgrammeFacts, item_ids: Iterable[int], *, on: date, at: datetime
) -> None:
    book = programme_ref(programme.id)
    broken = list(item_ids)
    owners = owners_map(programme_ref=book, keys=[("collection", item_id) for item_id in broken])
    for item_id in broken:
        row = collection_get(programme_ref=book, item_id=item_id)
        facts = {"debtor": row.debtor_name, "invoice": row.label, "open_minor": row.open_minor}
        key = f"promise:{item_id}:{on.isoformat()}"
        link = f"/risk/collection/{item_id}/"
        owner = owners.get(("collection", item_id))
        if owner is not None and owner.owner_ref.startswith("user:"):
            user_notify(
                programme_id=programme.id,
                user_id=ref_id(owner.owner_ref),
                key=key,
                code=BROKEN,
                facts=facts,
                link=link,
                at=at,
            )
        else:
            desk_notify(
                programme_id=programme.id,
                role=Role.RISK,
                party_id=None,
                key=key,
                code=BROKEN,
                facts=facts,
                link=link,
                at=at,
            )
