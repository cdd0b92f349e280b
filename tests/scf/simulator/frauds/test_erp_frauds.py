"""Phantoms have no goods, doubles no second delivery, distress no end."""

from datetime import date
from statistics import mean

from scf.simulator.deals import chain_deals
from scf.simulator.frauds.erp_frauds import Distress, Doubling
from tests.scf.simulator.frauds.plots import plot_chain, scene


def test_phantoms_are_received_and_invoiced_but_never_carried() -> None:
    papers = set()
    for case in scene(phantom=8).cases:
        for deal in case.deals:
            assert all(line.delivered_date is None for line in deal.despatches)
            papers.add(bool(deal.despatches))
            if deal.invoices:
                assert deal.receipts
        numbers = {line.invoice_no for deal in case.deals for line in deal.invoices}
        assert numbers == set(case.documents)
    assert papers == {True, False}


def test_a_double_repeats_an_invoice_under_other_facts_and_is_paid_for_twice() -> None:
    told = scene(duplicates=8)
    everything = list(told.altered(chain_deals(chain=plot_chain())))
    known = {(x.company_code, x.invoice_no): x for d in everything for x in d.invoices}
    copies = [d for d in everything if not d.orders and d.invoices]
    traced = [case for case in told.labels() if case.documents]
    assert len(copies) == sum(len(case.documents) // 2 for case in traced) > 0
    assert all(not deal.receipts for deal in copies)
    for case in traced:
        for first, second in zip(case.documents[::2], case.documents[1::2], strict=True):
            keys = [key for key in known if key[1] in (first, second)]
            assert len(keys) == 2
    assert len(told.payouts) == 2 * len(copies)


def test_a_double_takes_nothing_of_the_original_away() -> None:
    told = scene(duplicates=1)
    (doubling,) = told.alterations.values()
    assert isinstance(doubling, Doubling)
    for deal in list(chain_deals(chain=plot_chain()))[:200]:
        assert next(iter(doubling.apply(deal))) == deal


def test_distress_thins_orders_out_and_money_comes_later() -> None:
    chain, earlier, later = plot_chain(), list[int](), list[int]()
    told = scene(distress=6)
    fewer = 0
    for code, distress in told.alterations.items():
        assert isinstance(distress, Distress)
        own = [d for d in chain_deals(chain=chain) if d.orders[0].partner_code == code]
        kept = [part for deal in own for part in distress.apply(deal)]
        fewer += len(own) - len(kept)
        for deal in kept:
            for line in deal.payments:
                assert line.due_date is not None
                days = (line.payment_date - line.due_date).days
                (later if line.payment_date > distress.start else earlier).append(days)
                assert line.payment_date <= chain.spec.last_date
    assert fewer > 0
    assert mean(later) > mean(earlier) + 5
    assert max(case.last_date for case in told.cases) <= date(2026, 3, 17)
