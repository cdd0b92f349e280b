"""Which orders and invoices a batch of documents touches, by id ranges for chunked work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from scf.trade.bulk import AnyOf
from scf.trade.match_values import InvoiceLine, OrderLine
from scf.trade.models import DocumentLine
from scf.trade.values import DocumentKind, LineType

# Documents with any version of the batch: also those that an undone batch had brought.
_TOUCHED = """
WITH touched AS (
    SELECT document.id, document.kind, document.seller_id, document.number_key
    FROM trade_document AS document
    WHERE document.programme_id = %(programme)s AND document.id IN (
        SELECT document_id FROM trade_documentversion WHERE batch_id = %(batch)s
        UNION ALL
        SELECT id FROM trade_document
        WHERE programme_id = %(programme)s AND disappeared_at = %(gone_at)s)
), named AS (
    SELECT DISTINCT touched.seller_id, line.ref_number AS number
    FROM touched
    JOIN trade_documentversion AS version ON version.document_id = touched.id
    JOIN trade_documentline AS line ON line.version_id = version.id
    WHERE touched.kind IN ('credit_note', 'payment') AND line.ref_number <> ''
), invoices AS (
    SELECT id FROM touched WHERE kind = 'invoice'
    UNION
    SELECT twin.id FROM touched
    JOIN trade_document AS twin ON twin.programme_id = %(programme)s AND twin.kind = 'invoice'
        AND twin.seller_id = touched.seller_id AND twin.number_key = touched.number_key
    WHERE touched.kind = 'invoice'
    UNION
    SELECT original.id FROM named
    JOIN trade_document AS original ON original.programme_id = %(programme)s
        AND original.kind = 'invoice' AND original.seller_id = named.seller_id
        AND original.number_key = named.number
    UNION
    SELECT original.id FROM named
    JOIN trade_document AS original ON original.programme_id = %(programme)s
        AND original.kind = 'invoice' AND original.seller_id = named.seller_id
        AND original.number = named.number
), lines AS (
    SELECT DISTINCT line.order_number, line.delivery_note
    FROM trade_documentversion AS version
    JOIN trade_documentline AS line ON line.version_id = version.id
    WHERE version.document_id IN (
        SELECT id FROM touched WHERE kind IN ('receipt', 'invoice', 'credit_note')
        UNION ALL SELECT id FROM invoices)
), numbers AS (
    SELECT order_number AS number FROM lines WHERE order_number <> ''
    UNION
    SELECT line.order_number FROM lines
    JOIN trade_documentline AS line ON line.delivery_note = lines.delivery_note
    WHERE lines.delivery_note <> '' AND line.delivery_note <> '' AND line.order_number <> ''
), orders AS (
    SELECT id FROM touched WHERE kind = 'order'
    UNION
    SELECT document.id FROM numbers
    JOIN trade_document AS document ON document.programme_id = %(programme)s
        AND document.kind = 'order' AND document.number = numbers.number
)
"""
_ORDERS = _TOUCHED + "SELECT id FROM orders ORDER BY id"
_INVOICES = (
    _TOUCHED
    + """
SELECT id FROM invoices
UNION
SELECT document.id FROM orders
JOIN trade_document AS placed ON placed.id = orders.id
JOIN trade_documentline AS line ON line.order_number = placed.number AND line.order_number <> ''
JOIN trade_documentversion AS version ON version.id = line.version_id
JOIN trade_document AS document ON document.id = version.document_id
    AND document.kind = 'invoice' AND document.programme_id = %(programme)s
UNION
SELECT verdict.invoice_id FROM orders JOIN trade_matchline AS verdict ON verdict.order_id = orders.id
ORDER BY 1
"""
)


def orders_touched(
    *, programme_id: int, batch_id: int, gone_at: datetime | None = None
) -> list[int]:
    """Orders whose match may change through a batch, ascending ids.

    ``gone_at`` is when the batch, a full snapshot, made documents disappear.
    """
    return _ids(_ORDERS, programme_id, batch_id, gone_at)


def invoices_touched(
    *, programme_id: int, batch_id: int, gone_at: datetime | None = None
) -> list[int]:
    """Invoices whose verdict or value may change through a batch, ascending ids."""
    return _ids(_INVOICES, programme_id, batch_id, gone_at)


def suggestion_candidates(
    *, programme_id: int, lines: Sequence[InvoiceLine]
) -> dict[tuple[int, str], list[OrderLine]]:
    """(supplier, part) -> order lines that an invoice line without an order might mean."""
    wanted = {(line.seller_id, line.item_code) for line in lines if line.item_code}
    if not wanted:
        return {}
    rows = DocumentLine.objects.filter(
        AnyOf(F("item_code"), {item for _, item in wanted}),
        version__document__programme_id=programme_id,
        version__document__kind=DocumentKind.ORDER,
        version__document__current_id=F("version_id"),
        version__document__seller_id__in={seller for seller, _ in wanted},
    ).values_list(
        "version__document_id",
        "line_no",
        "version_id",
        "version__document__seller_id",
        "version__currency",
        "unit",
        "qty_micro",
        "price_micro",
        "price_unit",
        "line_type",
        "item_code",
    )
    found: dict[tuple[int, str], list[OrderLine]] = defaultdict(list)
    for order, no, version, seller, currency, unit, qty, price, per, kind, item in rows:
        found[(seller, item)].append(
            OrderLine(
                order_id=order,
                line_no=no,
                version_id=version,
                seller_id=seller,
                currency=currency,
                unit=unit,
                qty_micro=qty,
                price_micro=price or 0,
                price_unit=per,
                line_type=LineType(kind),
                item_code=item,
            )
        )
    return found


def _ids(sql: str, programme_id: int, batch_id: int, gone_at: datetime | None) -> list[int]:
    """Without nested loops: right after a first import the planner has no statistics and would
    join a hundred thousand rows one by one (minutes instead of two seconds)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(sql, {"programme": programme_id, "batch": batch_id, "gone_at": gone_at})
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
    return found
