"""What a set of files says, before anything is stored. Pure and deterministic.

Every row of every file is in the plan exactly once and ends as accepted, unchanged,
quarantined or ignored; the same bytes always give the same plan in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Fact = str | int


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem. ``column`` is the file's own header; ``raw`` what stood in the cell."""

    code: str
    severity: Severity = Severity.ERROR
    column: str = ""
    raw: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


class Row:
    """One row of a file with its place; light, since there may be two million."""

    __slots__ = ("cells", "file_no", "issues", "outcome", "row_no", "sheet")

    def __init__(self, file_no: int, sheet: str, row_no: int, cells: tuple[str, ...]) -> None:
        self.file_no = file_no
        self.sheet = sheet
        self.row_no = row_no
        self.cells = cells
        self.outcome: Outcome | None = None
        self.issues: list[Issue] | None = None

    def report(self, issue: Issue) -> None:
        """Add an issue; an error sends the row to quarantine."""
        if self.issues is None:
            self.issues = []
        if issue not in self.issues:  # a cell may be read more than once
            self.issues.append(issue)
        if issue.severity is Severity.ERROR:
            self.outcome = Outcome.QUARANTINED

    def ignore(self, code: str, **facts: Fact) -> None:
        """Set the row aside with its reason, unless an error already quarantined it."""
        if self.outcome is None:
            self.outcome = Outcome.IGNORED
            self.report(Issue(code, Severity.NOTE, facts=facts))

    @property
    def is_open(self) -> bool:
        """Not yet quarantined or ignored: it may still become part of a document."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """A document line as read; the fields are those of trade.drafts.LineDraft."""

    line_no: str
    row: Row
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


@dataclass(slots=True)
class ParsedDocument:
    """A document as read: codes instead of party ids, and the rows it was read from."""

    kind: str
    direction: str
    source_system: str
    company_code: str
    partner_code: str
    number: str
    document_date: date
    currency: str
    lines: list[ParsedLine]
    rows: list[Row]
    partner_key: str = ""
    fiscal_year: int = 0
    reference: str = ""
    due_date: date | None = None
    terms_days: int | None = None
    state: str = "posted"
    attributes: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedParty:
    """A firm as a file names it. ``kind`` is company, vendor or customer.

    A firm whose own books are in the set (role ``firm``) is known under its code as a company,
    a vendor and a customer, and is no obligor by that.
    """

    source_system: str
    kind: str
    code: str
    name: str
    role: str
    tax_id: str = ""
    city: str = ""
    sector: str = ""
    legal_representative: str = ""
    phone: str = ""
    address: str = ""
    row: Row | None = None

    @property
    def codes(self) -> tuple[tuple[str, str, str], ...]:
        """(system, kind, code) under which documents name it, its own kind first."""
        kinds = ("company", "vendor", "customer") if self.role == "firm" else (self.kind,)
        return tuple((self.source_system, kind, self.code) for kind in kinds)


@dataclass(slots=True)
class PlannedFile:
    """One table: a CSV file or one sheet of a workbook."""

    file_no: int
    name: str
    sheet: str = ""
    table: str = ""
    encoding: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Everything a set of files will do."""

    format: str
    files: list[PlannedFile] = field(default_factory=list)
    parties: list[ParsedParty] = field(default_factory=list)
    documents: list[ParsedDocument] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        return sum(len(each.rows) for each in self.files)
