from pathlib import Path

import numpy as np
import pytest

from scf.benchmarks.chains import chain_draw
from scf.benchmarks.risk_parts import (
    cascades_part,
    chain_load,
    chain_save,
    measures_part,
    networkx_part,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    saved = tmp_path / "chain.npz"
    chain_save(saved, chain_draw(firms=201, edges=2_000, seed=3))
    return saved


def test_a_saved_chain_is_the_drawn_one(path: Path) -> None:
    drawn, loaded = chain_draw(firms=201, edges=2_000, seed=3), chain_load(path)
    assert loaded.size == drawn.size
    assert np.array_equal(loaded.source, drawn.source)
    assert np.array_equal(loaded.anchor, drawn.anchor)


def test_every_part_gives_figures(path: Path) -> None:
    own, other = measures_part(path), networkx_part(path)
    assert own["positions_seconds"] > 0
    assert own["trophic_residual"] <= 1e-6
    assert {"pagerank", "strong_components", "k_core"} <= set(own["steps"]) & set(other["steps"])
    cascades = cascades_part(path, sample=60, seed=1)
    assert cascades["esri_spearman"] > 0.99
    assert cascades["esri_largest_error"] <= cascades["esri_bound"] + 1e-6
