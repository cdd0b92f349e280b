"""A table laid out: links that keep the rest of the URL, cells with a place on a phone."""

from django.http import QueryDict

from scf.portals.table_view import TableView, table_view
from scf.portals.tables import Chip, Column, Pick, Select, Table

Row = tuple[str, int | None, str]
ROWS: list[Row] = [(f"INV-{index:03d}", index * 100, "ready") for index in range(1, 31)]


def drawn(query: str = "", rows: list[Row] = ROWS) -> TableView:
    table: Table[Row] = Table(
        id="invoices",
        rows=rows,
        order="number",
        export="invoices",
        total_label="合计",
        columns=[
            Column("number", "发票", lambda r: r[0], href=lambda r: f"/{r[0]}/", phone=1),
            Column("face", "面额", lambda r: r[1], kind="money", total=True, phone=2),
            Column("state", "状态", lambda r: r[2], kind="status", axis="match", note=lambda r: "今天"),
        ],
        chips=[Chip("", "全部", lambda r: True), Chip("big", "大额", lambda r: (r[1] or 0) > 2_000)],
        picks=[Pick("face", "面额", lambda r: str(r[1]))],
        search=lambda r: (r[0],),
        select=Select("pick", "basket", lambda r: r[0], label=lambda r: r[0], enabled=lambda r: r[1] == 100, checked=lambda r: True),
    )  # fmt: skip
    return table_view(table, QueryDict(query), path="/x/")


def test_heads_turn_the_order_around_and_go_back_to_the_first_page() -> None:
    head = drawn("sort=number&page=2&q=INV").heads[0]
    assert head.aria_sort == "ascending"
    assert head.href == "/x/?sort=-number&q=INV"
    assert drawn("sort=-number").heads[0].aria_sort == "descending"


def test_pages_and_sizes_are_links() -> None:
    view = drawn("q=INV")
    assert (view.first, view.last, view.matching) == (1, 25, 30)
    assert view.previous == ""
    assert view.following == "/x/?q=INV&page=2"
    assert [(size.label, size.on) for size in view.sizes] == [("25", True), ("100", False)]
    assert drawn("page=2").previous == "/x/?page=1"


def test_chips_and_picks_show_what_is_chosen() -> None:
    view = drawn("chip=big&face=2100")
    assert [(chip.label, chip.count, chip.on) for chip in view.chips] == [
        ("全部", 1, False),
        ("大额", 1, True),
    ]
    assert ("2100", 1, True) in view.picks[0].options
    assert view.clear == "/x/"
    assert view.kept == [("chip", "big")]


def test_cells_are_words_and_figures() -> None:
    first = drawn().lines[0]
    assert [str(cell.text) for cell in first.cells] == ["INV-001", "1.00", "可出让 今天"]
    assert first.cells[0].href == "/INV-001/"
    assert first.cells[1].classes == "k-money num p2"
    assert first.cells[2].tone == "w"


def test_boxes_are_never_ticked_where_they_are_shut() -> None:
    open_box, shut_box = (line.box for line in drawn().lines[:2])
    assert open_box is not None
    assert shut_box is not None
    assert (open_box.enabled, open_box.checked) == (True, True)
    assert (shut_box.enabled, shut_box.checked) == (False, False)


def test_the_foot_sums_all_pages() -> None:
    assert [str(cell.text) for cell in drawn().foot] == ["合计", "465.00", ""]
    assert drawn(rows=[]).foot == []


def test_what_is_not_there_is_a_dash() -> None:
    cell = drawn(rows=[("INV-009", None, "ready")]).lines[0].cells[1]
    assert cell.text == "—"
    assert "faint" in cell.classes


def test_exports_keep_the_filters_but_not_the_page() -> None:
    assert [one.href for one in drawn("q=INV&page=2").exports] == [
        "/x/?q=INV&export=csv",
        "/x/?q=INV&export=xlsx",
    ]
