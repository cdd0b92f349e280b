"""SAP tables to documents: orders, receipts, invoices, payments, firms. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scf.imports.parsers.sap_accounting import accounting_read
from scf.imports.parsers.sap_history import history_read
from scf.imports.parsers.sap_orders import orders_read
from scf.imports.parsers.sap_receipts import receipts_read
from scf.imports.parsers.sap_set import SapSet, sap_key
from scf.imports.parsers.sap_verification import verification_read
from scf.imports.parsers.view import RowView, Table
from scf.imports.plan import ParsedDocument, ParsedParty, Plan

_MASTERS = {"LFA1": ("LIFNR", "vendor", "supplier"), "KNA1": ("KUNNR", "customer", "distributor")}


def sap_plan(*, plan: Plan, tables: Sequence[Table], source_system: str) -> None:
    """Add what a set of SAP tables says to a plan.

    Invoices come from RBKP/RSEG, else BKPF/BSEG, else (net amounts only) the order history
    EKBE; receipts from MKPF/MSEG, else EKBE.
    """
    if not tables:
        return
    sap = SapSet(tables, source_system)
    plan.parties += _masters(sap)
    orders, vendors = orders_read(sap)
    receipts = receipts_read(sap, vendors)
    invoices = verification_read(sap, vendors)
    accounting = accounting_read(sap, vendors, with_invoices=not invoices)
    history = history_read(sap, vendors, receipts=not receipts, invoices=not sap.has("RSEG"))
    documents = [*orders, *receipts, *invoices, *accounting, *history]
    documents.sort(key=lambda each: _ORDER.index(each.kind))
    plan.documents += documents
    _close(plan, documents, tables)


_ORDER = ("order", "despatch", "receipt", "invoice", "credit_note", "payment")


def _masters(sap: SapSet) -> list[ParsedParty]:
    found: list[ParsedParty] = []
    for table, (column, kind, role) in _MASTERS.items():
        for view in sap.views(table):
            code = sap_key(view, column, required=True)
            name = view.text("NAME1")
            if not name:
                view.report("NAME1", "cell_missing")
            if view.row.is_open:
                found.append(
                    ParsedParty(
                        source_system=sap.system,
                        kind=kind,
                        code=code,
                        name=name,
                        role=role,
                        tax_id=_tax_id(view),
                        city=view.text("ORT01", limit=80),
                        sector=view.text("BRSCH", limit=80),
                        row=view.row,
                    )
                )
    return found


def _tax_id(view: RowView) -> str:
    """The tax number with its country, where it is long enough to be one."""
    number = sap_key(view, "STCD1")
    return f"{view.raw('LAND1')}-{number}"[:40] if len(number) >= 8 else ""


def _close(plan: Plan, documents: Iterable[ParsedDocument], tables: Sequence[Table]) -> None:
    """Rows that became part of nothing are ignored, with the reason."""
    used = {id(row) for each in documents for row in each.rows}
    used |= {id(party.row) for party in plan.parties}
    for table in tables:
        for row in table.file.rows:
            if row.is_open and id(row) not in used:
                row.ignore("lines_missing")
