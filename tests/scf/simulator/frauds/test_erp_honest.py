"""Honest habits keep their books in order, whatever they look like."""

from collections import Counter
from datetime import timedelta

from scf.simulator.deals import chain_deals
from scf.simulator.frauds.erp_honest import Dirt, FewerOrders, Reissue, SelfDelivery
from scf.simulator.values import Deal
from tests.scf.simulator.frauds.plots import only, plot_chain, scene


def deals_of(code: str) -> list[Deal]:
    deals = chain_deals(chain=plot_chain())
    return [deal for deal in deals if deal.orders[0].partner_code == code]


def test_a_reissued_invoice_is_credited_in_full_first() -> None:
    told = scene(reissue=4)
    for code, reissue in told.alterations.items():
        assert isinstance(reissue, Reissue)
        parts = [part for deal in deals_of(code) for part in reissue.apply(deal)]
        credits = [
            x for p in parts for x in p.invoices if x.original_invoice_no and x.kind != "invoice"
        ]
        for number in {
            x.original_invoice_no for x in credits if x.invoice_no in reissue.case.documents
        }:
            lines = [x for p in parts for x in p.invoices if x.invoice_no == number]
            back = [
                x
                for x in credits
                if x.original_invoice_no == number and x.invoice_no in reissue.case.documents
            ]
            assert sum(x.gross_minor for x in lines) == sum(x.gross_minor for x in back)


def test_who_delivers_itself_has_receipts_without_despatches() -> None:
    told = scene(self_delivery=3)
    for code, alteration in told.alterations.items():
        assert isinstance(alteration, SelfDelivery)
        parts = [part for deal in deals_of(code) for part in alteration.apply(deal)]
        assert any(part.receipts and not part.despatches for part in parts)
        assert sum(len(p.receipts) for p in parts) == sum(len(d.receipts) for d in deals_of(code))


def test_a_dip_ends_and_its_payments_are_in_time() -> None:
    told = scene(dip=3)
    for code, dip in told.alterations.items():
        assert isinstance(dip, FewerOrders)
        assert dip.end - dip.start <= timedelta(days=60)
        for deal in deals_of(code):
            kept = list(dip.apply(deal))
            assert kept in ([], [deal])
            if not dip.start <= deal.orders[0].order_date <= dip.end:
                assert kept == [deal]


def test_a_standing_order_repeats_its_sums_under_new_numbers() -> None:
    case = only(standing_order=1)
    assert len(case.deals) > 8
    sums = Counter(
        sum(x.net_minor for x in deal.invoices if x.kind == "invoice")
        for deal in case.deals[:-3]
        if deal.invoices
    )
    assert sums.most_common(1)[0][1] >= len(case.deals) - 4
    numbers = [deal.orders[0].order_no for deal in case.deals]
    assert len(numbers) == len(set(numbers))


def test_a_season_comes_every_year() -> None:
    cases = scene(seasonal=6).cases
    peaks = [{d.orders[0].order_date.year for d in case.deals} for case in cases]
    assert any(len(years) > 1 for years in peaks)


def test_papers_get_lost_rarely_and_nothing_else_changes() -> None:
    dirt = Dirt(seed=5)
    deals = list(chain_deals(chain=plot_chain()))
    after = [part for deal in deals for part in dirt.apply(deal)]
    lost = sum(bool(d.despatches) and not a.despatches for d, a in zip(deals, after, strict=True))
    assert 0 < lost < 0.04 * len(deals)
    assert [d.receipts for d in deals] == [a.receipts for a in after]
