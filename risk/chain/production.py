"""A chain as production: what each firm can still make when inputs or customers fall away.

Generalised Leontief (Diem, Borsos, Reisch, Kertész, Thurner 2022): inputs are pooled by the
supplier's sector. An essential sector limits output in proportion (Leontief), the others
take away their share of all inputs (linear), negligible ones nothing. Edges carry the type:
2 essential, 1 not essential, 0 negligible.
"""

from typing import Final, NamedTuple

import numpy as np

from risk.arrays import FloatArray, ratio, sums
from risk.chain.graph import Graph
from risk.facts import IntArray

ESSENTIAL: Final = 2
LINEAR: Final = 1
NEGLIGIBLE: Final = 0
NO_SLOT: Final = -1


class Production(NamedTuple):
    """Plain arrays for the kernels (compiled code takes named tuples, not dataclasses).

    `out_start`/`buyer` list each firm's buyers, `in_start`/`supplier` its suppliers.
    `down_share` is the part of the buyer's output that hangs on the edge (within its input
    sector where essential, of all inputs where linear), `up_share` the part of the
    supplier's sales, in order of the buyers' lists. `slot` numbers a buyer's essential
    input sectors. `value` is each firm's share of all sales, `supply` its sales.
    """

    size: int
    out_start: IntArray
    buyer: IntArray
    down_share: FloatArray
    slot: IntArray
    slots: int
    in_start: IntArray
    supplier: IntArray
    up_share: FloatArray
    sector: IntArray
    sectors: int
    supply: FloatArray
    value: FloatArray


def production_of(graph: Graph, *, sector: IntArray, kind: IntArray) -> Production:
    """Prepare a graph; `sector` has an entry a firm (numbers from 0), `kind` one an edge."""
    size = graph.size
    weight = graph.weight.astype(np.float64)
    supply = graph.sales().astype(np.float64)
    essential = kind == ESSENTIAL
    sectors = int(sector.max()) + 1 if size else 0
    slot = np.full(len(weight), NO_SLOT, dtype=np.int64)
    pairs = graph.target[essential] * max(sectors, 1) + sector[graph.source[essential]]
    known, slot[essential] = np.unique(pairs, return_inverse=True)
    pooled = sums(slot[essential], weight[essential], len(known))
    bought = graph.purchases().astype(np.float64)
    down = np.where(kind == LINEAR, weight / bought[graph.target], 0.0)
    down[essential] = weight[essential] / pooled[slot[essential]]
    order = np.lexsort((graph.source, graph.target))
    steps = np.arange(size + 1)
    return Production(
        size=size,
        out_start=np.searchsorted(graph.source, steps).astype(np.int64),
        buyer=graph.target.astype(np.int64),
        down_share=down,
        slot=slot,
        slots=len(known),
        in_start=np.searchsorted(graph.target[order], steps).astype(np.int64),
        supplier=graph.source[order].astype(np.int64),
        up_share=(weight / supply[graph.source])[order],
        sector=sector.astype(np.int64),
        sectors=sectors,
        supply=supply,
        value=ratio(supply, np.full(size, supply.sum()), otherwise=0.0),
    )


def production_from_sectors(graph: Graph, *, sector: IntArray) -> Production:
    """Where documents do not say what a factory can do without: inputs of a known sector are
    essential; a firm of an unknown one (0) is a market of its own that nobody replaces, and
    its goods are not taken for essential."""
    kind = np.where(sector[graph.source] > 0, ESSENTIAL, LINEAR)
    apart = sector.max(initial=0) + 1 + np.arange(graph.size)
    return production_of(graph, sector=np.where(sector > 0, sector, apart), kind=kind)
