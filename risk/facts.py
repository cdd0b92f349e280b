"""What the business hands over: frozen facts about parties, flows and requests.

A flow is one row of a document: an order line, a receipt line, an invoice line, a
payment. Goods, invoices and cash are all written in the direction of the goods, from
supplier to buyer; so a payment also names the supplier first, although its money runs the
other way. Amounts are integer minor units, quantities integer millionths, dates plain
days. A chain has some hundred thousand rows, so the working form is `FlowTable`: one
array per column, strings replaced by positions in sorted tables of names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ledger.errors import DomainError

MISSING: Final = -1
EPOCH: Final = date(1970, 1, 1)

IntArray = npt.NDArray[np.int64]


class FlowKind(IntEnum):
    """What a flow row is. The numbers are stored in snapshots: never renumber."""

    ORDER = 1
    DESPATCH = 2
    RECEIPT = 3
    RETURN = 4
    INVOICE = 5
    CREDIT_NOTE = 6
    PAYMENT = 7
    PROCEEDS = 8  # financed cash that reached the supplier; the buyer is the financier
    REPAYMENT = 9  # cash the supplier gave back to the financier


@dataclass(frozen=True, slots=True)
class PartyFact:
    """A firm. `group` names firms under one control; `roles` such as "anchor", "supplier".

    `annual_sales_minor` is what the firm itself declares, for the coverage note.
    `owner_key`, `phone_key` and `address_key` are one-way hashes: two firms with the same
    key have the same legal representative, telephone or address; "" is not known.
    """

    ref: str
    name: str
    group: str = ""
    roles: tuple[str, ...] = ()
    sector: str = ""
    annual_sales_minor: int | None = None
    owner_key: str = ""
    phone_key: str = ""
    address_key: str = ""


@dataclass(frozen=True, slots=True)
class FlowFact:
    """One row of one document.

    `order_key` joins an order line with its despatches, receipts and invoice lines;
    `invoice_key` joins the lines of an invoice with its credit notes and payments (for
    proceeds and repayments: the financing they belong to). `row_id` is the business's own
    id of the row, by which evidence leads back to it. For a despatch, `paid_date` is the day
    on which the carrier delivered it. A payment that has neither invoice nor order and names
    "transfer", "loan" or "refund" as its `item` is free cash from the buyer to the supplier.
    """

    kind: FlowKind
    supplier_ref: str
    buyer_ref: str
    amount_minor: int
    on_date: date
    document: str = ""
    due_date: date | None = None
    paid_date: date | None = None
    item: str = ""
    qty_micro: int = 0
    order_key: int = MISSING
    invoice_key: int = MISSING
    row_id: int = MISSING


@dataclass(frozen=True, slots=True)
class RequestFact:
    """Money a party asks for: face or prepayment in minor units, and by which product."""

    party_ref: str
    amount_minor: int
    product: str
    request_ref: str = ""


@dataclass(frozen=True, slots=True)
class DefaultFact:
    """A firm that did not pay: the day on which its payment axis came to default."""

    party_ref: str
    on_date: date


@dataclass(frozen=True, slots=True)
class ProceedsFact:
    """Financed cash that was paid to a party on a day; `ref` names the payout."""

    party_ref: str
    on_date: date
    amount_minor: int
    ref: str = ""

    @property
    def day(self) -> int:
        """Day number of the payment."""
        return day_number(self.on_date)


@dataclass(frozen=True, slots=True, eq=False)
class FlowTable:
    """Flow rows by column. `party`, `items`, `documents` are sorted tables of names."""

    parties: tuple[str, ...]
    items: tuple[str, ...]
    documents: tuple[str, ...]
    kind: IntArray
    supplier: IntArray
    buyer: IntArray
    amount_minor: IntArray
    day: IntArray
    due_day: IntArray
    paid_day: IntArray
    item: IntArray
    qty_micro: IntArray
    order_key: IntArray
    invoice_key: IntArray
    row_id: IntArray
    document: IntArray

    def __len__(self) -> int:
        return len(self.kind)

    def rows(self, keep: npt.NDArray[Any]) -> "FlowTable":
        """The same tables of names with the kept (mask) or listed (positions) rows only."""
        columns = {name: getattr(self, name)[keep] for name in FLOW_COLUMNS}
        return FlowTable(self.parties, self.items, self.documents, **columns)


FLOW_COLUMNS: Final = tuple(
    f.name for f in fields(FlowTable) if f.name not in {"parties", "items", "documents"}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one run may know. `exempt_pairs`: registered buy-back and consignment."""

    parties: tuple[PartyFact, ...]
    flows: FlowTable
    requests: tuple[RequestFact, ...] = ()
    exempt_pairs: tuple[tuple[str, str], ...] = field(default=())
    defaults: tuple[DefaultFact, ...] = ()
    proceeds: tuple[ProceedsFact, ...] = ()


