"""Tables of query results: sort, chips, search, totals, pages, from one declaration.

Rows are plain values (frozen dataclasses or mappings), never models. A table reads its state from
the URL, so that it can be linked, and works without script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, Protocol, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise

from scf.portals.components import Empty

Row = TypeVar("Row")
Text = str | Promise
Kind = Literal["text", "money", "units", "count", "rate", "date", "moment", "status", "html"]
NUMERIC: frozenset[str] = frozenset({"money", "units", "count", "rate"})
PAGE_SIZES = (25, 100)
# The generic values below have no slots: Python 3.11 cannot make Chip[Row](...) of a slotted one.


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. ``value`` is the primitive (fen, ppm, date, state) that sorts and exports.

    ``sub`` is the second line of the cell, ``href`` links it, ``axis`` names the status axis, and
    ``phone`` is the place on a phone's two-line row: 1 name, 2 sum, 3 status, 4 face.
    """

    key: str
    label: Text
    value: Callable[[Row], Any]
    kind: Kind = "text"
    sub: Callable[[Row], Text] | None = None
    href: Callable[[Row], str] | None = None
    note: Callable[[Row], Text] | None = None  # words after a status: 待收货 差 120 件
    axis: str = ""
    strong: bool = False
    total: bool = False
    phone: Literal[0, 1, 2, 3, 4] = 0
    nowrap: bool = True
    sort: Callable[[Row], Any] | None = None
    sortable: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Chip(Generic[Row]):
    """One filter chip; chips of a table exclude one another."""

    key: str
    label: Text
    test: Callable[[Row], bool]


@dataclass(frozen=True)
class Pick(Generic[Row]):
    """A filter by value (obligor, entity, week): offered as a list of the values that occur."""

    key: str
    label: Text
    value: Callable[[Row], str]


@dataclass(frozen=True)
class Select(Generic[Row]):
    """A column of check boxes that belong to the form with id ``form``."""

    name: str
    form: str
    value: Callable[[Row], object]
    label: Callable[[Row], Text]
    enabled: Callable[[Row], bool] = lambda _row: True
    checked: Callable[[Row], bool] = lambda _row: False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the URL asks of a table."""

    sort: str = ""
    descending: bool = False
    chip: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    search: str = ""
    page: int = 1
    size: int = PAGE_SIZES[0]
    everything: bool = False  # an export wants all pages


@dataclass(frozen=True)
class Window(Generic[Row]):
    """What a source answers: the rows of one page and what is known about all that match."""

    rows: Sequence[Row]
    matching: int
    whole: int
    totals: Mapping[str, int] = field(default_factory=dict)
    chip_counts: Mapping[str, int] = field(default_factory=dict)
    pick_values: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A declared table. Give ``rows``, or ``source`` where the database should page."""

    id: str
    columns: Sequence[Column[Row]]
    rows: Sequence[Row] = ()
    source: Callable[[Asked], Window[Row]] | None = None
    chips: Sequence[Chip[Row]] = ()
    picks: Sequence[Pick[Row]] = ()
    search: Callable[[Row], Iterable[str]] | None = None
    search_hint: Text = ""
    order: str = ""  # column key, "-key" for descending; empty keeps the order given
    select: Select[Row] | None = None
    selected: Callable[[Row], bool] | None = None
    dense: bool = False
    export: str = ""  # file name without its ending; empty offers no export
    empty: Empty | None = None
    total_label: Text = ""
    prefix: str = ""  # for a second table on the same page

    def column(self, key: str) -> Column[Row] | None:
        """The sortable column with this key."""
        return next((one for one in self.columns if one.key == key and one.sortable), None)


class Getter(Protocol):
    """The part of a QueryDict that is read."""

    def get(self, key: str, default: str = ..., /) -> str | None: ...


def asked_read(table: Table[Row], params: QueryDict) -> Asked:
    """Read a table's state from the URL; what does not make sense is left out, never an error."""
    name = table.prefix

    def text(key: str) -> str:
        return str(params.get(name + key, "") or "").strip()

    sort = text("sort") or table.order
    key = sort.removeprefix("-")
    chip = text("chip")
    picks = tuple((pick.key, text(pick.key)) for pick in table.picks if text(pick.key))
    size = text("size")
    page = text("page")
    return Asked(
        sort=key if table.column(key) else "",
        descending=sort.startswith("-"),
        chip=chip if chip in {one.key for one in table.chips} else "",
        picks=picks,
        search=text("q")[:80],
        page=max(1, int(page)) if page.isdecimal() and len(page) < 8 else 1,
        size=int(size) if size in {str(one) for one in PAGE_SIZES} else PAGE_SIZES[0],
        everything=bool(text("export")),
    )


def window_read(table: Table[Row], asked: Asked) -> Window[Row]:
    """The page of rows, with counts and totals over all that match."""
    if table.source is not None:
        return table.source(asked)
    searched = [row for row in table.rows if _found(table, row, asked.search)]
    picked = [row for row in searched if _picked(table, row, asked.picks)]
    chip = next((one for one in table.chips if one.key == asked.chip), None)
    matching = [row for row in picked if chip is None or chip.test(row)]
    column = table.column(asked.sort)
    if column is not None:
        matching = _ordered(matching, column, descending=asked.descending)
    start = (asked.page - 1) * asked.size
    shown = matching if asked.everything else matching[start : start + asked.size]
    if not shown and matching:
        shown = matching[: asked.size]
    return Window(
        rows=shown,
        matching=len(matching),
        whole=len(table.rows),
        totals=_totals(table, matching),
        chip_counts={"": len(picked)}
        | {one.key: sum(map(one.test, picked)) for one in table.chips},
        pick_values={pick.key: _occurring(pick, searched) for pick in table.picks},
    )


def fold(text: str) -> str:
    """Text for searching: full-width, case, blanks and hyphens do not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter not in " -\t_")


def _found(table: Table[Row], row: Row, search: str) -> bool:
    if not search or table.search is None:
        return True
    wanted = fold(search)
    return any(wanted in fold(str(text)) for text in table.search(row))


def _picked(table: Table[Row], row: Row, picks: Sequence[tuple[str, str]]) -> bool:
    by_key = {pick.key: pick for pick in table.picks}
    return all(by_key[key].value(row) == wanted for key, wanted in picks)


def _occurring(pick: Pick[Row], rows: Sequence[Row]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[pick.value(row)] = counts.get(pick.value(row), 0) + 1
    return sorted(counts.items())


def _totals(table: Table[Row], rows: Sequence[Row]) -> dict[str, int]:
    return {
        one.key: sum(value for row in rows if isinstance(value := one.value(row), int))
        for one in table.columns
        if one.total
    }


def _ordered(rows: list[Row], column: Column[Row], *, descending: bool) -> list[Row]:
    """Sorted by the column; rows without a value come last either way."""
    key = column.sort or column.value

    def sortable(row: Row) -> Any:
        value = key(row)
        return value if isinstance(value, (int, date, datetime)) else str(value)

    have = [row for row in rows if key(row) is not None]
    lack = [row for row in rows if key(row) is None]
    return sorted(have, key=sortable, reverse=descending) + lack
