"""Bids: money held, never more than the units left, only for whom the rule pack lets in."""

from typing import Any

from scf.journeys.subscribing import subscription_place
from scf.network.operations import party_kyb_set
from scf.network.values import InvestorClass, KybState
from scf.products.queries import bid_units, series_get
from tests.scf.journeys.conftest import Refusing, Stage


def _bid(stage: Stage, series: Any, who: Any, units: Any, key: Any = "k") -> Any:
    return subscription_place(
        actor=stage.world.actors[who], series_id=series.id, units=units, key=key, at=stage.world.at
    )


def _fund(stage: Stage, **minor: Any) -> None:
    stage.world.pays_in(*((who, amount, "入金") for who, amount in minor.items()))


def test_money_is_held_and_the_last_unit_funds_the_series(stage: Stage) -> None:
    series = stage.listed()
    _fund(stage, A=93_720_000)
    _bid(stage, series, "A", 9_371)
    assert series_get(series_id=series.id).state == "listed"
    _bid(stage, series, "A", 1, key="k2")
    assert series_get(series_id=series.id).state == "funded"


def test_more_than_is_left_is_refused_with_what_is_left(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    _fund(stage, A=90_000_000, B=50_000_000)
    _bid(stage, series, "A", 9_000)
    with refused("products.units_left"):
        _bid(stage, series, "B", 373)
    _bid(stage, series, "B", 372)
    assert bid_units(series_id=series.id) == 9_372


def test_without_the_money_nothing_is_held(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    _fund(stage, A=9_999)
    with refused("ledger.limit_exceeded"):
        _bid(stage, series, "A", 1)
    assert bid_units(series_id=series.id) == 0


def test_the_same_key_is_one_bid(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    _fund(stage, A=50_000_000)
    first = _bid(stage, series, "A", 100)
    assert _bid(stage, series, "A", 100) == first
    with refused("products.key_conflict"):
        _bid(stage, series, "A", 101)


def test_only_qualified_institutions_in_good_standing(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    _fund(stage, A=50_000_000)
    party = stage.world.party("A")
    party_kyb_set(
        party_id=party,
        state=KybState.VERIFIED,
        expiry_date=None,
        investor_class=InvestorClass.RETAIL,
    )
    with refused("products.investor_not_eligible"):
        _bid(stage, series, "A", 1)
    party_kyb_set(party_id=party, state=KybState.EXPIRED, expiry_date=None)
    with refused("financing.kyb_invalid"):
        _bid(stage, series, "A", 1)


def test_silly_quantities_and_other_desks(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    for units in (0, -5, 9_373):
        with refused("products.units_invalid"):
            _bid(stage, series, "A", units)
    with refused("access.denied"):
        _bid(stage, series, "ops", 1)
