"""The teaching sets of the sample data: every row accounted for, exact numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scf.imports.parsers.containers import Blob, Limits
from scf.imports.parsers.read import plan_read
from scf.imports.plan import Plan
from tests.scf.imports.parsers.plans import outcomes, read

SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "sap-tables"


def sample(name: str) -> Plan:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"sample data not there: ../shared/data/sap-tables/{name}")
    blobs = [Blob(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    return plan_read(blobs=blobs, limits=Limits())


def test_global_bike() -> None:
    plan = sample("gbi-2016-17")
    assert plan.row_count == 11_487
    assert Counter(each.kind for each in plan.documents) == {
        "order": 510,
        "receipt": 521,
        "invoice": 372,
        "credit_note": 62,
        "payment": 380,
    }
    assert outcomes(plan) == {"open": 4_641, "quarantined": 59, "ignored": 6_787}
    assert sum(len(each.lines) for each in plan.documents if each.kind == "order") == 520


def test_s4_with_english_headers() -> None:
    plan = sample("s4-1710")
    assert plan.row_count == 3_325
    assert {file.table for file in plan.files} == {"", "EKBE", "EKKO", "EKPO", "LFA1"}
    assert len(plan.parties) == 137
    assert len([each for each in plan.documents if each.kind == "receipt"]) == 75


@pytest.mark.parametrize(("name", "rows"), [("gbi-inventory", 8_821), ("o2c-toy", 187)])
def test_no_row_is_lost(name: str, rows: int) -> None:
    assert sum(outcomes(sample(name)).values()) == rows


def test_masters_name_vendors_and_customers() -> None:
    plan = read(
        LFA1=[{"LIFNR": "0000125000", "NAME1": "Vendor A", "LAND1": "DE", "STCD1": "123456789"}],
        KNA1=[{"KUNNR": "CUST001", "NAME1": "Customer A", "LAND1": "CN", "STCD1": "12"}],
    )
    found = [(each.kind, each.code, each.role, each.tax_id) for each in plan.parties]
    assert found == [
        ("vendor", "125000", "supplier", "DE-123456789"),
        ("customer", "CUST001", "distributor", ""),
    ]
