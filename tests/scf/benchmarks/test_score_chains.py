"""Simulated labelled chains: firms in slow distress and others, measured before the last day."""

from __future__ import annotations

import pytest

from scf.benchmarks import score_chains
from scf.benchmarks.score_chains import HEADER, chain_rows


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SUPPLIERS", 30), ("DISTRIBUTORS", 40), ("ORDER_LINES", 2_500)):
        monkeypatch.setattr(score_chains, name, value)


def test_some_firms_are_bad_and_most_are_not() -> None:
    rows = list(chain_rows(seed=5, number=2))
    assert {len(row) for row in rows} == {len(HEADER)}
    assert {row[0] for row in rows} == {"2024-05-16"}
    labels = [row[3] for row in rows]
    assert 0 < labels.count("1") < len(labels) / 2
