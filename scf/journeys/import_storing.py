"""One chunk of an import to documents and records; inside the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from scf.imports.chunks import Chunk, Resolver, drafts_make, outcomes_set, parties_named
from scf.imports.operations.records import (
    Earlier,
    records_take_back,
    records_write,
)
from scf.imports.plan import Outcome, ParsedDocument, ParsedParty, Row
from scf.imports.queries import BatchFacts, PartyFinder
from scf.network.operations import PartyInput, party_contacts_complete, party_upsert_many
from scf.network.queries import PartyContacts
from scf.network.values import PartyKind, Role
from scf.trade.bulk import ids_reserve
from scf.trade.drafts import StoredDocument
from scf.trade.operations.documents import documents_store

_KINDS = {
    "obligor": PartyKind.OBLIGOR,
    "supplier": PartyKind.SUPPLIER,
    "distributor": PartyKind.DISTRIBUTOR,
}
_LABELS = {"company": "公司", "vendor": "供应商", "customer": "客户"}


def chunk_store(
    *, batch: BatchFacts, chunk: Chunk, file_ids: Mapping[int, int], at: datetime
) -> None:
    """Store a chunk's parties and documents, then every row of it with what it came to.

    A dry run does the same and takes the documents and parties back before it writes the rows.
    """
    earlier = (
        records_take_back(batch_id=batch.id, file_ids=file_ids, rows=chunk.rows)
        if batch.run_no
        else {}
    )
    fresh = ids_reserve(
        table="imports_rawrecord", count=sum(1 for row in chunk.rows if id(row) not in earlier)
    )
    record_ids = {
        id(row): earlier[id(row)].record_id if id(row) in earlier else fresh.pop()
        for row in chunk.rows
    }
    documents = _not_yet_stored(batch, chunk, earlier)
    before = transaction.savepoint()
    stored = _store(batch, chunk, documents, record_ids, at)
    if batch.is_dry_run:
        transaction.savepoint_rollback(before)
    else:
        transaction.savepoint_commit(before)
    document_ids = {id(row): old.document_id for row in chunk.rows
                    if (old := earlier.get(id(row))) and old.document_id}  # fmt: skip
    if not batch.is_dry_run:
        for document, result in stored:
            document_ids.update((id(row), result.document_id) for row in document.rows)
    for row in chunk.rows:
        if row.is_open:
            row.outcome = Outcome.UNCHANGED
    records_write(
        batch_id=batch.id,
        file_ids=file_ids,
        rows=chunk.rows,
        record_ids=record_ids,
        document_ids=document_ids,
        cursor=chunk.end,
        created=sum(1 for _, result in stored if result.outcome == "created"),
        changed=sum(1 for _, result in stored if result.outcome == "changed"),
    )


def documents_store_within(*, batch: BatchFacts, chunk: Chunk, at: datetime) -> list[int]:
    """A chunk's parties and documents only, for a preview that its caller takes back."""
    stored = _store(batch, chunk, chunk.documents, {}, at)
    return [result.document_id for _, result in stored]


def _not_yet_stored(
    batch: BatchFacts, chunk: Chunk, earlier: Mapping[int, Earlier]
) -> list[ParsedDocument]:
    """Documents to store. What this batch stored before is not stored again: meanwhile a newer
    file may have changed it, and old news must not overwrite that.
    """
    if batch.committed_at is None:
        return chunk.documents
    good = (Outcome.ACCEPTED, Outcome.UNCHANGED)
    found: list[ParsedDocument] = []
    for document in chunk.documents:
        known = [earlier.get(id(row)) for row in document.rows]
        if all(old is not None and old.outcome in good for old in known):
            for row, old in zip(document.rows, known, strict=True):
                if old is not None and row.is_open:
                    row.outcome = Outcome(old.outcome)
        else:
            found.append(document)
    return found


