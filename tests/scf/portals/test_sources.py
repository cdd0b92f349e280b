"""A figure leads back to its file row, and to that row only."""

from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.portals.sources import sources_of
from scf.trade.queries import receivables_list
from scf.trade.queries_evidence import evidence_list
from tests.scf.imports.chain import (
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
)


def test_the_cell_that_says_the_amount_is_marked(db: None) -> None:
    programme: ProgrammeFacts = programme_make()
    import_tables(
        programme, orders=[order_row()], receipts=[receipt_row()], invoices=[invoice_row()]
    )
    receivable = receivables_list(scope=Scope(programme.id, Role.OPERATIONS, None))[0]
    lines = evidence_list(receivable=receivable)
    sources = sources_of(lines)
    invoice = next(line for line in lines if line.kind == "invoice")
    assert invoice.raw_record_id is not None
    found = sources[invoice.raw_record_id]
    assert str(found.source) == "invoices.csv · 第 2 行"
    assert len(found.rows) == 1
    row, column = found.hit
    assert found.heads[column] == "net_amount"
    assert found.rows[row][column + 1] == "41550.00"
    assert "导入命令" in str(found.batch)
