from collections.abc import Callable
from typing import Any

import pytest

from scf.benchmarks import risk, risk_page
from scf.benchmarks.risk import lines_of, machine, missed, ratios, risk_measure

GOOD: dict[str, Any] = {
    "scale": "chain",
    "firms": 50_001,
    "edges": 1_060_000,
    "seed": 1,
    "positions": {
        "positions_seconds": 1.0,
        "positions_processor_seconds": 1.9,
        "peak_mb": 400,
        "steps": {"pagerank": 0.1, "strong_components": 0.01, "k_core": 0.02, "hhi": 0.01},
    },
    "networkx": {"steps": {"pagerank": 6.0, "strong_components": 0.6, "k_core": 2.0}},
    "cascades": {
        "esri_spearman": 0.9995,
        "steps": {"esri_pruned": 0.4, "debtrank": 0.2, "betweenness": 0.1},
    },
    "page": {"one_firm": {"p99_ms": 9.0}},
    "http": {"p99_ms": 40.0},
}


def found(**changed: Any) -> dict[str, Any]:
    whole = {**GOOD, **changed}
    return {**whole, "ratios": ratios(whole)}


def test_networkx_stands_beside_what_both_can_do() -> None:
    assert ratios(GOOD) == {"pagerank": 60.0, "strong_components": 60.0, "k_core": 100.0}


def test_targets_that_are_reached_are_not_told_and_those_missed_are() -> None:
    assert missed(found()) == []
    slow = {**GOOD["positions"], "positions_seconds": 3.5, "peak_mb": 600}
    told = missed(found(positions=slow, http={"p99_ms": 51.0}))
    assert told[:2] == ["positions seconds 3.5 > 3.0", "positions peak MB 600 > 500"]
    assert "one firm over http p99 ms 51.0 > 50.0" in told
    assert missed(found(http=None)) == []
    assert missed(found(cascades={**GOOD["cascades"], "esri_spearman": 0.99})) == [
        "ESRI Spearman 0.99 < 0.999"
    ]


def test_people_read_lines() -> None:
    whole = found()
    text = "\n".join(lines_of({**whole, "missed": ["it all"]}))
    assert "50,001 firms, 1,060,000 edges, seed 1" in text
    assert "60.0 times" in text
    assert "missed: it all" in text


def test_the_machine_says_what_it_is() -> None:
    own = machine()
    assert own["cores"] >= 1
    assert {"processor", "python", "numpy", "scipy", "numba"} <= set(own)


@pytest.mark.django_db
def test_a_scale_is_measured_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk, "SCALES", {"small": (201, 2_000), "million": (301, 3_000)})
    monkeypatch.setattr(risk, "ESRI_SAMPLE", {"small": 20})
    monkeypatch.setattr(risk_page, "FIRMS", 20)

    def here(job: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        return job()

    monkeypatch.setattr(risk, "_apart", here)
    whole = risk_measure(scale="small", seed=3)
    assert {"positions", "networkx", "cascades", "page", "ratios", "machine"} <= set(whole)
    many = risk_measure(scale="million", seed=3)
    assert "networkx" not in many
    assert many["firms"] == 301


def test_a_part_in_a_process_of_its_own() -> None:
    assert risk._apart(dict)["process_seconds"] > 0
