"""Trade between firms: amounts that agree, pieces within days, papers as told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scf.simulator.draws import Draws
from scf.simulator.frauds.own_books import OWN_SYSTEM, Trade, trade_make, transfer_make
from scf.simulator.numbers import numbers_start
from scf.simulator.values import Deal
from tests.scf.simulator.frauds.plots import plot_chain

DAY = date(2026, 2, 3)
SELLER, BUYER = plot_chain().suppliers[10], plot_chain().suppliers[11]
TRADE = Trade(seller=SELLER, buyer=BUYER, day=DAY, net_minor=80_000_000, paid_after=5)


def made(trade: Trade) -> Deal:
    draws = Draws(seed=3, stream="own")
    return trade_make(draws=draws, numbers=numbers_start(series=4), trade=trade)


@pytest.mark.parametrize("pieces", [1, 2, 6])
def test_an_invoice_may_come_in_pieces_within_three_days(pieces: int) -> None:
    deal = made(replace(TRADE, pieces=pieces))
    assert len(deal.invoices) == pieces
    assert sum(line.net_minor for line in deal.invoices) == pytest.approx(80_000_000, rel=0.02)
    days = [line.invoice_date - DAY for line in deal.invoices]
    assert all(timedelta() <= day <= timedelta(days=3) for day in days)
    assert sum(line.qty_milli for line in deal.invoices) == deal.orders[0].qty_milli
    assert [line.amount_minor for line in deal.payments] == [x.gross_minor for x in deal.invoices]


def test_goods_move_or_only_their_papers_do_or_nothing() -> None:
    moved, paper, none = (made(replace(TRADE, goods=g)) for g in ("moved", "paper", "none"))
    assert moved.despatches[0].delivered_date == moved.receipts[0].receipt_date
    assert paper.despatches[0].delivered_date is None
    assert len(paper.receipts) == 1
    assert (none.despatches, none.receipts) == ((), ())


def test_everything_is_of_the_sellers_own_books() -> None:
    deal = made(TRADE)
    told = {
        (line.source_system, line.company_code, line.partner_code, line.direction)
        for lines in (deal.orders, deal.despatches, deal.receipts, deal.invoices, deal.payments)
        for line in lines
    }
    assert told == {(OWN_SYSTEM, SELLER.code, BUYER.code, "sales")}


def test_cash_is_told_by_who_pays_it() -> None:
    deal = transfer_make(
        numbers=numbers_start(series=4), payer=BUYER, receiver=SELLER, day=DAY, amount_minor=700
    )
    (line,) = deal.payments
    assert (line.company_code, line.partner_code, line.direction, line.kind) == (
        BUYER.code,
        SELLER.code,
        "purchase",
        "transfer",
    )
    assert (line.invoice_no, line.order_no) == ("", "")
