import json
from pathlib import Path
from time import monotonic
from typing import Any

import networkx as nx
import pytest

from risk.edge_measures import MEASURES, Asked, measure_edges
from risk.edges import edges_read

HEAD = "supplier,customer,weight\n"


def measured(tmp_path: Path, text: str, measure: str, **asked: Any) -> dict[str, Any]:
    path = tmp_path / "edges.csv"
    path.write_text(text)
    answer = measure_edges(edges_read(path), measure=measure, asked=Asked(**asked))
    json.dumps(answer)
    return answer


def codes(answer: dict[str, Any]) -> list[str]:
    return [found["code"] for found in answer["findings"]]


def test_concentration_of_buyers_or_suppliers(tmp_path: Path) -> None:
    text = HEAD + "a,x,30\na,y,10\nb,y,30\n"
    buyers = measured(tmp_path, text, "hhi")
    assert buyers["values"] == {"a": pytest.approx(0.625), "x": None, "y": None, "b": 1.0}
    suppliers = measured(tmp_path, text, "hhi", side="suppliers")
    assert suppliers["values"]["y"] == pytest.approx(0.625)
    assert suppliers["side"] == "suppliers"


def test_esri_names_its_variant_and_gives_both_ways(tmp_path: Path) -> None:
    answer = measured(tmp_path, HEAD + "a,b,1\nb,c,1\n", "esri")
    assert "Diem" in answer["variant"]
    assert answer["values"] == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert answer["down"] == {"a": 1.0, "b": 0.5, "c": 0.0}


def test_the_strictest_of_a_pairs_rows_decides_its_type(tmp_path: Path) -> None:
    text = "supplier,customer,weight,type\na,b,1,0\na,b,1,2\nb,c,1,0\n"
    assert measured(tmp_path, text, "esri")["down"]["a"] == 1.0


def test_a_large_chain_is_pruned_and_says_with_what_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("risk.edge_measures.EXACT_MOST", 1)
    answer = measured(tmp_path, HEAD + "a,b,1\nb,c,1\n", "esri")
    assert answer["kernel"] == "pruned"
    assert answer["values"]["a"] == pytest.approx(1.0)
    assert answer["bound"] >= 0


def test_cycles_without_days_are_all_of_three_to_six_firms(tmp_path: Path) -> None:
    text = HEAD + "a,b,1\nb,c,5\nc,a,9\nc,d,1\nd,a,1\na,c,2\nb,a,1\n"
    answer = measured(tmp_path, text, "cycles")
    graph: nx.DiGraph[str] = nx.DiGraph()
    for line in text.splitlines()[1:]:
        graph.add_edge(*line.split(",")[:2])
    oracle = {frozenset(ring) for ring in nx.simple_cycles(graph) if len(ring) >= 3}
    assert {frozenset(ring) for ring in answer["cycles"]} == oracle
    assert ["a", "b", "c"] in answer["cycles"]


def test_cycles_with_days_run_in_time(tmp_path: Path) -> None:
    head = "supplier,customer,weight,day\n"
    forward = measured(tmp_path, head + "a,b,1,1\nb,c,1,2\nc,a,1,3\n", "cycles")
    assert forward["cycles"] == [["a", "b", "c"]]
    backward = measured(tmp_path, head + "a,b,1,3\nb,c,1,2\nc,a,1,1\n", "cycles")
    assert backward["cycles"] == []
    slow = head + "a,b,1,1\nb,c,1,2\nc,a,1,90\n"
    assert measured(tmp_path, slow, "cycles")["cycles"] == []
    assert len(measured(tmp_path, slow, "cycles", span_days=120)["cycles"]) == 1


def test_a_cycle_explosion_stops_at_its_budget_and_says_so(tmp_path: Path) -> None:
    firms = range(60)
    text = HEAD + "".join(f"{a},{b},1\n" for a in firms for b in firms if a != b)
    began = monotonic()
    answer = measured(tmp_path, text, "cycles", steps=50_000)
    assert monotonic() - began < 20
    assert codes(answer) == ["search_stopped"]
    assert answer["steps"] == 50_000


def test_goods_that_go_round_are_told(tmp_path: Path) -> None:
    answer = measured(tmp_path, HEAD + "a,b,1\nb,a,1\nc,d,1\n", "upstreamness")
    assert answer["values"] == {"a": None, "b": None, "c": 2.0, "d": 1.0}
    assert codes(answer) == ["endless"]


def test_components_and_the_bow_tie(tmp_path: Path) -> None:
    text = HEAD + "in,a,1\na,b,1\nb,a,1\nb,out,1\n"
    answer = measured(tmp_path, text, "scc")
    assert answer["components"] == [["a", "b"]]
    assert answer["values"]["a"] == answer["values"]["b"] == 0
    words = measured(tmp_path, text, "bowtie")["values"]
    assert words == {"in": "in", "a": "core", "b": "core", "out": "out"}


@pytest.mark.parametrize("measure", sorted(MEASURES))
@pytest.mark.parametrize("rows", ["", "a,a,1\n", "a,b,0\n", "a,b,-1\n", "a,b,5\n"])
def test_every_measure_answers_every_small_graph(tmp_path: Path, measure: str, rows: str) -> None:
    answer = measured(tmp_path, HEAD + rows, measure)
    assert answer["variant"]
    assert ("empty" in codes(answer)) == (rows != "a,b,5\n")


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_a_firm_with_thirty_thousand_buyers_is_bounded(tmp_path: Path, measure: str) -> None:
    text = HEAD + "s,hub,1\n" + "".join(f"hub,d{n},{n % 97 + 1}\n" for n in range(30_000))
    began = monotonic()
    answer = measured(tmp_path, text, measure)
    assert monotonic() - began < 60
    assert answer["firms"] == 30_002
