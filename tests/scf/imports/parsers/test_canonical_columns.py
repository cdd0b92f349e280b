"""The documented format is the format that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scf.imports.parsers.canonical_columns import COLUMNS, DATES, REQUIRED

DOC = (Path(__file__).parents[4] / "docs" / "import-format.md").read_text(encoding="utf-8")


def documented(table: str) -> str:
    section = re.search(rf"\n## {table} .*?(?=\n## |\Z)", DOC, re.DOTALL)
    assert section is not None, f"docs/import-format.md has no section {table}"
    return section.group()


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_documented(table: str) -> None:
    named = set(re.findall(r"`([a-z_]+)`", documented(table)))
    assert set(COLUMNS[table]) <= named, set(COLUMNS[table]) - named


@pytest.mark.parametrize("table", COLUMNS)
def test_what_the_document_requires_is_required(table: str) -> None:
    rows = [line for line in documented(table).splitlines() if "●" in line]
    named = {name for line in rows for name in re.findall(r"`([a-z_]+)`", line.split("|")[1])}
    assert named == REQUIRED[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_dates_and_required_columns_exist(table: str) -> None:
    assert REQUIRED[table] | set(DATES[table]) <= set(COLUMNS[table])
