"""Tables are told apart by their header, in three languages and any order."""

from __future__ import annotations

import pytest

from scf.imports.parsers.canonical_columns import COLUMNS as CANONICAL
from scf.imports.parsers.canonical_columns import REQUIRED as CANONICAL_REQUIRED
from scf.imports.parsers.detect import header_detect, header_nearest, header_normalise
from scf.imports.parsers.sap_columns import COLUMNS as SAP
from scf.imports.parsers.sap_columns import REQUIRED as SAP_REQUIRED


@pytest.mark.parametrize("table", CANONICAL)
def test_a_canonical_table_is_itself_by_its_required_columns(table: str) -> None:
    found = header_detect(sorted(CANONICAL_REQUIRED[table]))
    assert found is not None
    assert (found.family, found.table) == ("canonical", table)


@pytest.mark.parametrize("table", CANONICAL)
def test_and_by_its_chinese_names(table: str) -> None:
    header = [CANONICAL[table][name][0] for name in CANONICAL_REQUIRED[table]]
    found = header_detect(["序号", *header])
    assert found is not None
    assert found.table == table
    assert set(found.columns) >= CANONICAL_REQUIRED[table]


@pytest.mark.parametrize("table", SAP)
def test_a_sap_table_is_itself_with_all_its_fields(table: str) -> None:
    found = header_detect(["", *SAP[table]])
    assert found is not None
    assert (found.family, found.table) == ("sap", table)
    assert found.columns["MANDT"] == 1
    assert set(found.columns) >= SAP_REQUIRED[table]


def test_english_names_that_stand_twice() -> None:
    header = [
        "Purchasing Document", "Item", "Document Item", "Short Text", "Material", "Material",
        "Order Quantity", "Order Unit", "Quantity Conversion", "Quantity Conversion",
        "Net Order Price", "Price unit", "Item",
    ]  # fmt: skip
    found = header_detect(header)
    assert found is not None
    assert found.table == "EKPO"
    assert (found.columns["EBELP"], found.columns["MATNR"]) == (1, 4)
    assert (found.columns["BPUMZ"], found.columns["BPUMN"]) == (8, 9)


def test_case_width_spaces_and_marks_do_not_count() -> None:
    assert header_normalise(" Order_No ● ") == header_normalise("ＯＲＤＥＲ ＮＯ") == "orderno"


def test_what_is_missing_is_named() -> None:
    header = sorted(CANONICAL_REQUIRED["orders"] - {"unit_price"})
    assert header_detect(header) is None
    nearest = header_nearest(header)
    assert nearest is not None
    assert (nearest.table, nearest.missing) == ("orders", ("unit_price",))
    assert header_nearest(["a", "b", "vendor"]) is None
