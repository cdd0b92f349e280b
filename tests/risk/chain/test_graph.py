import numpy as np

from risk.chain.graph import Layer, layer_graph
from risk.facts import FlowKind
from tests.risk.chain.graphs import graph_of, mask
from tests.risk.facts_made import AS_OF, flow, snapshot_of


def test_parallel_edges_add_up_and_self_trade_is_left_out() -> None:
    graph = graph_of([(0, 1, 30), (0, 1, 12), (1, 1, 99), (1, 2, 5)])
    assert list(zip(graph.source, graph.target, graph.weight, strict=True)) == [
        (0, 1, 42),
        (1, 2, 5),
    ]


def test_a_pair_that_nets_to_zero_or_less_is_no_edge() -> None:
    graph = graph_of([(0, 1, 10), (0, 1, -10), (1, 2, -4)])
    assert len(graph.weight) == 0
    assert graph.size == 3


def test_sums_are_exact_beyond_what_a_double_holds() -> None:
    graph = graph_of([(0, 1, 2**60), (0, 2, 1), (0, 3, 1)])
    assert int(graph.sales()[0]) == 2**60 + 2


def test_the_anchor_is_merged_into_one_firm_or_taken_out() -> None:
    graph = graph_of([(0, 2, 10), (0, 3, 5), (2, 3, 7), (3, 4, 8), (1, 4, 2)])
    anchor = mask(5, 2, 3)
    merged = graph.merged(anchor)
    assert list(zip(merged.source, merged.target, merged.weight, strict=True)) == [
        (0, 2, 15),
        (1, 4, 2),
        (2, 4, 8),
    ]
    rest = graph.without(anchor)
    assert (rest.source.tolist(), rest.target.tolist()) == ([1], [4])


def test_layers_are_kept_apart_and_cut_by_window() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=10),
        flow(FlowKind.CREDIT_NOTE, "s", "b", 30, days_ago=5),
        flow(FlowKind.INVOICE, "s", "b", 500, days_ago=200),
        flow(FlowKind.PAYMENT, "s", "b", 80, days_ago=3),
        flow(FlowKind.RECEIPT, "s", "b", 90, days_ago=12),
        flow(FlowKind.RETURN, "s", "b", 20, days_ago=2),
        flow(FlowKind.DESPATCH, "s", "b", 95, days_ago=14),
        flow(FlowKind.DESPATCH, "b", "d", 60, days_ago=14),
    )
    assert snapshot.as_of == AS_OF

    def weights(layer: Layer, days: int) -> list[int]:
        return [int(w) for w in layer_graph(snapshot, layer=layer, days=days).weight]

    assert weights(Layer.INVOICE, 90) == [70]
    assert weights(Layer.INVOICE, 365) == [570]
    assert weights(Layer.CASH, 90) == [80]
    # b -> d is only seen leaving; s -> b counts what arrived and stayed.
    assert weights(Layer.GOODS, 90) == [60, 70]


def test_negative_and_zero_amounts_do_not_weigh() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "s", "b", -100, days_ago=1),
        flow(FlowKind.INVOICE, "s", "b", 0, days_ago=1),
    )
    assert len(layer_graph(snapshot, layer=Layer.INVOICE, days=90).weight) == 0


def test_an_empty_chain_is_an_empty_graph() -> None:
    graph = layer_graph(snapshot_of(), layer=Layer.GOODS, days=365)
    assert graph.size == 0
    assert graph.sales().tolist() == []
    assert np.array_equal(graph.without(mask(0)).source, graph.source)
