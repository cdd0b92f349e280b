"""Simulated labelled chains: the same by seed, with firms that fail and firms that do not."""

from __future__ import annotations

import pytest

from scf.benchmarks import score_chains
from scf.benchmarks.score_chains import HEADER, chain_rows


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_chains, "ORDERS", 12_000)


def test_the_same_seed_gives_the_same_rows() -> None:
    first = list(chain_rows(seed=5, number=2))
    assert first == list(chain_rows(seed=5, number=2))
    assert first != list(chain_rows(seed=6, number=2))
    assert {len(row) for row in first} == {len(HEADER)}
    assert {row[0] for row in first} == {"2023-05-31"}


def test_some_firms_fail_soon_and_most_do_not() -> None:
    labels = [row[3] for row in chain_rows(seed=5, number=2)]
    assert 0.03 < labels.count("1") / len(labels) < 0.3
