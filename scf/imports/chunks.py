"""A plan cut into the pieces that are committed one by one, and what each row came to. Pure.

The cut depends on the plan alone, so that a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from scf.imports.plan import Issue, Outcome, ParsedDocument, ParsedLine, ParsedParty, Plan, Row
from scf.trade.drafts import DocumentDraft, LineDraft, StoredDocument
from scf.trade.values import Direction

CHUNK_ROWS = 10_000
_LINE_FIELDS = tuple(each.name for each in fields(ParsedLine) if each.name != "row")
# Documents that a party may hand in about itself; what proves a delivery comes from the buyer.
PARTY_KINDS = frozenset({"invoice", "credit_note", "despatch"})


@dataclass(slots=True)
class Chunk:
    """Parties, documents or leftover rows; ``rows`` are all rows it accounts for.

    ``end`` is the batch's cursor once it is stored.
    """

    parties: list[ParsedParty] = field(default_factory=list)
    documents: list[ParsedDocument] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True, slots=True)
class Resolver:
    """Party ids by (kind, code), and for whom the uploader may speak (None: everybody)."""

    find: Callable[[str, str, str], int | None]
    party_id: int | None = None
    is_buyer: bool = False

    def parties_of(self, document: ParsedDocument) -> tuple[int, int] | str:
        """(seller, buyer), or the code of the issue that keeps the document out."""
        partner_kind = "vendor" if document.direction == Direction.PURCHASE else "customer"
        company = self.find(document.source_system, "company", document.company_code)
        partner = self.find(document.source_system, partner_kind, document.partner_code)
        if company is None or partner is None:
            return "party_unknown"
        is_purchase = document.direction == Direction.PURCHASE
        seller, buyer = (partner, company) if is_purchase else (company, partner)
        if self.party_id is not None:
            if self.party_id != (company if self.is_buyer else partner):
                return "not_your_document"
            if not self.is_buyer and document.kind not in PARTY_KINDS:
                return "not_your_document"
        return seller, buyer


def plan_chunks(plan: Plan, *, done: int = 0) -> list[Chunk]:
    """Parties first, then documents in order, then the rows that belong to neither.

    ``done`` units were stored before: the parties are the first unit, then each document and
    each left-over row is one. How large the chunks were then does not matter.
    """
    owned: set[int] = set()
    first = Chunk(parties=plan.parties, end=1)
    for party in plan.parties:
        if party.row is not None:
            _own(first, party.row, owned)
    chunks = [] if done else [first]
    current = Chunk()
    for end, document in enumerate(plan.documents, start=2):
        before = len(current.rows)
        for row in document.rows:
            _own(current, row, owned)
        if end <= done:
            del current.rows[before:]
            continue
        current.documents.append(document)
        current.end = end
        if len(current.rows) >= CHUNK_ROWS:
            chunks.append(current)
            current = Chunk()
    chunks += [current] if current.documents else []
    base = 1 + len(plan.documents)
    left = [row for file in plan.files for row in file.rows if id(row) not in owned]
    chunks += [
        Chunk(rows=left[start : start + CHUNK_ROWS], end=base + min(start + CHUNK_ROWS, len(left)))
        for start in range(max(done - base, 0), len(left), CHUNK_ROWS)
    ]
    return chunks


def _own(chunk: Chunk, row: Row, owned: set[int]) -> None:
    if id(row) not in owned:
        owned.add(id(row))
        chunk.rows.append(row)


def parties_named(documents: Iterable[ParsedDocument]) -> dict[tuple[str, str, str], str]:
    """(system, kind, code) of every firm that documents name -> the role it has in them."""
    found: dict[tuple[str, str, str], str] = {}
    for each in documents:
        is_purchase = each.direction == Direction.PURCHASE
        kind, role = ("vendor", "supplier") if is_purchase else ("customer", "distributor")
        found.setdefault((each.source_system, "company", each.company_code), "obligor")
        found.setdefault((each.source_system, kind, each.partner_code), role)
    return found


def drafts_make(
    *, documents: Sequence[ParsedDocument], resolver: Resolver, record_ids: Mapping[int, int]
) -> list[tuple[ParsedDocument, DocumentDraft]]:
    """Documents whose parties are known, as drafts; the rows of the others go to quarantine.

    ``record_ids`` maps ``id(row)`` to its raw record.
    """
    found: list[tuple[ParsedDocument, DocumentDraft]] = []
    for document in documents:
        parties = resolver.parties_of(document)
        if isinstance(parties, str):
            facts = {"partner": document.partner_code, "company": document.company_code}
            for row in document.rows:
                if row.is_open:
                    row.report(Issue(parties, facts=facts))
            continue
        found.append((document, _draft(document, parties, record_ids)))
    return found


def _draft(
    document: ParsedDocument, parties: tuple[int, int], record_ids: Mapping[int, int]
) -> DocumentDraft:
    lines = tuple(
        LineDraft(
            raw_record_id=record_ids.get(id(line.row)),
            **{name: getattr(line, name) for name in _LINE_FIELDS},
        )
        for line in document.lines
    )
    return DocumentDraft(
        kind=document.kind,
        direction=document.direction,
        source_system=document.source_system,
        company_code=document.company_code,
        number=document.number,
        seller_id=parties[0],
        buyer_id=parties[1],
        document_date=document.document_date,
        currency=document.currency,
        lines=lines,
        partner_key=document.partner_key,
        fiscal_year=document.fiscal_year,
        reference=document.reference,
        due_date=document.due_date,
        terms_days=document.terms_days,
        state=document.state,
        attributes=document.attributes,
        raw_record_id=record_ids.get(id(document.rows[0])),
    )


def outcomes_set(*, document: ParsedDocument, stored: StoredDocument) -> None:
    """What each row of a stored document came to."""
    changed = {id(line.row) for line in document.lines if line.line_no in stored.changed_lines}
    lines = {id(line.row) for line in document.lines}
    for row in document.rows:
        if not row.is_open:
            continue
        is_new = stored.outcome != "unchanged" and (id(row) in changed or id(row) not in lines)
        row.outcome = Outcome.ACCEPTED if is_new else Outcome.UNCHANGED


def row_hash(row: Row) -> str:
    """32 hex digits over the row's cells."""
    return hashlib.blake2b("\x1f".join(row.cells).encode(), digest_size=16).hexdigest()
