"""A healthy chain of any size, made of columns: suppliers -> anchor entities -> distributors."""

from datetime import timedelta
from typing import Any

import numpy as np

from risk.facts import MISSING, Facts, FlowKind, PartyFact, day_number, flows_from_columns
from tests.risk.facts_made import AS_OF

PIECE = 1_000_000


def chain_facts(
    *, suppliers: int, distributors: int, orders: int, days: int = 520, seed: int = 7
) -> Facts:
    """Every order is despatched, received, invoiced and paid in good time."""
    draw = np.random.default_rng(seed)
    entities = [f"party:{n}" for n in range(1, 4)]
    sellers = [f"party:{100 + n}" for n in range(suppliers)]
    buyers = [f"party:{10_000 + n}" for n in range(distributors)]
    upstream = draw.random(orders) < 0.5
    own = draw.zipf(1.6, orders)
    seller = np.where(
        upstream,
        np.array(sellers, dtype=object)[own % suppliers],
        np.array(entities, dtype=object)[draw.integers(0, 3, orders)],
    )
    buyer = np.where(
        upstream,
        np.array(entities, dtype=object)[draw.integers(0, 3, orders)],
        np.array(buyers, dtype=object)[own % distributors],
    )
    day = day_number(AS_OF - timedelta(days=days)) + np.sort(draw.integers(0, days, orders))
    qty = draw.integers(1, 500, orders)
    amount = qty * draw.integers(500, 90_000, orders)
    key = np.arange(1, orders + 1)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("kind", "supplier_ref", "buyer_ref", "amount_minor", "day")
    }
    columns |= {name: [] for name in ("due_day", "qty_micro", "order_key", "invoice_key", "row_id")}
    columns["document"] = []
    for kind, after, invoice, prefix in (
        (FlowKind.ORDER, 0, False, "PO"),
        (FlowKind.DESPATCH, 12, False, "DN"),
        (FlowKind.RECEIPT, 14, False, "GR"),
        (FlowKind.INVOICE, 16, True, "INV"),
        (FlowKind.PAYMENT, 76, True, "PAY"),
    ):
        columns["kind"] += [int(kind)] * orders
        columns["supplier_ref"] += seller.tolist()
        columns["buyer_ref"] += buyer.tolist()
        columns["amount_minor"] += amount.tolist()
        columns["day"] += (day + after).tolist()
        columns["due_day"] += (day + after + (60 if invoice else 20)).tolist()
        columns["qty_micro"] += (qty * PIECE).tolist()
        columns["order_key"] += [MISSING] * orders if kind == FlowKind.PAYMENT else key.tolist()
        columns["invoice_key"] += key.tolist() if invoice else [MISSING] * orders
        columns["row_id"] += (key * 10 + int(kind)).tolist()
        columns["document"] += [f"{prefix}-{number}" for number in key]
    parties = [
        *(PartyFact(ref, f"沧澜 {ref}", "沧澜", ("anchor",)) for ref in entities),
        *(
            PartyFact(ref, ref, "", ("supplier",), f"sector {n % 4}")
            for n, ref in enumerate(sellers)
        ),
        *(PartyFact(ref, ref, "", ("distributor",)) for ref in buyers),
    ]
    return Facts(parties=tuple(parties), flows=flows_from_columns(columns))
