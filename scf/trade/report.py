"""How a batch's order lines agree with their receipts and invoices, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, Sum

from scf.trade.bulk import AnyOf
from scf.trade.models import OrderLineMatch, Receivable
from scf.trade.values import MatchState

# The first of these that stands among a line's reasons is why it does not agree.
_WHY = (
    "return_line",
    "order_cancelled",
    "unit_differs",
    "currency_differs",
    "partner_differs",
    "over_order",
    "over_receipt",
    "receipt_missing",
    "nothing_payable",
    "price_high",
    "price_low",
    "advance_invoice",
    "consignment",
    "buy_back",
    "no_quantity",
    "not_fully_invoiced",
    "not_invoiced",
    "nothing_received",
)


def match_report(
    *, programme_id: int, document_ids: Collection[int], not_imported: int = 0
) -> dict[str, Any]:
    """Counts over the order lines and invoices among these documents.

    ``agree`` = order, receipt and invoice agree (``exact`` without, ``within_tolerance`` with the
    help of a tolerance); lines for goods that go back agree with their credit note instead.
    ``not_imported`` order lines were in the files and went to quarantine.
    """
    rows = OrderLineMatch.objects.filter(
        AnyOf(F("order_id"), document_ids), order__programme_id=programme_id
    ).values_list(
        "state", "reasons", "ordered_micro", "received_micro", "invoiced_micro",
        "order__number", "line_no",
    )  # fmt: skip
    states: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    agree: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for state, why, ordered, received, invoiced, number, line_no in rows:
        states[state] += 1
        codes = [str(reason["code"]) for reason in why]
        if MatchState(state).passes:
            agree[_agreement(state, codes, ordered, received, invoiced)] += 1
            continue
        code = next((each for each in _WHY[1:] if each in codes), state)
        if "return_line" in codes:
            code = f"return:{code}"
        reasons[code] += 1
        examples.setdefault(code, [])
        if len(examples[code]) < 3:
            examples[code].append(f"{number}/{line_no}")
    if not_imported:
        reasons["not_imported"] = not_imported
    return {
        "order_lines": sum(states.values()) + not_imported,
        "agree": sum(agree.values()),
        "agree_by_kind": dict(sorted(agree.items())),
        "states": dict(sorted(states.items())),
        "disagree_by_reason": dict(reasons.most_common()),
        "examples": examples,
        "receivables": _receivables(programme_id, document_ids),
    }


def _agreement(state: str, codes: list[str], ordered: int, received: int, invoiced: int) -> str:
    if "return_line" in codes:
        return "returned_and_credited"
    if state == MatchState.TOLERANCE:
        return "within_tolerance"
    return "exact" if ordered == invoiced else "partly_delivered"


def _receivables(programme_id: int, document_ids: Collection[int]) -> dict[str, Any]:
    rows = Receivable.objects.filter(
        AnyOf(F("invoice_id"), document_ids), programme_id=programme_id
    )
    states = rows.values_list("match_state").annotate(Count("pk")).order_by("match_state")
    ready = rows.filter(financeable_minor__gt=0)
    sums = ready.values_list("currency").annotate(Sum("financeable_minor")).order_by("currency")
    return {
        "states": dict(states),
        "ready": ready.count(),
        "financeable_minor": dict(sums),
    }
