"""Running the three-way match over stored documents and keeping its results."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import F

from scf.trade.bulk import AnyOf, ids_reserve, rows_copy
from scf.trade.invoice_load import unlinked_load
from scf.trade.linking import order_suggest
from scf.trade.match_load import match_set_load
from scf.trade.match_scope import suggestion_candidates
from scf.trade.match_values import DEFAULT_POLICY, LineVerdict, MatchPolicy, OrderVerdict
from scf.trade.matching import match_order_line, match_unlinked
from scf.trade.models import Document, MatchAllocation, MatchCredit, MatchLine, OrderLineMatch
from scf.trade.operations.documents import programme_writes_lock


def orders_match(
    *,
    programme_id: int,
    order_ids: Collection[int],
    at: datetime,
    policy: MatchPolicy = DEFAULT_POLICY,
) -> int:
    """Judge every line of these orders anew; how many there are. Call inside a transaction.

    The orders are locked first, so that no received quantity is given out twice.
    """
    _lock(programme_id, order_ids)
    found = match_set_load(programme_id=programme_id, order_ids=order_ids)
    orders: list[OrderVerdict] = []
    lines: list[LineVerdict] = []
    for key, order in found.orders.items():
        verdict, judged = match_order_line(
            order=order,
            receipts=found.receipts.get(key, ()),
            invoices=found.invoices.get(key, ()),
            credits=found.credits.get(key, ()),
            policy=policy,
        )
        orders.append(verdict)
        lines += judged
    ids = list(order_ids)
    _verdicts_clear(
        MatchLine.objects.filter(AnyOf(F("order_id"), ids)).values_list("pk", flat=True)
    )
    # A line that moved here from another order, or had none, still has its old verdict.
    stale = MatchLine.objects.filter(AnyOf(F("invoice_id"), {line.invoice_id for line in lines}))
    keys = {(line.invoice_id, line.line_no) for line in lines}
    _verdicts_clear(
        [pk for pk, *key in stale.values_list("pk", "invoice_id", "line_no") if tuple(key) in keys]
    )
    OrderLineMatch.objects.filter(AnyOf(F("order_id"), ids)).delete()
    _orders_write(orders, at)
    _lines_write(lines, at)
    return len(orders)


def unlinked_match(*, programme_id: int, invoice_ids: Collection[int], at: datetime) -> int:
    """Give a verdict to the lines of these invoices that belong to no order on file.

    To run after ``orders_match`` of every order that the invoices name.
    """
    _lock(programme_id, invoice_ids)
    ids = list(invoice_ids)
    gone = MatchLine.objects.filter(AnyOf(F("invoice_id"), ids))
    _verdicts_clear(
        gone.filter(order=None).values_list("pk", flat=True),
        gone.filter(order__current=None).values_list("pk", flat=True),
        gone.filter(invoice__current=None).values_list("pk", flat=True),
    )
    lines = unlinked_load(programme_id=programme_id, invoice_ids=ids)
    candidates = suggestion_candidates(programme_id=programme_id, lines=lines)
    verdicts = [
        match_unlinked(
            line=line,
            suggestion=order_suggest(
                line=line, candidates=candidates.get((line.seller_id, line.item_code), ())
            ),
        )
        for line in lines
    ]
    _lines_write(verdicts, at)
    return len(verdicts)


def _lock(programme_id: int, document_ids: Collection[int]) -> None:
    programme_writes_lock(programme_id=programme_id)
    rows = Document.objects.select_for_update().filter(AnyOf(F("pk"), document_ids))
    list(rows.order_by("pk").values_list("pk", flat=True))


def _verdicts_clear(*groups: Iterable[int]) -> None:
    ids = {pk for group in groups for pk in group}
    if ids:
        MatchAllocation.objects.filter(AnyOf(F("match_line_id"), ids)).delete()
        MatchCredit.objects.filter(AnyOf(F("match_line_id"), ids)).delete()
        # Raw: what hangs on them is gone, there is nothing left to collect row by row.
        lines = MatchLine.objects.filter(AnyOf(F("pk"), ids))
        lines._raw_delete(lines.db)


def _orders_write(verdicts: Sequence[OrderVerdict], at: datetime) -> None:
    rows_copy(
        table="trade_orderlinematch",
        columns=[
            "order_id",
            "line_no",
            "order_version_id",
            "state",
            "reasons",
            "ordered_micro",
            "received_micro",
            "invoiced_micro",
            "matched_at",
        ],
        rows=(
            (
                each.order_id,
                each.line_no,
                each.version_id,
                str(each.state),
                json.dumps(each.reasons),
                each.ordered_micro,
                each.received_micro,
                each.invoiced_micro,
                at,
            )
            for each in verdicts
        ),
    )


def _lines_write(verdicts: Sequence[LineVerdict], at: datetime) -> None:
    ids = ids_reserve(table="trade_matchline", count=len(verdicts))
    rows_copy(
        table="trade_matchline",
        columns=[
            "id",
            "invoice_id",
            "line_no",
            "invoice_version_id",
            "order_id",
            "order_line_no",
            "order_version_id",
            "state",
            "reasons",
            "qty_micro",
            "allocated_micro",
            "supported_net_minor",
            "supported_gross_minor",
            "rounding_minor",
            "matched_at",
        ],
        rows=(
            (
                pk,
                each.invoice_id,
                each.line_no,
                each.version_id,
                each.order[0] if each.order else None,
                each.order[1] if each.order else "",
                each.order_version_id,
                str(each.state),
                json.dumps(each.reasons),
                max(each.qty_micro, 0),
                each.allocated_micro,
                each.supported_net_minor,
                each.supported_gross_minor,
                each.rounding_minor,
                at,
            )
            for pk, each in zip(ids, verdicts, strict=True)
        ),
    )
    rows_copy(
        table="trade_matchallocation",
        columns=[
            "match_line_id",
            "receipt_id",
            "receipt_version_id",
            "receipt_line_no",
            "qty_micro",
        ],
        rows=(
            (pk, part.receipt_id, part.version_id, part.line_no, part.qty_micro)
            for pk, each in zip(ids, verdicts, strict=True)
            for part in each.allocations
        ),
    )
    rows_copy(
        table="trade_matchcredit",
        columns=["match_line_id", "credit_id", "credit_version_id", "gross_minor"],
        rows=(
            (pk, part.credit_id, part.version_id, part.gross_minor)
            for pk, each in zip(ids, verdicts, strict=True)
            for part in each.credits
        ),
    )
