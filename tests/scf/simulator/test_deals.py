from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from scf.simulator.deals import PURCHASE_SHARE, chain_deals, deal_cut
from tests.scf.simulator.scenes import SMALL, purchases, small_chain, small_deals


def test_there_are_about_as_many_order_lines_as_asked_for() -> None:
    lines = sum(len(deal.orders) for deal in small_deals())
    assert abs(lines - SMALL.order_lines) < 0.06 * SMALL.order_lines
    bought = sum(len(deal.orders) for deal in purchases())
    assert abs(bought / lines - PURCHASE_SHARE) < 0.05


def test_the_same_seed_makes_the_same_deals_and_another_seed_others() -> None:
    again = next(iter(chain_deals(chain=small_chain())))
    assert again == small_deals()[0]
    other = replace(small_chain(), spec=replace(SMALL, seed=8))
    assert next(iter(chain_deals(chain=other))) != again


def test_order_numbers_rise_with_the_date_and_are_never_shared() -> None:
    deals = purchases()
    numbers = [int(deal.orders[0].order_no) for deal in deals]
    assert numbers == sorted(set(numbers))
    dates = [deal.orders[0].order_date for deal in deals]
    assert dates == sorted(dates)


def test_cutting_a_deal_leaves_what_had_happened_by_then() -> None:
    deal = next(deal for deal in small_deals() if deal.receipts and deal.payments)
    on_the_way = deal.receipts[0].receipt_date - timedelta(days=1)
    cut = deal_cut(deal=deal, last_date=on_the_way)
    assert cut.orders == deal.orders
    assert all(line.delivered_date is None for line in cut.despatches)
    assert not [line for line in cut.receipts if line.receipt_date > on_the_way]
    assert not [line for line in cut.payments if line.payment_date > on_the_way]
