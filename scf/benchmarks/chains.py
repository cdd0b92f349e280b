"""A synthetic chain of any size: heavy-tailed trade in six tiers, an anchor in the middle.

No model of any real market: it has what makes graphs of firms hard to measure, a few firms
with thousands of partners, one giant component, goods that mostly run down the tiers and
sometimes back. Everything is drawn from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from risk.arrays import BoolArray
from risk.facts import IntArray

TIERS = (0.12, 0.20, 0.24, 0.20, 0.14, 0.10)
SECTORS = 30
BACKWARD = 0.005
SELLING_TAIL, BUYING_TAIL = 0.7, 0.6
ANCHOR = 0
ANCHOR_SHARE = 0.02  # of all edges: the anchor's own suppliers and buyers


@dataclass(frozen=True, slots=True, eq=False)
class DrawnChain:
    """Edges by supplier and buyer with a value in minor units, no pair twice; firm 0 is the
    anchor. `sector` numbers from 1."""

    size: int
    source: IntArray
    target: IntArray
    weight: IntArray
    sector: IntArray
    anchor: BoolArray


def chain_draw(*, firms: int, edges: int, seed: int) -> DrawnChain:
    """A chain with exactly that many firms and edges (fewer than half of all pairs)."""
    draw = np.random.Generator(np.random.PCG64(seed))
    others = firms - 1
    tier = draw.choice(len(TIERS), size=others, p=TIERS)
    own = min(int(edges * ANCHOR_SHARE), others // 2)
    partners = 1 + draw.permutation(others)[:own].astype(np.int64)
    upstream = tier[partners - 1] <= 2
    to_anchor = np.where(upstream, partners * firms, partners)
    codes = np.unique(np.concatenate((to_anchor, np.zeros(0, dtype=np.int64))))
    sells, buys = _heavy(draw, others, SELLING_TAIL), _heavy(draw, others, BUYING_TAIL)
    while len(codes) < edges:
        wanted = int((edges - len(codes)) * 1.5) + 1_000
        source = np.minimum(np.searchsorted(sells, draw.random(wanted)), others - 1)
        target = np.minimum(np.searchsorted(buys, draw.random(wanted)), others - 1)
        uphill = (tier[source] > tier[target]) | (
            (tier[source] == tier[target]) & (source > target)
        )
        turned = uphill & (draw.random(wanted) >= BACKWARD)
        seller = np.where(turned, target, source) + 1
        buyer = np.where(turned, source, target) + 1
        fresh = (seller * firms + buyer)[seller != buyer]
        codes = np.unique(np.concatenate((codes, fresh)))
    codes = codes[draw.permutation(len(codes))[:edges]]
    return DrawnChain(
        size=firms,
        source=codes // firms,
        target=codes % firms,
        weight=np.maximum(draw.lognormal(12.0, 2.0, edges), 1.0).astype(np.int64),
        sector=draw.integers(1, SECTORS + 1, firms),
        anchor=np.arange(firms) == ANCHOR,
    )


def _heavy(draw: np.random.Generator, size: int, tail: float) -> np.ndarray:
    """Cumulative chances of firms whose weights fall as a power of their rank."""
    weight = (np.arange(1, size + 1) ** -tail)[draw.permutation(size)]
    found: np.ndarray = np.cumsum(weight / weight.sum())
    return found
