"""Every position measure of every firm, with the anchor and without it, beside its peers.

The anchor's many entities count as one firm: concentration on them is concentration on
one. Figures are whole numbers: shares and gaps in ppm, levels in millionths, hops and
k-core as counts, PageRank in ppm of an average firm's (1,000,000 is average), cascades and
betweenness in millionths with their error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray
from risk.chain import concentration, structure
from risk.chain.betweenness import betweenness
from risk.chain.debtrank import debt_rank
from risk.chain.esri import esri_pruned
from risk.chain.graph import Graph
from risk.chain.peers import PeerGroup, Standing, standing
from risk.chain.production import production_from_sectors
from risk.chain.together import all_of
from risk.chain.trophic import trophic_levels
from risk.chain.upstreamness import upstreamness
from risk.facts import IntArray

Measure = Callable[[Graph, BoolArray], FloatArray]
Figures = tuple[FloatArray, FloatArray]  # values and how far each may be off


def _level(graph: Graph, anchor: BoolArray) -> FloatArray:
    return trophic_levels(graph).level


def _relative_rank(graph: Graph, anchor: BoolArray) -> FloatArray:
    trading = (graph.sales() + graph.purchases()) > 0
    return np.where(trading, structure.page_rank(graph) * graph.size, np.nan)


def _core(graph: Graph, anchor: BoolArray) -> FloatArray:
    number = structure.core_number(graph)
    return np.where(number > 0, number, np.nan)


def _known(values: FloatArray, graph: Graph) -> FloatArray:
    """No figure for firms that trade with nobody in this graph."""
    return np.where((graph.sales() + graph.purchases()) > 0, values, np.nan)


def _between(graph: Graph, sector: IntArray) -> dict[str, Figures]:
    found = betweenness(graph)
    return {"betweenness": (_known(found.value, graph), found.error)}


def _cascade(graph: Graph, sector: IntArray) -> dict[str, Figures]:
    found = esri_pruned(production_from_sectors(graph, sector=sector))
    figures = {"esri_down": found.down, "esri_up": found.up, "esri": found.combined}
    return {code: (_known(values, graph), found.waiting) for code, values in figures.items()}


def _debt(graph: Graph, sector: IntArray) -> dict[str, Figures]:
    found = debt_rank(graph)
    return {"debtrank": (_known(found.value, graph), np.full(graph.size, found.epsilon))}


def _reached(hops: IntArray) -> FloatArray:
    return np.where(hops < 0, np.nan, hops)


# code -> (unit, measure); the order is the order of the page.
MEASURES: Final[Mapping[str, tuple[str, Measure]]] = {
    "anchor_share": ("ppm", lambda g, a: concentration.share_sold_to(g, group=a)),
    "buyer_hhi": ("ppm", lambda g, a: concentration.buyer_hhi(g)),
    "supplier_hhi": ("ppm", lambda g, a: concentration.supplier_hhi(g)),
    "dependency": ("ppm", lambda g, a: concentration.dependency(g)),
    "bargaining_gap": ("ppm", lambda g, a: concentration.bargaining_gap(g)),
    "hops_to_anchor": ("count", lambda g, a: _reached(structure.hops_to(g, goal=a))),
    "hops_from_anchor": ("count", lambda g, a: _reached(structure.hops_from(g, start=a))),
    "trophic_level": ("micro", _level),
    "upstreamness": ("micro", lambda g, a: upstreamness(g).level),
    "pagerank": ("ppm", _relative_rank),
    "k_core": ("count", _core),
}
# Measured together, each with its error; after the others on the page.
ESTIMATES: Final[tuple[Callable[[Graph, IntArray], dict[str, Figures]], ...]] = (
    _between,
    _cascade,
    _debt,
)
ROUNDED: Final = 9  # decimals that decide between peers: sums differ beyond them by their order
ESTIMATED: Final = ("betweenness", "esri_down", "esri_up", "esri", "debtrank")
# Without the anchor there is no share sold to it and no way to it.
NEEDS_ANCHOR: Final = frozenset({"anchor_share", "hops_to_anchor", "hops_from_anchor"})


@dataclass(frozen=True, slots=True, eq=False)
class MeasureColumn:
    """One measure for all firms: NaN where it does not apply.

    `error` is how far a sampled or pruned figure may be off (None: computed in full).
    """

    code: str
    unit: str
    values: FloatArray
    values_without: FloatArray
    standing: Standing
    error: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The measures and each firm's part in the bow-tie, with and without the anchor."""

    columns: tuple[MeasureColumn, ...]
    bow_tie: IntArray
    bow_tie_without: IntArray
    trophic_residual: float


def positions_measure(
    graph: Graph,
    *,
    anchor: BoolArray,
    groups: tuple[PeerGroup, ...],
    sector: IntArray | None = None,
) -> Positions:
    """Measure a chain. The anchor's entities share the figures of the merged firm.

    `sector` numbers each firm's sector from 1, 0 where it is not known.
    """
    known = np.zeros(graph.size, dtype=np.int64) if sector is None else sector
    base = positions_base(graph, anchor=anchor, groups=groups)
    whole, rest = graph.merged(anchor), graph.without(anchor)
    return replace(base, columns=(*base.columns, *_estimated(whole, rest, anchor, known, groups)))


def positions_base(graph: Graph, *, anchor: BoolArray, groups: tuple[PeerGroup, ...]) -> Positions:
    """The measures of `MEASURES` alone, without the sampled and pruned ones."""
    whole, rest = graph.merged(anchor), graph.without(anchor)
    first = anchor & (np.cumsum(anchor) == 1)
    missing = np.full(graph.size, np.nan)

    def column(code: str, unit: str, measure: Measure) -> MeasureColumn:
        values = _shared(measure(whole, first), anchor)
        without = missing if code in NEEDS_ANCHOR else measure(rest, first)
        return MeasureColumn(code, unit, values, without, standing(values, groups=groups))

    jobs = {code: partial(column, code, *how) for code, how in MEASURES.items()}
    columns = all_of(jobs, edges=len(graph.weight))
    return Positions(
        columns=tuple(columns.values()),
        bow_tie=structure.bow_tie(whole, anchor=first),
        bow_tie_without=structure.bow_tie(rest, anchor=np.zeros_like(anchor)),
        trophic_residual=trophic_levels(whole).residual,
    )


def _estimated(
    whole: Graph,
    rest: Graph,
    anchor: BoolArray,
    sector: IntArray,
    groups: tuple[PeerGroup, ...],
) -> list[MeasureColumn]:
    jobs = {
        (estimate, part): partial(estimate, graph, sector)
        for estimate in ESTIMATES
        for part, graph in (("whole", whole), ("rest", rest))
    }
    measured = all_of(jobs, edges=len(whole.weight))
    columns = []
    for estimate in ESTIMATES:
        found, without = measured[estimate, "whole"], measured[estimate, "rest"]
        for code, (values, error) in found.items():
            shared, off = _shared(values, anchor), _shared(error, anchor)
            place = standing(np.round(shared, ROUNDED), groups=groups)
            columns.append(MeasureColumn(code, "micro", shared, without[code][0], place, off))
    return columns


def scaled(value: float, unit: str) -> int | None:
    """A measure as the whole number a report holds; None for no figure."""
    if np.isnan(value):
        return None
    return round(value) if unit == "count" else round(value * PPM)


def _shared(values: FloatArray, anchor: BoolArray) -> FloatArray:
    if not anchor.any():
        return values
    return np.where(anchor, values[np.flatnonzero(anchor)[0]], values)
