"""Labelled rows from a file: figures, decimals, dates, words; and what cannot be read."""

from datetime import date

import pytest

from ledger.errors import DomainError
from risk.facts import day_number
from risk.scoring.features import FEATURES
from risk.scoring.reading import Columns, figures_read, rows_read
from risk.scoring.training import leaks_check
from risk.scoring.values import NOTHING

FILE = b"""on,days,share,kind,opened,settled,bad
2026-01-05,3,0.5,a,2025-12-01,2026-02-01,0
1/6/2026,,1.25,b,2026-01-06,2026-01-20,1
2026/1/7,12,,a,,,yes
"""
ASKED = Columns("bad", "on", features=("days", "share", "kind", "opened"))


def test_every_kind_of_column() -> None:
    rows = rows_read(FILE, columns=ASKED)
    units = {spec.code: spec.unit for spec in rows.specs}
    assert units == {"days": "count", "share": "micro", "kind": "label", "opened": "day"}
    assert rows.columns["days"].tolist() == [3, NOTHING, 12]
    assert rows.columns["share"].tolist() == [500_000, 1_250_000, NOTHING]
    assert rows.columns["kind"].tolist() == [0, 1, 0]
    assert rows.columns["opened"].tolist() == [-35, 0, NOTHING]
    assert rows.bad.tolist() == [0, 1, 1]
    assert rows.day[1] - rows.day[0] == 1
    assert len(rows.data_hash) == 64


def test_a_date_after_the_decision_is_a_leak() -> None:
    leaks_check(rows_read(FILE, columns=ASKED))
    rows = rows_read(FILE, columns=Columns("bad", "on", features=("settled",)))
    with pytest.raises(DomainError) as refused:
        leaks_check(rows)
    assert refused.value.facts == {"feature": "settled", "rows": 2}


def test_a_figure_is_known_from_the_date_in_its_column() -> None:
    asked = Columns("bad", "on", features=("days",), known={"days": "settled"})
    with pytest.raises(DomainError):
        leaks_check(rows_read(FILE, columns=asked))


def test_all_other_columns_are_features_unless_left_out() -> None:
    asked = Columns("days>5", "on", leave_out=("kind", "bad"), outcome_known="settled")
    data = FILE.replace(b"06,,1", b"06,7,1").replace(b"2026,,1.25", b"2026,7,1.25")
    rows = rows_read(data, columns=asked)
    assert [spec.code for spec in rows.specs] == ["share", "opened"]
    assert rows.bad.tolist() == [0, 1, 1]
    assert rows.known_day is not None
    assert rows.known_day[2] == NOTHING


def test_targets_that_compare() -> None:
    for target, wanted in (("kind=b", [0, 1, 0]), ("share<1", [1, 0])):
        data = FILE if "=" in target else b"\n".join(FILE.splitlines()[:3]) + b"\n"
        rows = rows_read(data, columns=Columns(target, "on", features=("opened",)))
        assert rows.bad.tolist() == wanted


def test_a_known_column_keeps_its_definition() -> None:
    data = b"as_of,overdue_ppm,bad\n2026-01-01,5,0\n"
    rows = rows_read(data, columns=Columns("bad", "as_of"), catalogue=FEATURES)
    assert (rows.specs[0].unit, rows.specs[0].direction) == ("ppm", 1)
    again = figures_read(data, specs=rows.specs)
    assert again["overdue_ppm"].tolist() == [5]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (Columns("nothing", "on"), "risk.column_missing"),
        (Columns("bad", "never"), "risk.column_missing"),
        (Columns("bad", "on", features=("x",)), "risk.column_missing"),
        (Columns("kind", "on", features=("days",)), "risk.target_unreadable"),
        (Columns("share>1", "on", features=("days",)), "risk.target_unreadable"),
        (Columns("", "on"), "risk.target_unreadable"),
    ],
)
def test_what_cannot_be_read_is_named(columns: Columns, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        rows_read(FILE, columns=columns)
    assert refused.value.code == code


def test_too_many_words_are_no_category_and_an_empty_file_no_rows() -> None:
    lines = "\n".join(f"2026-01-01,w{n},0" for n in range(60))
    with pytest.raises(DomainError) as refused:
        rows_read(f"on,word,bad\n{lines}\n".encode(), columns=Columns("bad", "on"))
    assert refused.value.code == "risk.column_unreadable"
    for read in (
        lambda: rows_read(b"on,bad\n", columns=Columns("bad", "on")),
        lambda: figures_read(b"on,bad\n", specs=()),
    ):
        with pytest.raises(DomainError) as refused:
            read()
        assert refused.value.code == "risk.card_few"


def test_the_day_of_a_decision_in_three_ways() -> None:
    rows = rows_read(FILE, columns=ASKED)
    assert rows.day.tolist() == [day_number(date(2026, 1, n)) for n in (5, 6, 7)]
