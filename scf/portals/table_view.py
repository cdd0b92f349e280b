"""A table made ready for its template: heads with links, cells with classes, pages, exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from scf.portals.components import Empty
from scf.portals.dates import day, moment
from scf.portals.figures import count, money, rate
from scf.portals.tables import PAGE_SIZES, Asked, Column, Table, Window, asked_read, window_read
from scf.portals.words import status_get

Row = TypeVar("Row")
Text = str | Promise
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: ``aria_sort`` is ascending, descending or empty."""

    label: Text
    href: str
    aria_sort: str
    classes: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell."""

    text: Text
    classes: str
    label: Text = ""
    sub: Text = ""
    href: str = ""
    tone: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """The check box of a row."""

    name: str
    form: str
    value: str
    label: Text
    enabled: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn row."""

    cells: Sequence[Cell]
    box: Box | None
    selected: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A chip, page or size: words, address, whether it is the one shown, and a count."""

    label: Text
    href: str
    on: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PickView:
    """A filter by value: its name, words, and (value, count, chosen)."""

    name: str
    label: Text
    options: Sequence[tuple[str, int, bool]]


@dataclass(frozen=True, slots=True)
class TableView:
    """All that components/table.html needs; primitives only."""

    dom_id: str
    path: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    foot: Sequence[Cell]
    chips: Sequence[Link]
    picks: Sequence[PickView]
    search_name: str
    search_value: str
    search_hint: Text
    kept: Sequence[tuple[str, str]]
    clear: str
    matching: int
    whole: int
    first: int
    last: int
    previous: str
    following: str
    sizes: Sequence[Link]
    exports: Sequence[Link]
    empty: Empty | None
    dense: bool
    has_boxes: bool


def table_view(table: Table[Row], params: QueryDict, *, path: str) -> TableView:
    """Read the state from the URL, the rows from the source, and lay them out."""
    asked = asked_read(table, params)
    window = window_read(table, asked)
    url = _Address(params, path, table.prefix)
    pages = max(1, -(-window.matching // asked.size))
    at = min(asked.page, pages)
    first = (at - 1) * asked.size
    return TableView(
        dom_id=f"t-{table.id}",
        path=path,
        heads=[_head(column, asked, url) for column in table.columns],
        lines=[_line(table, row) for row in window.rows],
        foot=_foot(table, window),
        chips=_chips(table, asked, window, url),
        picks=_picks(table, asked, window),
        search_name=f"{table.prefix}q" if table.search is not None else "",
        search_value=asked.search,
        search_hint=table.search_hint,
        kept=url.kept_in_search({pick.key for pick in table.picks}),
        clear=url.to(chip=None, q=None, page=None, **{pick.key: None for pick in table.picks}),
        matching=window.matching,
        whole=window.whole,
        first=first + 1 if window.rows else 0,
        last=first + len(window.rows),
        previous=url.to(page=str(at - 1)) if at > 1 else "",
        following=url.to(page=str(at + 1)) if at < pages else "",
        sizes=[
            Link(str(size), url.to(size=str(size), page=None), on=size == asked.size)
            for size in PAGE_SIZES
            if window.matching > PAGE_SIZES[0]
        ],
        exports=[
            Link(kind.upper(), url.to(export=kind, page=None))
            for kind in ("csv", "xlsx")
            if table.export
        ],
        empty=table.empty,
        dense=table.dense,
        has_boxes=table.select is not None,
    )


class _Address:
    """The page's address with some parameters changed; the rest is kept."""

    def __init__(self, params: QueryDict, path: str, prefix: str) -> None:
        self.params = params.copy()
        self.path = path
        self.prefix = prefix
        self.params.pop(f"{prefix}export", None)

    def to(self, **changes: str | None) -> str:
        query = self.params.copy()
        for key, value in changes.items():
            name = self.prefix + key
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def kept_in_search(self, pick_keys: set[str]) -> list[tuple[str, str]]:
        """What the search form must carry along; what it sets itself is left out."""
        own = {self.prefix + key for key in {"q", "page", *pick_keys}}
        return [(key, str(value)) for key, value in self.params.items() if key not in own]


def _head(column: Column[Row], asked: Asked, url: _Address) -> Head:
    on = asked.sort == column.key
    # A second click turns the order around.
    wanted = f"-{column.key}" if on and not asked.descending else column.key
    order = ("descending" if asked.descending else "ascending") if on else ""
    href = url.to(sort=wanted, page=None) if column.sortable else ""
    return Head(column.label, href, order, "num" if column.numeric else "")


def _line(table: Table[Row], row: Row) -> Line:
    select = table.select
    box = None
    if select is not None:
        enabled = select.enabled(row)
        box = Box(
            name=select.name,
            form=select.form,
            value=str(select.value(row)),
            label=select.label(row),
            enabled=enabled,
            checked=enabled and select.checked(row),
        )
    selected = table.selected is not None and table.selected(row)
    return Line([_cell(column, row) for column in table.columns], box, selected)


def _cell(column: Column[Row], row: Row) -> Cell:
    value = column.value(row)
    classes: list[str] = [f"k-{column.kind}"]
    if column.numeric:
        classes.append("num")
    if column.nowrap and not column.numeric:
        classes.append("nw")
    if column.phone:
        classes.append(f"p{column.phone}")
    tone = ""
    if value is None or value == "":
        classes.append("faint")
        text: Text = NOTHING
    elif column.kind == "status":
        word = status_get(column.axis, str(value))
        tone = word.tone
        note = column.note(row) if column.note is not None else ""
        text = f"{word.text} {note}".strip()
    else:
        text = figure_text(column.kind, value)
    return Cell(
        text=text,
        classes=" ".join(classes),
        label=column.label,
        sub=column.sub(row) if column.sub is not None else "",
        href=column.href(row) if column.href is not None and value not in (None, "") else "",
        tone=tone,
        strong=column.strong,
    )


def figure_text(kind: str, value: Any) -> Text:
    """A primitive as a cell shows it."""
    if kind == "money":
        return money(value)
    if kind in ("units", "count"):
        return count(value)
    if kind == "rate":
        return rate(value)
    if kind == "date":
        return day(value)
    if kind == "moment":
        return moment(value)
    return value if isinstance(value, (SafeString, Promise)) else str(value)


def _foot(table: Table[Row], window: Window[Row]) -> list[Cell]:
    if not window.totals or not window.rows:
        return []
    cells = []
    for index, column in enumerate(table.columns):
        known = column.total and column.key in window.totals
        text: Text = figure_text(column.kind, window.totals[column.key]) if known else ""
        classes = "num" if column.numeric else ""
        if index == 0 and not known:
            text, classes = table.total_label, "total p1"
        elif known:
            classes = f"{classes} p{column.phone}"
        cells.append(Cell(text=text, classes=classes, label=column.label))
    return cells


def _chips(table: Table[Row], asked: Asked, window: Window[Row], url: _Address) -> list[Link]:
    return [
        Link(
            chip.label,
            url.to(chip=chip.key, page=None),
            on=chip.key == asked.chip,
            count=window.chip_counts.get(chip.key),
        )
        for chip in table.chips
    ]


def _picks(table: Table[Row], asked: Asked, window: Window[Row]) -> list[PickView]:
    chosen = dict(asked.picks)
    return [
        PickView(
            table.prefix + pick.key,
            pick.label,
            [
                (value, number, value == chosen.get(pick.key))
                for value, number in window.pick_values.get(pick.key, ())
            ],
        )
        for pick in table.picks
        if len(window.pick_values.get(pick.key, ())) > 1 or pick.key in chosen
    ]
