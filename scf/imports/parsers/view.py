"""One row through its header: typed cells, with an issue for each that cannot be read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scf.imports.parsers import cells
from scf.imports.parsers.cells import CellError, DateOrder
from scf.imports.parsers.currencies import SCALES, currency_normalise
from scf.imports.plan import Fact, Issue, PlannedFile, Row, Severity

_T = TypeVar("_T")
# Codes that name firms and systems are shorter than document numbers.
_KEY_LIMITS = {
    **dict.fromkeys(("partner_code", "party_code", "company_code", "LIFNR", "KUNNR", "BUKRS"), 60),
    **dict.fromkeys(("source_system", "uscc", "STCD1"), 40),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A planned file with its columns found and its way of writing dates known."""

    file: PlannedFile
    columns: Mapping[str, int]
    date_orders: Mapping[str, DateOrder]

    def has(self, name: str) -> bool:
        return name in self.columns


def table_open(
    *,
    file: PlannedFile,
    columns: Mapping[str, int],
    date_columns: Sequence[str],
    date_order: DateOrder = DateOrder.UNKNOWN,
) -> Table:
    """Decide per date column how it writes dates; an undecided one follows the file's others.

    ``date_order`` is what a person answered when the file itself left it open.
    """
    orders: dict[str, DateOrder] = {}
    for name in date_columns:
        place = columns.get(name)
        if place is not None:
            texts = (row.cells[place] for row in file.rows if place < len(row.cells))
            orders[name] = cells.date_order(texts)
    known = {order for order in orders.values() if order is not DateOrder.UNKNOWN}
    fallback = known.pop() if len(known) == 1 else date_order
    return Table(
        file,
        columns,
        {name: fallback if order is DateOrder.UNKNOWN else order for name, order in orders.items()},
    )


class RowView:
    """Reads one row's cells by column name."""

    __slots__ = ("_cells", "_columns", "row", "table")

    def __init__(self, table: Table, row: Row) -> None:
        self.table = table
        self.row = row
        self._cells = row.cells
        self._columns = table.columns

    def raw(self, name: str) -> str:
        """The cell's text without surrounding blanks; "" where there is no such column."""
        place = self._columns.get(name)
        if place is None or place >= len(self._cells):
            return ""
        return self._cells[place].strip()

    def report(
        self, name: str, code: str, severity: Severity = Severity.ERROR, /, **facts: Fact
    ) -> None:
        """An issue on a column, under the header that the file itself uses."""
        place = self._columns.get(name)
        headers = self.table.file.headers
        column = headers[place].strip() if place is not None and place < len(headers) else name
        self.row.report(Issue(code, severity, column, self.raw(name)[:200], facts))

    def key(self, name: str, *, required: bool = False) -> str:
        text = self.raw(name)
        if not text:
            return self._missing(name, "") if required else ""
        try:
            return cells.key_parse(text, _KEY_LIMITS.get(name, cells.KEY_MAX))
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return ""

    def text(self, name: str, *, limit: int = 200) -> str:
        """Free text; one that begins like a formula is kept and flagged."""
        text = self.raw(name)
        if text and text[0] in "=@+-\t\r" and cells.is_formula(text):
            self.report(name, "formula_cell", Severity.WARNING)
        return text[:limit]

    def date(self, name: str, *, required: bool = False) -> date | None:
        text = self.raw(name)
        if not text:
            return self._missing(name, None) if required else None
        try:
            order = self.table.date_orders.get(name, DateOrder.UNKNOWN)
            found = cells.date_parse(text, order)
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None
        return self._missing(name, None) if found is None and required else found

    def amount(self, name: str, currency: str, *, required: bool = False) -> int | None:
        text = self.raw(name)
        if not text:
            return self._missing(name, None) if required else None
        try:
            return cells.amount_parse(text, SCALES.get(currency, 2))
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None

    def price(self, name: str, currency: str, *, required: bool = False) -> int | None:
        text = self.raw(name)
        if not text:
            return self._missing(name, None) if required else None
        try:
            return cells.price_parse(text, SCALES.get(currency, 2))
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None

    def quantity(self, name: str, *, required: bool = False) -> int | None:
        text = self.raw(name)
        if not text:
            return self._missing(name, None) if required else None
        try:
            return cells.quantity_parse(text)
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None

    def integer(self, name: str, *, low: int = 0, high: int = 1_000_000_000) -> int | None:
        text = self.raw(name)
        if not text:
            return None
        try:
            return cells.integer_parse(text, low=low, high=high)
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None

    def ratio(self, name: str) -> int | None:
        text = self.raw(name)
        if not text:
            return None
        try:
            return cells.ratio_parse(text)
        except CellError as error:
            self.report(name, error.code, **error.facts)
            return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        if not self.table.has(name) or (default and not self.raw(name)):
            return default
        try:
            return cells.flag_parse(self.raw(name))
        except CellError as error:
            self.report(name, error.code)
            return default

    def currency(self, name: str, *, default: str = "") -> str:
        text = self.raw(name)
        if not text:
            return default or self._missing(name, "")
        found = currency_normalise(text)
        if not found:
            self.report(name, "currency_unknown")
        return found

    def choice(self, name: str, words: Mapping[str, str], *, default: str = "") -> str:
        """One of the words a column may hold, in any of its spellings."""
        text = self.raw(name)
        if not text:
            return default or self._missing(name, "")
        found = words.get(text.lower(), "")
        if not found:
            self.report(name, "choice_unknown")
        return found

    def _missing(self, name: str, value: _T) -> _T:
        self.report(name, "cell_missing")
        return value
