import numpy as np

from risk.chain.graph import graph_from_edges
from scf.benchmarks.chains import SECTORS, chain_draw


def test_exactly_what_was_asked_for_and_the_same_from_the_same_seed() -> None:
    chain, again = (chain_draw(firms=801, edges=9_000, seed=3) for _ in range(2))
    assert len(np.unique(chain.source * chain.size + chain.target)) == 9_000
    assert (chain.source != chain.target).all()
    assert int(max(chain.source.max(), chain.target.max())) < chain.size
    assert chain.weight.min() >= 1
    assert (chain.sector.min(), chain.sector.max()) == (1, SECTORS)
    for name in ("source", "target", "weight", "sector"):
        assert np.array_equal(getattr(chain, name), getattr(again, name))
    assert not np.array_equal(chain.source, chain_draw(firms=801, edges=9_000, seed=4).source)


def test_trade_is_heavy_tailed_and_the_anchor_has_partners_on_both_sides() -> None:
    chain = chain_draw(firms=2_001, edges=30_000, seed=5)
    graph = graph_from_edges(
        size=chain.size, source=chain.source, target=chain.target, weight=chain.weight
    )
    degree = np.sort(np.bincount(chain.source, minlength=chain.size))
    assert degree[-20:].sum() > 10 * degree[:1_000].mean() * 20
    assert chain.anchor.tolist().index(True) == 0
    assert graph.sales()[0] > 0
    assert graph.purchases()[0] > 0
