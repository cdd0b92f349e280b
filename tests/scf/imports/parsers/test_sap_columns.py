"""The SAP tables' field lists hang together."""

from __future__ import annotations

import pytest

from scf.imports.parsers.sap_columns import COLUMNS, DATES, FORBIDDEN, REQUIRED


@pytest.mark.parametrize("table", COLUMNS)
def test_required_and_date_fields_are_read(table: str) -> None:
    assert REQUIRED[table] | set(DATES.get(table, ())) <= set(COLUMNS[table])


def test_a_forbidden_field_is_no_field_of_its_table() -> None:
    for table, names in FORBIDDEN.items():
        assert not names & set(COLUMNS[table])
