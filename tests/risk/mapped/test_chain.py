import numpy as np
import pytest

from risk.chain.graph import Layer, layer_graph
from risk.facts import FlowKind, PartyFact
from risk.mapped.chain import ChainView, view_arrays, view_of
from risk.policy import DEFAULT_POLICY
from risk.snapshot import YEAR_DAYS, Snapshot, snapshot_build
from tests.risk.chain_made import chain_facts
from tests.risk.facts_made import AS_OF, flow, snapshot_of


def viewed(snapshot: Snapshot) -> ChainView:
    return view_of(view_arrays(snapshot, policy=DEFAULT_POLICY))


@pytest.mark.parametrize("layer", list(Layer))
def test_edges_are_those_of_the_measured_graph(layer: Layer) -> None:
    snapshot = snapshot_build(chain_facts(suppliers=30, distributors=60, orders=2_000), as_of=AS_OF)
    graph, own = layer_graph(snapshot, layer=layer, days=YEAR_DAYS), viewed(snapshot).layers[layer]
    order = np.lexsort((own.target, own.source))
    assert own.source[order].tolist() == graph.source.tolist()
    assert own.target[order].tolist() == graph.target.tolist()
    assert own.amount_minor[order].tolist() == graph.weight.tolist()
    for firm in range(graph.size):
        sold, bought = own.sold(firm), own.bought(firm)
        assert sorted(own.target[sold]) == graph.target[graph.source == firm].tolist()
        assert sorted(own.source[bought]) == graph.source[graph.target == firm].tolist()
        for edges in (sold, bought):
            assert (np.diff(own.amount_minor[edges]) <= 0).all()
    # The rows behind an edge add up to it.
    sums = np.add.reduceat(own.row_amount_minor, own.row_start[:-1])
    assert sums.tolist() == own.amount_minor.tolist()


def test_goods_that_were_only_sent_count_where_no_receipt_is_seen() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.RECEIPT, "s", "b", 90, days_ago=12, document="GR-1"),
        flow(FlowKind.RETURN, "s", "b", 20, days_ago=2, document="RT-1"),
        flow(FlowKind.DESPATCH, "s", "b", 95, days_ago=14, document="DN-1"),
        flow(FlowKind.DESPATCH, "b", "d", 60, days_ago=14, document="DN-2"),
    )
    own = viewed(snapshot).layers[Layer.GOODS]
    assert own.amount_minor.tolist() == [60, 70]
    assert own.documents.tolist() == [1, 2]
    assert own.row_amount_minor.tolist() == [60, 90, -20]


def test_documents_are_counted_once_and_broken_edges_are_marked() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=30, document="I-1"),
        flow(FlowKind.INVOICE, "s", "b", 50, days_ago=30, document="I-1"),
        flow(FlowKind.ORDER, "x", "b", 100, qty=10, order=1, days_ago=50),
        flow(FlowKind.RECEIPT, "x", "b", 100, qty=10, order=1, days_ago=40),
        flow(FlowKind.INVOICE, "x", "b", 100, qty=10, order=1, days_ago=30),
    )
    view = viewed(snapshot)
    own = view.layers[Layer.INVOICE]
    edge = own.edge(snapshot.position("s"), snapshot.position("b"))
    assert edge is not None
    assert (int(own.documents[edge]), int(own.disputed[edge])) == (1, 1)
    assert own.disputed.sum() == 1
    assert own.edge(snapshot.position("b"), snapshot.position("s")) is None


def test_firms_are_found_by_reference() -> None:
    parties = (
        PartyFact("party:2", "望川铜材", roles=("supplier",)),
        PartyFact("party:10", "沧澜", group="沧澜", roles=("anchor",)),
    )
    view = viewed(snapshot_of(parties=parties))
    assert [view.position(ref) for ref in ("party:10", "party:2", "party:3", "")] == [
        0,
        1,
        None,
        None,
    ]
    assert (view.name(1), view.role(1), view.role(0)) == ("望川铜材", "supplier", "anchor")
    assert view.anchor_mask().tolist() == [True, False]


def test_an_empty_chain_has_a_view() -> None:
    view = viewed(snapshot_of())
    assert len(view) == 0
    assert view.position("party:1") is None
