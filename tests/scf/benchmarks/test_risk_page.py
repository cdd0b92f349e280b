from pathlib import Path

import pytest

from scf.benchmarks import risk_page
from scf.benchmarks.chains import chain_draw
from scf.benchmarks.risk_page import latency, page_part, snapshot_of
from scf.benchmarks.risk_parts import chain_save


def test_every_edge_becomes_an_invoice_of_the_year() -> None:
    chain = chain_draw(firms=101, edges=600, seed=3)
    snapshot = snapshot_of(chain)
    assert len(snapshot.flows) == 600
    assert len(snapshot.parties) == 101
    assert int(snapshot.flows.amount_minor.sum()) == int(chain.weight.sum())


def test_many_firms_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk_page, "FIRMS", 20)
    path = tmp_path / "chain.npz"
    chain_save(path, chain_draw(firms=101, edges=600, seed=3))
    found = page_part(path, seed=1)
    assert found["one_firm"]["firms"] == 20 + risk_page.LARGEST
    assert 0 < found["one_firm"]["p50_ms"] <= found["one_firm"]["p99_ms"]


def test_latency_counts_every_look() -> None:
    seen: list[int] = []
    assert latency(seen.append, [3, 1, 2])["firms"] == 3
    assert seen == [3, 1, 2]
