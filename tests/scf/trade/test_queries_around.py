"""The documents around one line: found from any of them."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.errors import DomainError
from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.trade.models import DocumentLine
from scf.trade.queries_around import TradeAround, trade_around
from tests.scf.imports.chain import (
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
)


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()


def whole(programme: ProgrammeFacts) -> Scope:
    return Scope(programme.id, Role.RISK, None)


def line(kind: str) -> int:
    return DocumentLine.objects.filter(version__document__kind=kind).order_by("pk")[0].pk


def around(programme: ProgrammeFacts, kind: str) -> TradeAround:
    return trade_around(line_id=line(kind), scope=whole(programme))


def delivered(programme: ProgrammeFacts, **changed: Any) -> None:
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row(**changed)]
    )


@pytest.mark.parametrize("kind", ["order", "receipt", "invoice"])
def test_the_same_trade_from_any_of_its_lines(programme: ProgrammeFacts, kind: str) -> None:
    delivered(programme)
    found = around(programme, kind)
    assert found.asked.kind == kind
    assert [one.number for one in found.orders] == ["4500001201"]
    assert [one.qty_micro for one in found.receipts] == [100_000_000]
    (invoice,) = found.invoices
    assert (invoice.number, invoice.net_minor, invoice.gross_minor) == (
        "INV-001",
        4_155_000,
        4_695_150,
    )
    assert invoice.document_gross_minor == 4_695_150
    assert found.payments == found.despatches == ()
    assert invoice.evidence().raw_record_id == invoice.raw_record_id


def test_an_invoice_without_an_order_stands_alone(programme: ProgrammeFacts) -> None:
    import_tables(programme, invoices=[invoice_row(order_no="", order_line="")])
    found = around(programme, "invoice")
    assert found.orders == found.receipts == ()
    assert [one.number for one in found.invoices] == ["INV-001"]


def test_others_do_not_see_it(programme: ProgrammeFacts) -> None:
    delivered(programme)
    stranger = Scope(programme.id, Role.SUPPLIER, frozenset({999_999}))
    for scope in (stranger, Scope(999_999, Role.RISK, None)):
        with pytest.raises(DomainError, match=r"trade\.line_unknown"):
            trade_around(line_id=line("invoice"), scope=scope)
