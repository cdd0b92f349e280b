"""Documents as a file gives them, before they have ids. Pure.

The content hash covers what the document says, not where it was read: the same order from
another file is unchanged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

DocumentKey = tuple[str, str, str, str, int, str]


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line; fields as in models.DocumentLine. ``raw_record_id`` is where it was read."""

    line_no: str
    raw_record_id: int | None = None
    item_code: str = ""
    item_name: str = ""
    unit: str = ""
    qty_micro: int = 0
    price_micro: int | None = None
    price_unit: int = 1
    net_minor: int = 0
    tax_minor: int = 0
    sign: int = 1
    line_type: str = "standard"
    line_state: str = ""
    line_date: date | None = None
    over_ppm: int | None = None
    receipt_required: bool = True
    order_number: str = ""
    order_line_no: str = ""
    ref_number: str = ""
    ref_line_no: str = ""
    delivery_note: str = ""

    def values(self) -> tuple[object, ...]:
        """What the line says, in the order of LINE_CONTENT."""
        return tuple(getattr(self, name) for name in LINE_CONTENT)

    def content_hash(self) -> str:
        """32 hex digits over ``values``."""
        return hashlib.blake2b(repr(self.values()).encode(), digest_size=16).hexdigest()


LINE_CONTENT: tuple[str, ...] = tuple(
    name for name in LineDraft.__dataclass_fields__ if name != "raw_record_id"
)


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document with its lines, or some of them: known lines that are absent stay."""

    kind: str
    direction: str
    source_system: str
    company_code: str
    number: str
    seller_id: int
    buyer_id: int
    document_date: date
    currency: str
    lines: tuple[LineDraft, ...]
    partner_key: str = ""
    fiscal_year: int = 0
    reference: str = ""
    due_date: date | None = None
    terms_days: int | None = None
    state: str = "posted"
    attributes: Mapping[str, str | int] = field(default_factory=dict)
    raw_record_id: int | None = None

    @property
    def key(self) -> DocumentKey:
        """What makes it the same document within a programme."""
        return (
            self.kind,
            self.source_system,
            self.company_code,
            self.number,
            self.fiscal_year,
            self.partner_key,
        )

    def content_hash(self, line_hashes: Iterable[tuple[str, str]]) -> str:
        """64 hex digits over the header and the (line no, hash) pairs of all its lines."""
        header = [
            self.reference,
            self.seller_id,
            self.buyer_id,
            self.document_date.isoformat(),
            self.due_date.isoformat() if self.due_date else "",
            self.terms_days,
            self.currency,
            self.state,
            dict(self.attributes),
        ]
        text = json.dumps([header, sorted(line_hashes)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What became of a draft: ``created``, ``changed`` or ``unchanged``."""

    document_id: int
    outcome: str
    changed_lines: frozenset[str]
