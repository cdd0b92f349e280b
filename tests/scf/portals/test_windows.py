"""Tables that the database sorts, filters, counts and pages."""

from django.db.models import Q

from scf.network.queries import ProgrammeFacts
from scf.network.values import Role, Scope
from scf.portals.tables import Asked
from scf.portals.windows import queryset_source
from scf.trade.queries_evidence import receivables_unpaid
from tests.scf.imports.chain import (
    import_tables,
    invoice_row,
    order_row,
    programme_make,
    receipt_row,
)


def test_a_page_of_many_with_counts_and_totals(db: None) -> None:
    programme: ProgrammeFacts = programme_make()
    import_tables(
        programme,
        orders=[order_row(quantity="300")],
        receipts=[receipt_row(quantity="300")],
        invoices=[
            invoice_row(invoice_no=f"INV-{number:03d}", quantity="10", net_amount="4155.00",
                        tax_amount="540.15")
            for number in range(30)
        ],
    )  # fmt: skip
    window = queryset_source(
        receivables_unpaid(scope=Scope(programme.id, Role.OPERATIONS, None)),
        order={"invoice": "invoice_number"},
        search=("invoice_number",),
        chips={"none": Q(open_minor__lt=0)},
        picks={"entity": ("obligor_name", ["x"])},
        totals={"amount": "open_minor"},
    )
    first = window(Asked(sort="invoice", descending=True))
    assert [row["invoice_number"] for row in first.rows][:2] == ["INV-029", "INV-028"]
    assert (len(first.rows), first.matching) == (25, 30)
    assert first.totals == {"amount": 30 * 469_515}
    assert first.chip_counts == {"": 30, "none": 0}
    assert len(window(Asked(sort="invoice", page=2)).rows) == 5
    assert len(window(Asked(everything=True)).rows) == 30
    assert window(Asked(search="029")).matching == 1
    assert window(Asked(picks=(("entity", "x"),))).matching == 0
    beyond = window(Asked(page=99))
    assert len(beyond.rows) == 25