def _store(
    batch: BatchFacts,
    chunk: Chunk,
    documents: Sequence[ParsedDocument],
    record_ids: Mapping[int, int],
    at: datetime,
) -> list[tuple[ParsedDocument, StoredDocument]]:
    finder = PartyFinder(programme_id=batch.programme_id)
    _parties_store(batch, chunk.parties, finder)
    if _parties_create(batch, documents, finder):
        finder = PartyFinder(programme_id=batch.programme_id)
    is_buyer = batch.options.get("role") == Role.ANCHOR
    resolver = Resolver(find=finder, party_id=batch.party_id, is_buyer=is_buyer)
    drafts = drafts_make(documents=documents, resolver=resolver, record_ids=record_ids)
    results = documents_store(
        programme_id=batch.programme_id,
        drafts=[draft for _, draft in drafts],
        batch_id=batch.id,
        at=at,
    )
    stored = [(document, result) for (document, _), result in zip(drafts, results, strict=True)]
    for document, result in stored:
        outcomes_set(document=document, stored=result)
    return stored


def _parties_store(batch: BatchFacts, parties: Sequence[ParsedParty], finder: PartyFinder) -> None:
    """Firms that a file describes; one that is on file under its code is unchanged.

    Who stands behind a firm is filled in where the platform did not know it yet.
    """
    rows: list[PartyInput] = []
    contacts: dict[int, PartyContacts] = {}
    for party in parties:
        if party.row is None:
            continue
        known = finder.knows(party.source_system, party.kind, party.code)
        may = batch.options.get("create_parties") and (
            party.kind != "company" or batch.options.get("create_companies")
        )
        if known or not may:
            party_id = finder(party.source_system, party.kind, party.code) if may else None
            if party_id is not None:
                contacts[party_id] = _contacts(party)
            _settle(party.row, Outcome.UNCHANGED if known else None)
            continue
        rows.append(_party_input(batch, party))
        _settle(party.row, Outcome.ACCEPTED)
    ids = party_upsert_many(programme_id=batch.programme_id, rows=rows)
    for row in rows:
        told = PartyContacts(row.legal_representative, row.phone, row.address)
        contacts.setdefault(ids[row.tax_id], told)
    told_of = {party_id: told for party_id, told in contacts.items() if told.is_told}
    party_contacts_complete(contacts=told_of)


def _party_input(batch: BatchFacts, party: ParsedParty) -> PartyInput:
    kind = _KINDS.get(party.role)
    return PartyInput(
        tax_id=party.tax_id or _synthetic(batch, party.source_system, party.kind, party.code),
        name=party.name,
        city=party.city,
        sector=party.sector,
        legal_representative=party.legal_representative,
        phone=party.phone,
        address=party.address,
        kinds=(kind,) if kind else (),
        codes=party.codes,
    )


def _contacts(party: ParsedParty) -> PartyContacts:
    return PartyContacts(party.legal_representative, party.phone, party.address)


def _settle(row: Row, outcome: Outcome | None) -> None:
    if outcome is None:
        row.ignore("party_not_created")
    elif row.is_open:
        row.outcome = outcome


def _parties_create(
    batch: BatchFacts, documents: Sequence[ParsedDocument], finder: PartyFinder
) -> bool:
    """Firms that documents name and nobody described, where this upload may add them."""
    rows = [
        PartyInput(
            tax_id=_synthetic(batch, system, kind, code),
            name=f"{_LABELS[kind]} {code}",
            kinds=(_KINDS[role],),
            codes=((system, kind, code),),
        )
        for (system, kind, code), role in parties_named(documents).items()
        if finder(system, kind, code) is None
        and batch.options.get("create_companies" if kind == "company" else "create_parties")
    ]
    party_upsert_many(programme_id=batch.programme_id, rows=rows)
    return bool(rows)


def _synthetic(batch: BatchFacts, system: str, kind: str, code: str) -> str:
    """An identity for a firm without a tax number: no other firm can have it by chance."""
    text = f"{batch.programme_id}:{system}:{kind}:{code}"
    if len(text) <= 40:
        return text
    return f"{kind}:{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"
