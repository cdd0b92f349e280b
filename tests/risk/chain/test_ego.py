from risk.chain.ego import ego_graph
from tests.risk.chain.graphs import graph_of


def test_the_largest_are_shown_and_the_rest_is_one_node_with_its_total() -> None:
    suppliers = [(n, 20, 100 - n) for n in range(10)]
    buyers = [(20, n, 500) for n in range(21, 24)]
    ego = ego_graph(graph_of([*suppliers, *buyers]), position=20)
    shown = [node for node in ego.nodes if node.side == "supplier"]
    assert [node.position for node in shown] == [0, 1, 2, 3, 4, 5, 6, 7, None]
    assert (shown[-1].total_minor, shown[-1].count) == (92 + 91, 2)
    assert [n.position for n in ego.nodes if n.side == "buyer"] == [21, 22, 23]
    assert (ego.suppliers, ego.buyers) == (10, 3)
    assert (ego.total_in_minor, ego.total_out_minor) == (955, 1500)


def test_a_firm_with_thirty_thousand_buyers_fits_on_the_page() -> None:
    ego = ego_graph(graph_of([(0, n, 10) for n in range(1, 30_001)]), position=0)
    assert len(ego.nodes) == 8
    assert ego.nodes[-1].count == 30_000 - 7
    assert sum(node.total_minor for node in ego.nodes) == ego.total_out_minor == 300_000


def test_a_firm_alone() -> None:
    ego = ego_graph(graph_of([(0, 1, 5)], size=3), position=2)
    assert ego.nodes == ()
    assert ego.total_in_minor == ego.total_out_minor == 0
