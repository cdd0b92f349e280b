"""The detection benchmark runs from simulated files to figures, and says what it read."""

from pathlib import Path

from risk.analysis import chain_analyse
from risk.facts import FlowKind
from risk.findings import Severity
from risk.policy import Policy
from scf.benchmarks.detect import (
    DEVELOPMENT_SEEDS,
    HELD_OUT_SEEDS,
    alarms_of,
    chain_seeds,
    detect_measure,
    published_figures,
    table_lines,
)
from scf.simulator.frauds.values import FRAUD_KINDS
from tests.risk.facts_made import flow, snapshot_of


def test_a_small_chain_gives_figures_for_every_kind() -> None:
    measured = detect_measure(seeds=(5,), suppliers=40, distributors=20, order_lines=400, cases=1)
    kinds = measured["kinds"]
    assert isinstance(kinds, dict)
    assert set(kinds) == set(FRAUD_KINDS)
    assert all(data["found"] <= data["cases"] <= 1 for data in kinds.values())
    assert kinds["rings"]["cases"] == 1
    lines = list(table_lines(measured))
    assert len(lines) == 2 * (1 + len(FRAUD_KINDS))
    assert list(table_lines({"rows": 3})) == []


def test_a_ring_is_one_alarm_for_all_its_firms() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "a", "b", 1_000_000, days_ago=30),
        flow(FlowKind.INVOICE, "b", "c", 1_000_000, days_ago=25),
        flow(FlowKind.INVOICE, "c", "a", 1_000_000, days_ago=20),
    )
    analysis = chain_analyse(snapshot, policy=Policy())
    rings = {a.parties for a in alarms_of(analysis, least=Severity.WARN) if a.kind == "rings"}
    assert rings == {frozenset({"a", "b", "c"})}


def test_seeds_to_work_with_are_not_those_to_judge_by(tmp_path: Path) -> None:
    assert not set(DEVELOPMENT_SEEDS) & set(HELD_OUT_SEEDS)
    assert chain_seeds(first=None) == HELD_OUT_SEEDS
    assert chain_seeds(first=7) == (7, 8, 9, 10, 11)
    found = published_figures(data=tmp_path)
    assert found == {"ibm_receivables": "no data", "amlsim": "no data", "p2p": "no data"}
