"""How often things go otherwise than agreed, for buying and for selling. Data only.

The dirt is honest: late and partial deliveries, orders closed short, invoices before or
beyond the goods, prices a little off, receipts reversed, goods sent back and credited.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares are of order lines unless said otherwise."""

    direction: str
    lines_an_order: int
    lot_sigma: float
    lead_days: tuple[int, int]
    visit_shares: tuple[float, ...]  # of orders delivered in one, two, three visits
    late_share: float  # of visits
    late_days: int
    short_share: float
    split_billing_share: float  # of orders: an invoice per visit
    early_invoice_share: float  # of orders: billed before the goods are received
    over_invoice_share: float
    price_tolerable_share: float  # off by at most 0.3%
    price_wrong_share: float  # off by 1% to 4%
    reversal_share: float
    return_share: float
    unnamed_receipt_share: float  # invoices that do not name the receipt
    late_payment_share: float  # of invoices
    late_payment_days: int


PURCHASE_HABITS = Habits(
    direction="purchase",
    lines_an_order=3,
    lot_sigma=0.6,
    lead_days=(9, 40),
    visit_shares=(0.74, 0.22, 0.04),
    late_share=0.10,
    late_days=14,
    short_share=0.03,
    split_billing_share=0.5,
    early_invoice_share=0.012,
    over_invoice_share=0.006,
    price_tolerable_share=0.025,
    price_wrong_share=0.008,
    reversal_share=0.004,
    return_share=0.012,
    unnamed_receipt_share=0.1,
    late_payment_share=0.03,
    late_payment_days=11,
)

SALES_HABITS = Habits(
    direction="sales",
    lines_an_order=2,
    lot_sigma=0.8,
    lead_days=(3, 25),
    visit_shares=(0.93, 0.07),
    late_share=0.06,
    late_days=9,
    short_share=0.01,
    split_billing_share=1.0,
    early_invoice_share=0.0,
    over_invoice_share=0.0,
    price_tolerable_share=0.0,
    price_wrong_share=0.0,
    reversal_share=0.002,
    return_share=0.008,
    unnamed_receipt_share=0.0,
    late_payment_share=0.22,
    late_payment_days=35,
)