def day_number(value: date | None) -> int:
    """Days since 1970-01-01; `MISSING` for no date."""
    return MISSING if value is None else (value - EPOCH).days


def day_date(day: int) -> date | None:
    """The date of a day number; None for `MISSING`."""
    return None if day == MISSING else EPOCH + timedelta(days=day)


def flows_from_facts(facts: Iterable[FlowFact]) -> FlowTable:
    """A table of single facts, for tests and small sets."""
    rows = list(facts)
    return flows_from_columns(
        {
            "kind": [int(row.kind) for row in rows],
            "supplier_ref": [row.supplier_ref for row in rows],
            "buyer_ref": [row.buyer_ref for row in rows],
            "amount_minor": [row.amount_minor for row in rows],
            "day": [day_number(row.on_date) for row in rows],
            "due_day": [day_number(row.due_date) for row in rows],
            "paid_day": [day_number(row.paid_date) for row in rows],
            "item": [row.item for row in rows],
            "qty_micro": [row.qty_micro for row in rows],
            "order_key": [row.order_key for row in rows],
            "invoice_key": [row.invoice_key for row in rows],
            "row_id": [row.row_id for row in rows],
            "document": [row.document for row in rows],
        }
    )


def flows_from_columns(columns: Mapping[str, Sequence[Any]]) -> FlowTable:
    """A table of equally long columns; days are day numbers (`day_number`).

    Needs kind, supplier_ref, buyer_ref, amount_minor and day; the others may be left out.
    Raises `risk.facts_uneven` when the columns differ in length.
    """
    size = len(columns["kind"])
    uneven = sorted(name for name, values in columns.items() if len(values) != size)
    if uneven:
        raise DomainError("risk.facts_uneven", columns=", ".join(uneven))

    def whole(name: str, default: int) -> IntArray:
        if name not in columns:
            return np.full(size, default, dtype=np.int64)
        return np.asarray(columns[name], dtype=np.int64)

    blank = [""] * size
    suppliers, buyers = columns["supplier_ref"], columns["buyer_ref"]
    parties, party_codes = _coded([*suppliers, *buyers])
    items, item_codes = _coded(columns.get("item", blank))
    documents, document_codes = _coded(columns.get("document", blank))
    return FlowTable(
        parties=parties,
        items=items,
        documents=documents,
        kind=whole("kind", 0),
        supplier=party_codes[:size],
        buyer=party_codes[size:],
        amount_minor=whole("amount_minor", 0),
        day=whole("day", MISSING),
        due_day=whole("due_day", MISSING),
        paid_day=whole("paid_day", MISSING),
        item=item_codes,
        qty_micro=whole("qty_micro", 0),
        order_key=whole("order_key", MISSING),
        invoice_key=whole("invoice_key", MISSING),
        row_id=whole("row_id", MISSING),
        document=document_codes,
    )


def _coded(values: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    names = tuple(sorted(set(values)))
    position = {name: index for index, name in enumerate(names)}
    return names, np.fromiter((position[value] for value in values), np.int64, len(values))
