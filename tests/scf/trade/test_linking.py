"""Delivery notes link; part, price and date only suggest."""

from __future__ import annotations

from dataclasses import replace

from scf.trade.linking import invoice_link, order_suggest
from tests.scf.trade.builders import KEY, invoice, order, receipt

LOOSE = replace(invoice(9, 100), order=None, delivery_note="L1")
NOTE = receipt(5, 100, delivery_note="L1")


def test_a_delivery_note_leads_to_the_only_order_line_of_its_receipts() -> None:
    linked = invoice_link(line=LOOSE, orders={KEY: order()}, receipts_by_note={"L1": [NOTE]})
    assert linked.order == KEY


def test_a_note_of_two_order_lines_links_nothing() -> None:
    other = replace(NOTE, order=(2, "10"))
    found = {"L1": [NOTE, other]}
    orders = {KEY: order(), (2, "10"): order(order_id=2)}
    assert invoice_link(line=LOOSE, orders=orders, receipts_by_note=found).order is None
    # Also when the second order is outside what was loaded.
    assert invoice_link(line=LOOSE, orders={KEY: order()}, receipts_by_note=found).order is None


def test_a_note_of_another_supplier_links_nothing() -> None:
    line = replace(LOOSE, seller_id=8)
    linked = invoice_link(line=line, orders={KEY: order()}, receipts_by_note={"L1": [NOTE]})
    assert linked.order is None


def test_the_part_must_be_the_same_where_both_name_one() -> None:
    line = replace(LOOSE, item_code="MX")
    orders = {KEY: order(item_code="OTHER")}
    assert invoice_link(line=line, orders=orders, receipts_by_note={"L1": [NOTE]}).order is None


def test_a_suggestion_needs_part_and_price_and_must_be_unique() -> None:
    line = replace(invoice(9, 100), order=None, item_code="MX")
    fitting = order(item_code="MX")
    assert order_suggest(line=line, candidates=[fitting]) is fitting
    assert order_suggest(line=line, candidates=[fitting, replace(fitting, order_id=2)]) is None
    assert order_suggest(line=line, candidates=[replace(fitting, price_micro=1)]) is None
    assert order_suggest(line=replace(line, unit="KG"), candidates=[fitting]) is None
    assert order_suggest(line=replace(line, currency="USD"), candidates=[fitting]) is None
