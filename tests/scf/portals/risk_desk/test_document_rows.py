"""Which cell is red: the document that does not agree with the one it has to agree with."""

from dataclasses import replace
from datetime import date

from scf.portals.risk_desk.document_rows import DocumentTable, document_table
from scf.trade.queries_around import TradeAround, TradeLine

NAMES = {1: "望川铜材", 2: "沧澜制冷", 3: "别家"}
HEADS = ("order", "despatch", "receipt", "invoice", "payment")


def line(kind: str, number: int, day: date, **changed: object) -> TradeLine:
    """100 pieces at 10.00."""
    whole = TradeLine(
        id=number, kind=kind, document_id=number, number=f"{kind}-{number}", line_no="10",
        on_date=day, due_date=None, seller_id=1, buyer_id=2, item_code="MX-220",
        item_name="压缩机", unit="PCS", qty_micro=100_000_000, price_micro=1_000_000_000,
        price_unit=1, net_minor=100_000, gross_minor=113_000, document_gross_minor=113_000, sign=1, source_system="sap",
        company_code="6030", order_number="4500", order_line_no="10", ref_number="",
        raw_record_id=None, names=frozenset(),
    )  # fmt: skip
    return replace(whole, **changed)  # type: ignore[arg-type]


ORDER = line("order", 1, date(2026, 1, 8))
DESPATCH = line("despatch", 2, date(2026, 1, 30))
RECEIPT = line("receipt", 3, date(2026, 2, 2))
INVOICE = line("invoice", 4, date(2026, 2, 20))
PAYMENT = line("payment", 5, date(2026, 5, 20), net_minor=113_000, item_code="", qty_micro=0)
WHOLE = TradeAround(INVOICE, (ORDER,), (DESPATCH,), (RECEIPT,), (INVOICE,), (PAYMENT,))


def table(**changed: object) -> DocumentTable:
    return document_table(replace(WHOLE, **changed), names=NAMES)  # type: ignore[arg-type]


def red(found: DocumentTable) -> set[tuple[str, str]]:
    return {
        (str(row.label), HEADS[place])
        for row in found.rows
        for place, cell in enumerate(row.cells)
        if cell.bad
    }


def test_a_whole_trade_has_no_red() -> None:
    found = table()
    assert red(found) == set()
    assert (found.bad, found.title) == (0, "invoice-4")
    assert [str(cell.text) for cell in found.rows[2].cells] == ["望川铜材"] * 5
    assert [one.is_asked for one in found.sources] == [False, False, False, True, False]


def test_what_is_missing_is_red_where_it_has_to_be() -> None:
    assert red(table(orders=(), receipts=(), despatches=(), payments=())) == {
        ("单据", "order"),
        ("单据", "receipt"),
    }


def test_goods_that_do_not_cover_the_invoice() -> None:
    short = replace(RECEIPT, qty_micro=60_000_000)
    assert red(table(receipts=(short,))) == {("数量", "receipt")}
    rest = replace(short, id=6, qty_micro=40_000_000)
    assert red(table(receipts=(short, rest))) == set()
    back = replace(short, id=7, sign=-1)
    assert ("数量", "receipt") in red(table(receipts=(RECEIPT, back)))
    assert ("数量", "despatch") in red(table(despatches=(replace(DESPATCH, qty_micro=1),)))


def test_more_than_was_ordered_and_dearer() -> None:
    over = replace(INVOICE, qty_micro=150_000_000, net_minor=150_000)
    assert ("数量", "invoice") in red(table(invoices=(over,)))
    dear = replace(INVOICE, net_minor=130_000)
    assert red(table(invoices=(dear,))) == {("金额", "invoice")}
    price = replace(INVOICE, price_micro=1_300_000_000)
    assert red(table(invoices=(price,))) == {("单价", "invoice")}
    other = replace(price, price_unit=130, price_micro=130_000_000_000)  # the same per piece
    assert red(table(invoices=(other,))) == set()
    cents = replace(INVOICE, net_minor=100_100)  # within the tolerance
    assert red(table(invoices=(cents,))) == set()


def test_other_firms_other_goods() -> None:
    assert red(table(invoices=(replace(INVOICE, seller_id=3),))) == {("卖方", "invoice")}
    assert red(table(receipts=(replace(RECEIPT, buyer_id=3),))) == {("买方", "receipt")}
    assert red(table(despatches=(replace(DESPATCH, item_code="X"),))) == {("货物", "despatch")}


def test_days_out_of_order_and_money_beyond_the_invoice() -> None:
    assert red(table(invoices=(replace(INVOICE, on_date=date(2026, 1, 29)),))) == {
        ("日期", "invoice")
    }
    assert red(table(payments=(replace(PAYMENT, on_date=date(2026, 2, 1)),))) == {
        ("日期", "payment")
    }
    assert red(table(payments=(replace(PAYMENT, net_minor=113_200),))) == {("金额", "payment")}
    # Paid with the other lines of the same invoice.
    wide = replace(INVOICE, document_gross_minor=500_000)
    assert red(table(invoices=(wide,), payments=(replace(PAYMENT, net_minor=499_900),))) == set()


def test_units_that_do_not_convert_are_not_judged() -> None:
    assert red(table(receipts=(replace(RECEIPT, unit="BOX", qty_micro=1_000_000),))) == set()
