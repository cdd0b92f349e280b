"""Every current line of a programme's documents, flat: what the chain's flows are made of."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db import connection


class FlowLine(NamedTuple):
    """One line with what its document says. Amounts in minor units, net and tax apart."""

    id: int
    document_id: int
    source_system: str
    company_code: str
    number: str
    reference: str
    number_key: str
    seller_id: int
    buyer_id: int
    document_date: date
    due_date: date | None
    terms_days: int | None
    line_no: str
    item_code: str
    unit: str
    qty_micro: int
    price_micro: int | None
    price_unit: int
    net_minor: int
    tax_minor: int
    line_type: str
    line_state: str
    line_date: date | None
    order_number: str
    order_line_no: str
    ref_number: str
    ref_line_no: str


# The select list and FlowLine are one: a test holds them together.
_LINES = """
SELECT document.kind,
       line.id, document.id, document.source_system, document.company_code, document.number,
       document.reference, document.number_key, document.seller_id, document.buyer_id,
       version.document_date, version.due_date, version.terms_days,
       line.line_no, line.item_code, line.unit, line.qty_micro, line.price_micro,
       line.price_unit, line.net_minor, line.tax_minor, line.line_type, line.line_state,
       line.line_date, line.order_number, line.order_line_no, line.ref_number, line.ref_line_no
FROM trade_document document
JOIN trade_documentversion version ON version.id = document.current_id
JOIN trade_documentline line ON line.version_id = version.id
WHERE document.programme_id = %s AND version.currency = %s AND version.state <> 'reversed'
  AND version.document_date <= %s
ORDER BY version.document_date, line.id
"""


def flow_lines(*, programme_id: int, currency: str, until: date) -> dict[str, list[FlowLine]]:
    """Lines by kind of document, oldest first; nothing dated after `until`, nothing reversed."""
    found: dict[str, list[FlowLine]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [programme_id, currency, until])
        for kind, *values in cursor.fetchall():
            found[kind].append(FlowLine._make(values))
    return found
