"""A thousand injected faults: each reported at its row, column and code, and no clean row rejected."""

from __future__ import annotations

import random

from scf.imports.parsers.canonical_columns import REQUIRED
from tests.scf.imports.chain import Rows, invoice_row, order_row, receipt_row
from tests.scf.imports.parsers.plans import errors, outcomes, read

FAULTS = 1_000
CLEAN = 2_000
# (table, column, what is put there, the code that must come)
KINDS = [
    *[(table, column, "", "cell_missing") for table in ("orders", "receipts", "invoices")
      for column in sorted(REQUIRED[table])],
    ("orders", "quantity", "-3", "quantity_negative"),
    ("orders", "quantity", "ten", "quantity_invalid"),
    ("orders", "unit_price", "1.123456789", "price_invalid"),
    ("orders", "unit_price", "-1", "price_negative"),
    ("orders", "currency", "RMX", "currency_unknown"),
    ("orders", "order_date", "2026-02-30", "date_invalid"),
    ("orders", "order_date", "1826-02-03", "date_century"),
    ("orders", "order_date", "03/04/2026", "date_ambiguous"),
    ("orders", "order_no", "4.5E+09", "key_precision_lost"),
    ("orders", "partner_code", "=A1", "formula_cell"),
    ("orders", "line_state", "perhaps", "choice_unknown"),
    ("orders", "receipt_required", "perhaps", "flag_invalid"),
    ("orders", "item_code", "M" * 65, "key_too_long"),
    ("receipts", "receipt_date", "31.31.2026", "date_invalid"),
    ("receipts", "movement", "vanished", "choice_unknown"),
    ("receipts", "quantity", "99999999999999", "quantity_absurd"),
    ("invoices", "net_amount", "41550.005", "amount_precision"),
    ("invoices", "net_amount", "1.5E+12", "number_precision_lost"),
    ("invoices", "net_amount", "-5", "amount_negative"),
    ("invoices", "gross_amount", "1.00", "gross_differs"),
    ("invoices", "due_date", "2199-01-01", "date_century"),
]  # fmt: skip


def tables() -> dict[str, Rows]:
    """CLEAN rows and room for FAULTS, each row a document of its own."""
    found: dict[str, Rows] = {"orders": [], "receipts": [], "invoices": []}
    for number in range((CLEAN + FAULTS) // 3 + 1):
        found["orders"].append(
            order_row(order_no=f"A{number}", currency="CNY", line_state="", receipt_required="")
        )
        found["receipts"].append(receipt_row(receipt_no=f"B{number}", movement=""))
        found["invoices"].append(
            invoice_row(invoice_no=f"C{number}", gross_amount="46951.50", due_date="", tax_rate="")
        )
    return found


def test_every_fault_is_found_where_it_is_and_nothing_else() -> None:
    rng = random.Random(20260318)
    given = tables()
    places = [(name, index) for name, rows in given.items() for index in range(len(rows))]
    planted: set[tuple[str, int, str, str]] = set()
    for number, (name, index) in enumerate(rng.sample(places, len(places))):
        kinds = [kind for kind in KINDS if kind[0] == name]
        if number >= FAULTS:
            break
        _, column, value, code = rng.choice(kinds)
        given[name][index][column] = value
        planted.add((f"{name}.csv", index + 2, column, code))
    plan = read(**given)
    assert set(errors(plan)) == planted
    assert outcomes(plan) == {"quarantined": FAULTS, "open": len(places) - FAULTS}
