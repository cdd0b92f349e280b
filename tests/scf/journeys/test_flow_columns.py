"""Documents told in words become flows, on one basis and joined by keys."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from risk.facts import MISSING, FlowKind, FlowTable
from scf.journeys.flow_columns import flow_columns, pairs_exempt
from scf.trade.flow_lines import FlowLine

PIECE = 1_000_000
SELLER, BUYER = 7, 1


def line(line_id: int, document_id: int, day: int, **facts: Any) -> FlowLine:
    """A line of supplier 7 to entity 1 in March 2026; prices are 10.00 net a piece."""
    values: dict[str, Any] = {
        "id": line_id,
        "document_id": document_id,
        "source_system": "ERP",
        "company_code": "1000",
        "number": f"D{document_id}",
        "reference": "",
        "number_key": f"D{document_id}",
        "seller_id": SELLER,
        "buyer_id": BUYER,
        "document_date": date(2026, 3, day),
        "due_date": None,
        "terms_days": None,
        "line_no": "1",
        "item_code": "A-1",
        "unit": "PCS",
        "qty_micro": 0,
        "price_micro": None,
        "price_unit": 1,
        "net_minor": 0,
        "tax_minor": 0,
        "line_type": "standard",
        "line_state": "open",
        "line_date": None,
        "order_number": "",
        "order_line_no": "",
        "ref_number": "",
        "ref_line_no": "",
    }
    return FlowLine(**{**values, **facts})


def order(line_id: int = 1, document_id: int = 1, qty: int = 100, **facts: Any) -> FlowLine:
    shared = {"qty_micro": qty * PIECE, "price_micro": 1_000 * PIECE, "net_minor": qty * 1_000}
    return line(line_id, document_id, 1, **{**shared, **facts})


def on_order(line_id: int, document_id: int, day: int, qty: int, **facts: Any) -> FlowLine:
    shared = {"qty_micro": qty * PIECE, "order_number": "D1", "order_line_no": "1"}
    return line(line_id, document_id, day, **{**shared, **facts})


def invoice(line_id: int, document_id: int, day: int, qty: int = 100, **facts: Any) -> FlowLine:
    net = qty * 1_000
    return on_order(
        line_id, document_id, day, qty, **{"net_minor": net, "tax_minor": net * 13 // 100, **facts}
    )


def told(table: FlowTable) -> list[tuple[str, int, int, int, int]]:
    """Kind, amount, pieces, order key, invoice key: in the order of the documents."""
    return [
        (FlowKind(int(kind)).name, int(amount), int(qty) // PIECE, int(order_key), int(invoice_key))
        for kind, amount, qty, order_key, invoice_key in zip(
            table.kind,
            table.amount_minor,
            table.qty_micro,
            table.order_key,
            table.invoice_key,
            strict=True,
        )
    ]


def flows(**lines: list[FlowLine]) -> list[tuple[str, int, int, int, int]]:
    return told(flow_columns(lines))


def test_an_order_its_goods_its_invoice_and_its_payment_are_joined() -> None:
    found = flows(
        order=[order()],
        despatch=[on_order(2, 2, 5, 100)],
        receipt=[on_order(3, 3, 7, 100, line_type="receipt")],
        invoice=[invoice(4, 4, 9)],
        payment=[line(5, 5, 20, net_minor=113_000, ref_number="D4", line_type="settlement")],
    )
    assert found == [
        ("ORDER", 100_000, 100, 1, MISSING),
        ("DESPATCH", 100_000, 100, 1, MISSING),
        ("RECEIPT", 100_000, 100, 1, MISSING),
        ("INVOICE", 100_000, 100, 1, 4),
        ("PAYMENT", 100_000, 0, MISSING, 4),  # net, in the proportion of its invoice
    ]


def test_who_sells_to_whom_when_and_under_which_number() -> None:
    table = flow_columns(
        {"invoice": [invoice(4, 4, 9, reference="INV-0418", due_date=date(2026, 6, 7))]}
    )
    assert (table.parties[table.supplier[0]], table.parties[table.buyer[0]]) == (
        "party:7",
        "party:1",
    )
    assert table.documents[table.document[0]] == "INV-0418"
    assert int(table.due_day[0] - table.day[0]) == 90
    assert table.row_id[0] == 4


def test_terms_of_the_order_stand_for_a_due_date_that_is_not_given() -> None:
    table = flow_columns({"order": [order(terms_days=60)], "invoice": [invoice(4, 4, 9)]})
    assert int(table.due_day[1] - table.day[1]) == 60


def test_a_reversed_receipt_is_taken_out_of_the_one_it_names() -> None:
    receipts = [
        on_order(2, 2, 5, 100, line_type="receipt"),
        on_order(3, 3, 6, 40, line_type="receipt"),
        on_order(4, 4, 7, 100, line_type="reversal", ref_number="D2", ref_line_no="1"),
        on_order(5, 5, 8, 10, line_type="return"),
    ]
    found = flows(order=[order()], receipt=receipts)
    assert [(kind, qty) for kind, _, qty, _, _ in found] == [
        ("ORDER", 100),
        ("RECEIPT", 40),
        ("RETURN", 10),
    ]


def test_cancelled_free_and_returning_orders_ask_for_nothing() -> None:
    lines = [
        order(1, 1, line_state="cancelled"),
        order(2, 2, line_type="free"),
        order(3, 3, line_type="return"),
        order(4, 4, line_state="closed"),
    ]
    assert [row[3] for row in flows(order=lines)] == [4]


def test_a_prepayment_pays_the_order_s_invoices_in_turn() -> None:
    paid = line(6, 6, 2, net_minor=150_000, order_number="D1", line_type="prepayment")
    lines: Mapping[str, list[FlowLine]] = {
        "order": [order(qty=200)],
        "invoice": [invoice(4, 4, 9), invoice(5, 5, 12)],
        "payment": [paid],
    }
    payments = [row for row in told(flow_columns(lines)) if row[0] == "PAYMENT"]
    assert payments == [("PAYMENT", 100_000, 0, MISSING, 4), ("PAYMENT", 32_743, 0, MISSING, 5)]


def test_a_prepayment_without_an_invoice_yet_is_paid_on_none() -> None:
    paid = line(6, 6, 2, net_minor=50_000, order_number="D1", line_type="prepayment")
    assert flows(order=[order()], payment=[paid])[1] == ("PAYMENT", 50_000, 0, MISSING, MISSING)


def test_rebates_and_refunds_on_an_invoice_are_no_payments_for_goods() -> None:
    rebate = line(6, 6, 2, net_minor=5, line_type="rebate")
    refund = line(7, 7, 2, net_minor=5, line_type="refund", ref_number="D9")
    assert flows(payment=[rebate, refund]) == []


def test_quantities_are_told_in_the_order_s_unit() -> None:
    found = flows(
        order=[order(qty=1_000)], receipt=[on_order(2, 2, 5, 1, unit="MPC", line_type="receipt")]
    )
    assert found[1] == ("RECEIPT", 1_000_000, 1_000, 1, MISSING)


def test_goods_without_a_price_or_an_order_say_nothing() -> None:
    assert flows(despatch=[line(2, 2, 5, qty_micro=PIECE)]) == []


def test_credit_notes_fall_on_their_invoice() -> None:
    credit = line(9, 9, 20, net_minor=2_000, tax_minor=260, ref_number="D4")
    assert flows(invoice=[invoice(4, 4, 9)], credit_note=[credit])[1] == (
        "CREDIT_NOTE",
        2_000,
        0,
        MISSING,
        4,
    )


def test_no_documents_no_flows() -> None:
    assert flows() == []


def test_cash_that_settles_nothing_runs_from_payer_to_receiver() -> None:
    lines = {
        "payment": [
            line(1, 1, 3, line_type="transfer", net_minor=700),
            line(2, 2, 4, line_type="refund", net_minor=50),
            line(3, 3, 5, line_type="rebate", net_minor=9),
        ]
    }
    flows = flow_columns(lines)
    rows = [
        (flows.parties[s], flows.parties[b], int(a), flows.items[i], int(k))
        for s, b, a, i, k in zip(
            flows.supplier,
            flows.buyer,
            flows.amount_minor,
            flows.item,
            flows.invoice_key,
            strict=True,
        )
    ]
    assert rows == [
        ("party:7", "party:1", 700, "transfer", MISSING),
        ("party:1", "party:7", 50, "refund", MISSING),
    ]


def test_a_despatch_tells_when_it_was_delivered() -> None:
    arrived, moving = date(2026, 3, 9), None
    flows = flow_columns(
        {
            "order": [order()],
            "despatch": [
                on_order(2, 2, 5, 40, line_date=arrived),
                on_order(3, 3, 6, 60, line_date=moving),
            ],
        }
    )
    despatched = flows.rows(flows.kind == FlowKind.DESPATCH)
    assert despatched.paid_day.tolist() == [(arrived - date(1970, 1, 1)).days, MISSING]


def test_pairs_with_consignment_or_buy_back_orders_are_registered() -> None:
    lines = {
        "order": [
            order(),
            order(2, 2, seller_id=8, line_type="buy_back"),
            order(3, 3, seller_id=9, line_type="consignment"),
        ]
    }
    assert pairs_exempt(lines) == (("party:8", "party:1"), ("party:9", "party:1"))
