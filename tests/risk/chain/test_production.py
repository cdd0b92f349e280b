import numpy as np

from risk.chain.production import (
    ESSENTIAL,
    LINEAR,
    NEGLIGIBLE,
    NO_SLOT,
    production_from_sectors,
    production_of,
)
from tests.risk.chain.graphs import graph_of


def test_an_essential_sector_is_pooled_and_other_inputs_count_in_all_of_them() -> None:
    graph = graph_of([(0, 3, 30), (1, 3, 10), (2, 3, 60), (3, 4, 50)])
    kinds = np.array([ESSENTIAL, ESSENTIAL, LINEAR, NEGLIGIBLE])
    chain = production_of(graph, sector=np.array([0, 0, 1, 2, 2]), kind=kinds)
    assert chain.down_share.tolist() == [0.75, 0.25, 0.6, 0.0]
    assert chain.slot.tolist() == [0, 0, NO_SLOT, NO_SLOT]
    assert chain.slots == 1


def test_suppliers_are_listed_by_buyer_with_their_share_of_own_sales() -> None:
    graph = graph_of([(0, 1, 30), (0, 2, 10), (1, 2, 5)])
    kinds = np.full(3, LINEAR)
    chain = production_of(graph, sector=np.zeros(3, dtype=np.int64), kind=kinds)
    assert chain.in_start.tolist() == [0, 0, 1, 3]
    assert chain.supplier.tolist() == [0, 0, 1]
    assert chain.up_share.tolist() == [0.75, 0.25, 1.0]
    assert chain.value.tolist() == [40 / 45, 5 / 45, 0.0]


def test_no_firms_and_no_trade_are_chains_too() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert production_of(graph_of([], size=0), sector=nothing, kind=nothing).size == 0
    lonely = production_of(graph_of([], size=2), sector=np.array([0, 1]), kind=nothing)
    assert lonely.value.tolist() == [0.0, 0.0]


def test_a_firm_of_an_unknown_sector_is_a_market_of_its_own() -> None:
    graph = graph_of([(0, 3, 1), (1, 3, 1), (2, 3, 2)])
    chain = production_from_sectors(graph, sector=np.array([1, 0, 0, 0]))
    assert chain.slot.tolist() == [0, NO_SLOT, NO_SLOT]
    assert len(set(chain.sector.tolist())) == 4
