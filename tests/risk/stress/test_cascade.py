from dataclasses import replace

from risk.stress.cascade import cascade_run
from risk.stress.scenario import Scenario
from tests.risk.stress.pools import firm, pool


def test_nothing_breaks_and_nothing_moves() -> None:
    found = cascade_run(pool(), Scenario())
    assert found.loss_ppm.tolist() == [0, 0, 0]
    assert found.pd_ppm.tolist() == [0, 100_000, 50_000]


def test_an_obligor_that_fails_takes_its_share_of_its_suppliers_sales() -> None:
    found = cascade_run(pool(), Scenario(kind="obligor", party_ref="obligor-a"))
    assert found.failed.tolist() == [False, True, False]
    # The mill sold it 60%: 600,000 lost; half of that turns into chance of default. The
    # other obligor buys steel from the mill alone: it lacks 60% of an essential input.
    assert found.loss_ppm.tolist() == [600_000, 1_000_000, 0]
    assert found.pd_ppm.tolist() == [300_000, 1_000_000, 50_000]
    assert found.lost_ppm == 600_000


def test_a_group_fails_as_one() -> None:
    facts = pool()
    firms = tuple(replace(one, group="twins") for one in facts.firms[1:])
    found = cascade_run(
        replace(facts, firms=(facts.firms[0], *firms)),
        Scenario(kind="obligor", party_ref="obligor-b"),
    )
    assert found.failed.tolist() == [False, True, True]


def test_a_sector_that_sells_less_is_short_for_its_buyers() -> None:
    found = cascade_run(pool(), Scenario(kind="sector", sector="steel"))
    assert found.loss_ppm.tolist() == [300_000, 300_000, 300_000]
    assert found.pd_ppm.tolist() == [150_000, 100_000 + 135_000, 50_000 + 142_500]
    assert cascade_run(pool(), Scenario(kind="sector", sector="glass")).lost_ppm == 0


def test_the_top_firm_by_esri_is_not_the_anchor() -> None:
    found = cascade_run(pool(), Scenario(kind="top_firm"))
    assert found.failed.tolist() == [True, False, False]
    only_anchor = replace(pool(), firms=(replace(firm("a"), is_anchor=True),), trade=())
    assert not cascade_run(only_anchor, Scenario(kind="top_firm")).failed.any()


def test_when_nothing_is_delivered_everybody_loses_the_days() -> None:
    found = cascade_run(pool(), Scenario(kind="logistics", stop_days=73))
    assert found.loss_ppm.tolist() == [200_000] * 3


def test_a_chain_without_firms_or_trade() -> None:
    empty = replace(pool(), firms=(), products=(), trade=())
    assert cascade_run(empty, Scenario(kind="logistics")).lost_ppm == 0
    alone = replace(pool(), firms=(firm("a"),), trade=())
    assert cascade_run(alone, Scenario(kind="top_firm")).loss_ppm.tolist() == [1_000_000]
