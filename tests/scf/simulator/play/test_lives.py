from __future__ import annotations

from pathlib import Path

import pytest

from scf.financing.queries import claim_get
from scf.products.queries import bid_units, holders_of, series_get
from scf.settlement.queries import payouts_list
from scf.simulator.play.lives import bid_shares, day_pass, issued, listed, people_of, sold
from scf.simulator.play.picks import receivable_named
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from tests.scf.simulator.play.scenes import stage_set


def test_the_featured_supplier_has_two_people_and_the_small_ones_one() -> None:
    assert people_of(FEATURED_CODE) == ("supplier", "supplier2")
    assert people_of("100555") == ("wangchuan", "")


@pytest.mark.django_db
def test_a_receivable_goes_from_the_quote_to_the_payout(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        series = issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        assert (series.state, series.units) == ("issued", 9_372)
        assert series.proceeds_minor == 93_581_346
        assert sum(holder.units for _, holder in holders_of(series_id=series.id)) == 9_372
        day_pass(stage=stage)
        amounts = {row.amount_minor for row in payouts_list(scope=stage.desk(), state="confirmed")}
        assert amounts == {93_581_346, 138_654}


@pytest.mark.django_db
def test_an_offering_takes_part_of_the_bids_it_needs(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        stage.deposit(amounts=[("investor", 100_000_000)])
        other = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no="INV-2603-0391"
        )
        waiting = sold(stage=stage, supplier=FEATURED_CODE, receivable=other)
        assert claim_get(claim_id=waiting).state == "matched"
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        series = listed(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        bid_shares(stage=stage, series=series, shares={"investor": 250})
        assert bid_units(series_id=series.id) == 9_372 // 4
        assert series_get(series_id=series.id).state == "listed"
