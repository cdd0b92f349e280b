import numpy as np
import pytest

from risk.chain.peers import peer_groups
from risk.chain.position import ESTIMATED, MEASURES, Positions, positions_measure, scaled
from risk.facts import PartyFact
from tests.risk.chain.graphs import graph_of, mask

# 0 and 1 supply; 2 and 3 are the anchor's two entities; 4 buys from both worlds.
EDGES = [(0, 2, 40), (0, 3, 28), (0, 4, 32), (1, 2, 50), (3, 4, 90)]


def measured() -> Positions:
    graph = graph_of(EDGES)
    parties = [PartyFact(ref=str(n), name=str(n), roles=("supplier",)) for n in range(5)]
    return positions_measure(graph, anchor=mask(5, 2, 3), groups=peer_groups(parties, least=2))


def column(code: str) -> tuple[np.ndarray, np.ndarray]:
    found = next(c for c in measured().columns if c.code == code)
    return found.values, found.values_without


def test_the_anchors_entities_count_as_one_buyer() -> None:
    share, without = column("anchor_share")
    assert share[0] == pytest.approx(0.68)
    assert np.isnan(without).all()
    hhi, rest = column("buyer_hhi")
    assert hhi[0] == pytest.approx(0.68**2 + 0.32**2)
    assert rest[0] == pytest.approx(1.0)
    assert np.isnan(rest[1])  # without the anchor firm 1 sells nothing


def test_both_entities_of_the_anchor_show_its_figures() -> None:
    hops, _ = column("hops_from_anchor")
    assert hops[2] == hops[3] == 0
    assert hops[4] == 1


def test_every_measure_has_a_column_in_page_order() -> None:
    assert [c.code for c in measured().columns] == [*MEASURES, *ESTIMATED]
    assert measured().trophic_residual < 1e-12


def test_no_anchor_and_no_firms_are_measured_too() -> None:
    empty = positions_measure(graph_of([], size=0), anchor=mask(0), groups=())
    assert all(len(c.values) == 0 for c in empty.columns)
    lonely = positions_measure(graph_of([(0, 1, 5)]), anchor=mask(2), groups=())
    share = next(c for c in lonely.columns if c.code == "anchor_share")
    assert share.values[0] == 0


def test_a_cascade_is_measured_with_and_without_the_anchor() -> None:
    esri, without = column("esri")
    # All sales are 240; firm 1 sells 50 of them to the anchor, which has 118 in all of inputs.
    down, _ = column("esri_down")
    assert down[1] == pytest.approx((50 + 90 * 50 / 118) / 240)
    assert (esri >= down - 1e-12).all()
    assert np.isnan(without[1])  # without the anchor it trades with nobody
    assert without[0] == 1.0  # the only one left that sells


def test_estimates_carry_their_error_and_the_others_none() -> None:
    errors = {c.code: c.error for c in measured().columns}
    assert errors["pagerank"] is None
    assert errors["betweenness"] is not None
    assert errors["betweenness"].max() == 0  # five firms are measured in full


def test_figures_become_whole_numbers() -> None:
    assert scaled(0.68, "ppm") == 680_000
    assert scaled(3.0, "count") == 3
    assert scaled(float("nan"), "ppm") is None
