import numpy as np
import pytest

from risk.chain.concentration import (
    bargaining_gap,
    buyer_hhi,
    dependency,
    main_buyer,
    share_sold_to,
    supplier_hhi,
)
from tests.risk.chain.graphs import graph_of, mask


def test_figures_worked_by_hand() -> None:
    # 0 sells 60 to 2 and 40 to 3; 1 sells 20 to 2. So 2 buys 80, 3 buys 40.
    graph = graph_of([(0, 2, 60), (0, 3, 40), (1, 2, 20)])
    assert buyer_hhi(graph)[:2].tolist() == pytest.approx([0.52, 1.0])
    assert supplier_hhi(graph)[2:].tolist() == pytest.approx([0.625, 1.0])
    assert main_buyer(graph).tolist() == [2, 2, -1, -1]
    assert dependency(graph)[:2].tolist() == pytest.approx([0.6, 1.0])
    # 0 needs 2 for 60%, 2 needs 0 for 75%; 1 needs 2 wholly, 2 needs 1 for 25%.
    assert bargaining_gap(graph)[:2].tolist() == pytest.approx([-0.15, 0.75])


def test_no_sales_is_no_figure_rather_than_zero() -> None:
    graph = graph_of([(0, 1, 5)], size=3)
    for figure in (buyer_hhi(graph), dependency(graph), bargaining_gap(graph)):
        assert np.isnan(figure[1:]).all()
    assert np.isnan(supplier_hhi(graph)[[0, 2]]).all()


def test_share_sold_to_the_anchors_entities_together() -> None:
    graph = graph_of([(0, 1, 30), (0, 2, 38), (0, 3, 32)])
    assert share_sold_to(graph, group=mask(4, 1, 2))[0] == pytest.approx(0.68)


def test_equal_buyers_tie_to_the_lower_position() -> None:
    assert main_buyer(graph_of([(0, 2, 7), (0, 1, 7)]))[0] == 1


def test_thirty_thousand_equal_buyers() -> None:
    graph = graph_of([(0, buyer, 10) for buyer in range(1, 30_001)])
    assert buyer_hhi(graph)[0] == pytest.approx(1 / 30_000)
