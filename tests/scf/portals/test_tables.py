"""A table reads its state from the URL and never fails on what it finds there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from scf.portals.tables import (
    Asked,
    Chip,
    Column,
    Pick,
    Table,
    Window,
    asked_read,
    fold,
    window_read,
)


@dataclass(frozen=True)
class Invoice:
    number: str
    obligor: str
    face_minor: int
    due_date: date | None
    ready: bool


ROWS = [
    Invoice("INV-001", "沧澜制冷", 300, date(2026, 6, 1), True),
    Invoice("ＩＮＶ００２", "沧澜洗涤", 100, None, False),
    Invoice("INV-003", "沧澜制冷", 200, date(2026, 5, 1), True),
]


def invoices(**options: Any) -> Table[Invoice]:
    return Table(
        id="invoices",
        rows=ROWS,
        order="due",
        columns=[
            Column("number", "发票", lambda r: r.number),
            Column("face", "面额", lambda r: r.face_minor, kind="money", total=True),
            Column("due", "到期", lambda r: r.due_date, kind="date"),
            Column("check", "核对", lambda r: r.ready, sortable=False),
        ],
        chips=[Chip("", "全部", lambda r: True), Chip("ready", "可出让", lambda r: r.ready)],
        picks=[Pick("obligor", "付款主体", lambda r: r.obligor)],
        search=lambda r: (r.number, r.obligor),
        **options,
    )


def shown(query: str) -> Window[Invoice]:
    table = invoices()
    return window_read(table, asked_read(table, QueryDict(query)))


def numbers(rows: Sequence[Invoice]) -> list[str]:
    return [row.number[-1] for row in rows]


def test_sorted_as_declared_with_empty_values_last() -> None:
    assert numbers(shown("").rows) == ["3", "1", "２"]
    assert numbers(shown("sort=-due").rows) == ["1", "3", "２"]
    assert numbers(shown("sort=face").rows) == ["２", "3", "1"]


def test_chips_count_what_matches_the_other_filters() -> None:
    window = shown("obligor=沧澜制冷&chip=ready")
    assert numbers(window.rows) == ["3", "1"]
    assert window.chip_counts == {"": 2, "ready": 2}
    assert window.pick_values["obligor"] == [("沧澜制冷", 2), ("沧澜洗涤", 1)]


def test_totals_cover_all_that_match_not_the_page() -> None:
    table = invoices()
    window = window_read(table, Asked(size=1, page=2))
    assert len(window.rows) == 1
    assert window.totals == {"face": 600}


def test_search_ignores_width_case_and_hyphens() -> None:
    assert numbers(shown("q=inv002").rows) == ["２"]
    assert fold("ＩＮＶ－００１ ") == "inv001"


def test_nonsense_in_the_url_is_left_out() -> None:
    table = invoices()
    asked = asked_read(table, QueryDict("sort=secret&chip=none&page=-3&size=5000&q=%00"))
    assert (asked.sort, asked.chip, asked.page, asked.size) == ("", "", 1, 25)
    assert asked_read(table, QueryDict("sort=check")).sort == ""
    assert len(shown("page=99").rows) == 3


def test_a_source_pages_by_itself() -> None:
    seen: list[Asked] = []

    def source(asked: Asked) -> Window[Invoice]:
        seen.append(asked)
        return Window(rows=ROWS[:1], matching=5_000, whole=5_000)

    table = invoices(source=source)
    assert window_read(table, asked_read(table, QueryDict("page=7&size=100"))).matching == 5_000
    assert (seen[0].page, seen[0].size, seen[0].sort) == (7, 100, "due")


def test_a_second_table_keeps_its_own_state() -> None:
    table = invoices(prefix="b.")
    asked = asked_read(table, QueryDict("sort=face&b.sort=-face&b.q=001"))
    assert (asked.sort, asked.descending, asked.search) == ("face", True, "001")
