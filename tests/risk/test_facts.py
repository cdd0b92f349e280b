from datetime import date
from typing import Any

import pytest

from ledger.errors import DomainError
from risk.facts import MISSING, FlowKind, day_date, day_number, flows_from_columns, flows_from_facts
from tests.risk.facts_made import AS_OF, flow


def test_names_are_written_once_in_order() -> None:
    table = flows_from_facts(
        [
            flow(FlowKind.ORDER, "party:9", "party:1", 5, days_ago=2, document="PO-2"),
            flow(FlowKind.ORDER, "party:2", "party:9", 7, days_ago=1, document="PO-1"),
        ]
    )
    assert table.parties == ("party:1", "party:2", "party:9")
    assert table.supplier.tolist() == [2, 1]
    assert table.buyer.tolist() == [0, 2]
    assert [table.documents[code] for code in table.document] == ["PO-2", "PO-1"]
    assert len(table) == 2


def test_columns_that_are_left_out_are_unknown() -> None:
    table = flows_from_columns(
        {
            "kind": [1],
            "supplier_ref": ["a"],
            "buyer_ref": ["b"],
            "amount_minor": [10],
            "day": [day_number(AS_OF)],
        }
    )
    assert table.due_day.tolist() == table.order_key.tolist() == [MISSING]
    assert table.qty_micro.tolist() == [0]


def test_columns_of_different_length_are_refused() -> None:
    columns: dict[str, list[Any]] = {
        "kind": [1, 1],
        "supplier_ref": ["a"],
        "buyer_ref": ["b", "c"],
        "amount_minor": [1, 2],
        "day": [0, 0],
    }
    with pytest.raises(DomainError) as refused:
        flows_from_columns(columns)
    assert refused.value.code == "risk.facts_uneven"
    assert refused.value.facts == {"columns": "supplier_ref"}


def test_days_are_counted_from_1970() -> None:
    assert day_number(date(1970, 1, 2)) == 1
    assert day_date(day_number(AS_OF)) == AS_OF
    assert day_number(None) == MISSING
    assert day_date(MISSING) is None
