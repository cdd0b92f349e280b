import pytest

from risk.facts import FlowFact, FlowKind
from risk.policy import ReconcilePolicy
from risk.reconciling import REASONS, Reconciliation, reconcile
from tests.risk.facts_made import flow, snapshot_of

POLICY = ReconcilePolicy()


def order(qty: int = 100, amount: int = 10_000, **other: object) -> FlowFact:
    named = {"item": "wire", "order": 1, "days_ago": 60, **other}
    return flow(FlowKind.ORDER, "s", "b", amount, qty=qty, **named)  # type: ignore[arg-type]


def receipt(qty: int = 100, days_ago: int = 45, kind: FlowKind = FlowKind.RECEIPT) -> FlowFact:
    return flow(kind, "s", "b", qty * 100, qty=qty, order=1, days_ago=days_ago)


def invoice(qty: int = 100, amount: int = 10_000, **other: object) -> FlowFact:
    named = {"item": "wire", "order": 1, "invoice": 9, "days_ago": 40, **other}
    return flow(FlowKind.INVOICE, "s", "b", amount, qty=qty, **named)  # type: ignore[arg-type]


def payment(amount: int, days_ago: int) -> FlowFact:
    return flow(FlowKind.PAYMENT, "s", "b", amount, invoice=9, days_ago=days_ago)


def told(*flows: FlowFact) -> list[tuple[str, int]]:
    rec: Reconciliation = reconcile(snapshot_of(*flows), policy=POLICY)
    return [
        (REASONS[reason], agreed)
        for reason, agreed in zip(rec.reason.tolist(), rec.agreed_minor.tolist(), strict=True)
    ]


def test_order_goods_and_invoice_agree() -> None:
    assert told(order(), receipt(), invoice(), payment(10_000, 5)) == [("agreed", 10_000)]


@pytest.mark.parametrize(
    ("flows", "reason", "agreed"),
    [
        ([receipt(), invoice()], "no_order", 0),
        ([order(), receipt(), invoice(order=7)], "no_order", 0),
        ([order(item="glass"), receipt(), invoice()], "item_differs", 0),
        ([order(), receipt(), invoice(amount=10_200)], "price_differs", 0),
        ([order(), invoice()], "not_received", 0),
        ([order(), receipt(qty=80), invoice()], "quantity_differs", 8_050),
        ([order(), receipt(days_ago=30), invoice()], "invoice_before_receipt", 0),
        ([order(), receipt(days_ago=38), invoice(), payment(10_000, 39)], "paid_before_receipt", 0),
        ([order(), receipt(), invoice(), payment(12_000, 5)], "overpaid", 0),
    ],
)
def test_every_break_has_its_reason(flows: list[FlowFact], reason: str, agreed: int) -> None:
    assert told(*flows) == [(reason, agreed)]


def test_another_buyer_than_the_order_s() -> None:
    sold_on = flow(FlowKind.INVOICE, "s", "x", 10_000, qty=100, order=1, days_ago=40)
    assert told(order(), receipt(), sold_on) == [("party_differs", 0)]


def test_earlier_invoices_use_up_what_was_received() -> None:
    first = invoice(qty=60, amount=6_000, invoice=9)
    second = invoice(qty=60, amount=6_000, invoice=10, days_ago=39)
    # 40 of 60 are left, and half a percent of 60 is tolerated.
    assert told(order(qty=120, amount=12_000), receipt(), first, second) == [
        ("agreed", 6_000),
        ("quantity_differs", 4_030),
    ]


def test_goods_sent_back_no_longer_cover_the_invoice() -> None:
    back = receipt(qty=100, days_ago=44, kind=FlowKind.RETURN)
    assert told(order(), receipt(), back, invoice()) == [("not_received", 0)]


def test_despatches_stand_for_receipts_that_are_not_seen() -> None:
    assert told(order(), receipt(kind=FlowKind.DESPATCH), invoice()) == [("agreed", 10_000)]


def test_below_the_order_s_price_is_no_break() -> None:
    assert told(order(), receipt(), invoice(amount=9_000)) == [("agreed", 9_000)]


def test_prepaid_orders_agree() -> None:
    assert told(order(), receipt(), invoice(), payment(10_000, 59)) == [("agreed", 10_000)]


def test_goods_still_on_their_way_are_pending_not_broken() -> None:
    rec = reconcile(snapshot_of(order(), invoice(days_ago=3)), policy=POLICY)
    assert [REASONS[r] for r in rec.reason] == ["pending"]
    assert not rec.judged().any()


def test_only_the_last_year_is_told_but_older_invoices_use_up_goods() -> None:
    old = [order(days_ago=400), receipt(days_ago=395), invoice(days_ago=390)]
    assert told(*old) == []
    again = invoice(invoice=11, days_ago=40)
    assert told(*old, again) == [("not_received", 0)]


def test_nothing_to_reconcile() -> None:
    assert told() == []
    assert told(order()) == []
