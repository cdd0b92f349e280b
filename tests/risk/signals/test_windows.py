import numpy as np

from risk.facts import MISSING, FlowFact, FlowKind, PartyFact
from risk.policy import SignalPolicy
from risk.signals.windows import expected_growth, growth_ppm, of_kind, pair_of, windows_of
from tests.risk.facts_made import flow, snapshot_of

POLICY = SignalPolicy()


def order(seller: str, amount: int, days_ago: int, buyer: str = "b") -> FlowFact:
    return flow(FlowKind.ORDER, seller, buyer, amount, days_ago=days_ago)


def test_a_firm_known_for_a_year_is_compared_with_a_year_before() -> None:
    snapshot = snapshot_of(order("s", 5, 460), order("s", 100, 400), order("s", 150, 30))
    windows = windows_of(snapshot, policy=POLICY)
    seller = snapshot.position("s")
    assert windows.is_year_before[seller]
    table = of_kind(snapshot.flows, FlowKind.ORDER)
    pair = pair_of(table, table.supplier, windows=windows)
    assert (pair.current[seller], pair.base[seller]) == (150, 100)
    assert growth_ppm(pair)[seller] == 500_000


def test_a_younger_firm_is_compared_with_the_quarter_before() -> None:
    snapshot = snapshot_of(order("s", 100, 120), order("s", 80, 30))
    windows = windows_of(snapshot, policy=POLICY)
    table = of_kind(snapshot.flows, FlowKind.ORDER)
    pair = pair_of(table, table.supplier, windows=windows)
    assert not windows.is_year_before.any()
    assert growth_ppm(pair)[snapshot.position("s")] == -200_000


def test_growth_from_a_handful_of_orders_is_unknown() -> None:
    snapshot = snapshot_of(*(order("s", 100, 120) for _ in range(5)), order("s", 900, 30))
    windows = windows_of(snapshot, policy=POLICY)
    pair = pair_of(snapshot.flows, snapshot.flows.supplier, windows=windows)
    assert np.isnan(growth_ppm(pair, least=6)).all()
    assert growth_ppm(pair, least=5)[snapshot.position("s")] == 800_000


def test_what_trails_the_orders_asks_for_a_longer_history() -> None:
    snapshot = snapshot_of(order("s", 5, 460), order("s", 5, 10))
    assert windows_of(snapshot, policy=POLICY).is_year_before.all()
    assert not windows_of(snapshot, policy=POLICY, settle_days=45).is_year_before.any()


def test_growth_from_nothing_is_unknown() -> None:
    snapshot = snapshot_of(order("s", 100, 10))
    table = snapshot.flows
    growth = growth_ppm(pair_of(table, table.supplier, windows=windows_of(snapshot, policy=POLICY)))
    assert np.isnan(growth).all()


def test_a_season_of_the_whole_trade_is_not_a_firm_s_own_growth() -> None:
    # Everyone's orders from b halve; s's fall by 40%, which is 20% better than the trade.
    others = [
        order(f"o{n}", amount, age) for n in range(25) for amount, age in ((100, 120), (50, 30))
    ]
    snapshot = snapshot_of(order("s", 100, 120), order("s", 60, 30), *others)
    windows = windows_of(snapshot, policy=POLICY)
    table = snapshot.flows
    usual = expected_growth(
        table, table.supplier, table.buyer, windows=windows, least=POLICY.partners_least
    )
    pair = pair_of(table, table.supplier, windows=windows)
    assert growth_ppm(pair, expected=usual)[snapshot.position("s")] == 200_000


def test_a_partner_with_few_others_says_nothing_about_a_season() -> None:
    snapshot = snapshot_of(
        order("s", 100, 120), order("s", 60, 30), order("o", 100, 120), order("o", 10, 30)
    )
    table = snapshot.flows
    usual = expected_growth(
        table,
        table.supplier,
        table.buyer,
        windows=windows_of(snapshot, policy=POLICY),
        least=POLICY.partners_least,
    )
    assert set(usual.tolist()) == {1.0}


def test_a_firm_without_flows_has_no_first_day() -> None:
    snapshot = snapshot_of(parties=(PartyFact("party:1", "a"),))
    assert windows_of(snapshot, policy=POLICY).first_day.tolist() == [MISSING]
