"""One measure of an edge list as plain data, for whoever checks us against published results.

Every answer names its variant, so that a difference can be traced to a definition, and has
bounded time: cascades of large graphs are pruned, betweenness is sampled, the search for
cycles has a step budget, and each says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import numpy as np

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.chain import concentration, structure
from risk.chain.betweenness import betweenness
from risk.chain.cycles import SHORTEST, CycleBounds, Event, cycles_search
from risk.chain.debtrank import VARIANT as DEBTRANK_VARIANT
from risk.chain.debtrank import debt_rank
from risk.chain.esri import VARIANT as ESRI_VARIANT
from risk.chain.esri import Esri, PrunedEsri, esri_exact, esri_pruned
from risk.chain.graph import Graph, graph_from_edges
from risk.chain.production import NEGLIGIBLE, production_of
from risk.chain.trophic import trophic_levels
from risk.chain.upstreamness import upstreamness
from risk.edges import EdgeTable
from risk.facts import MISSING, IntArray

EXACT_MOST: Final = 400_000_000  # firms x edges that an unpruned cascade of all firms may cost
SIDES: Final = ("buyers", "suppliers")
LONGEST: Final = 6
SPAN_DAYS: Final = 30
STEPS: Final = 500_000


@dataclass(frozen=True, slots=True)
class Asked:
    """`side` of concentration; `span_days` and `steps` bound the search for cycles."""

    side: str = "buyers"
    span_days: int = SPAN_DAYS
    steps: int = STEPS


def measure_edges(table: EdgeTable, *, measure: str, asked: Asked) -> dict[str, Any]:
    """The answer: `measure`, `variant`, counts, findings, and `values` by firm (or `cycles`).

    A firm to which the measure does not apply has None. Raises KeyError for a measure that
    is not in `MEASURES`.
    """
    graph = graph_from_edges(
        size=len(table.names), source=table.source, target=table.target, weight=table.weight
    )
    findings = [
        {"code": found.code, "count": found.count, "lines": list(found.lines), "text": found.text}
        for found in table.findings
    ]
    answer = MEASURES[measure](table, graph, asked)
    findings += answer.pop("findings", [])
    return {
        "measure": measure,
        **answer,
        "firms": len(table.names),
        "edges": len(graph.source),
        "findings": findings,
    }


def _esri(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    apart = table.sector.max(initial=0) + 1 + np.arange(graph.size)
    sector = np.where(table.sector > 0, table.sector, apart)
    chain = production_of(graph, sector=sector, kind=_kinds(table, graph))
    told: dict[str, Any] = {"variant": ESRI_VARIANT, "kernel": "unpruned"}
    found: Esri | PrunedEsri | None = None
    if graph.size * len(graph.source) <= EXACT_MOST:
        exact = esri_exact(chain)
        found = exact if exact.settled else None
    if found is None:
        # Too large, or going round too long: small losses are estimated, within a bound.
        found = esri_pruned(chain)
        told |= {"kernel": "pruned", "epsilon": found.epsilon, "bound": found.bound}
    return told | {
        "values": _by_firm(table, found.combined),
        "down": _by_firm(table, found.down),
        "up": _by_firm(table, found.up),
    }


def _kinds(table: EdgeTable, graph: Graph) -> IntArray:
    """The type of each pair: the strictest of its rows."""
    codes = graph.source * graph.size + graph.target
    kind = np.full(len(codes), NEGLIGIBLE, dtype=np.int64)
    place = np.searchsorted(codes, table.source * graph.size + table.target)
    np.maximum.at(kind, place, table.kind)
    return kind


def _debtrank(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    found = debt_rank(graph)
    told = {"variant": DEBTRANK_VARIANT, "epsilon": found.epsilon}
    return told | {"values": _by_firm(table, found.value)}


def _trophic(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    found = trophic_levels(graph)
    told = {
        "variant": "MacKay, Johnson, Sansom 2020; lowest level of each weak component 0",
        "residual": found.residual,
    }
    return told | {"values": _by_firm(table, found.level)}


def _upstreamness(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    found = upstreamness(graph)
    endless = np.isnan(found.level) & (graph.sales() > 0)
    findings = (
        [_finding("endless", "goods that go round have no final user", int(endless.sum()))]
        if endless.any()
        else []
    )
    return {
        "variant": "Antràs et al. 2012; who sells to nobody sells to final users",
        "values": _by_firm(table, found.level),
        "findings": findings,
    }


def _hhi(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    of = concentration.buyer_hhi if asked.side == "buyers" else concentration.supplier_hhi
    told = {"variant": "Herfindahl-Hirschman, shares squared, 1/n to 1", "side": asked.side}
    return told | {"values": _by_firm(table, of(graph))}


def _pagerank(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    variant = "weighted, damping 0.85, dangling rank spread evenly, sums to 1"
    return {"variant": variant, "values": _by_firm(table, structure.page_rank(graph))}


def _kcore(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    cores = structure.core_number(graph).tolist()
    values = dict(zip(table.names, cores, strict=True))
    return {"variant": "Batagelj, Zaversnik 2003; directions left out", "values": values}


def _scc(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    labels = structure.strong_components(graph).tolist()
    members: dict[int, list[str]] = {}
    for name, label in zip(table.names, labels, strict=True):
        members.setdefault(label, []).append(name)
    ordered = sorted(members.values(), key=lambda names: (-len(names), names))
    values = {name: number for number, names in enumerate(ordered) for name in names}
    return {
        "variant": "strongly connected components, the largest first",
        "values": values,
        "components": [sorted(names) for names in ordered if len(names) > 1],
    }


def _bowtie(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    parts = structure.bow_tie(graph, anchor=np.zeros(graph.size, dtype=bool)).tolist()
    values = {name: structure.BOW_TIE[part] for name, part in zip(table.names, parts, strict=True)}
    return {"variant": "core: the largest strong component of two or more", "values": values}


def _betweenness(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    found = betweenness(graph)
    return {
        "variant": "Brandes 2001 from sampled starts (Brandes, Pich 2007), directed, every step "
        "counts one, share of ordered pairs",
        "starts": found.pivots,
        "seed": found.seed,
        "values": _by_firm(table, found.value),
        "standard_error": _by_firm(table, found.error),
    }


def _cycles(table: EdgeTable, graph: Graph, asked: Asked) -> dict[str, Any]:
    bounds = CycleBounds(
        longest=LONGEST, span_days=asked.span_days, band_ppm=PPM, steps=asked.steps
    )
    found = cycles_search(list(_events(table, graph)), bounds=bounds)
    rings = dict.fromkeys(tuple(event.source for event in cycle) for cycle in found.cycles)
    findings = (
        [_finding("search_stopped", "the step budget was spent: there may be more cycles")]
        if found.exhausted
        else []
    )
    ordered = "in time order" if table.has_days else "no days given: any order"
    return {
        "variant": f"simple cycles of {SHORTEST} to {LONGEST} firms, {ordered}",
        "span_days": asked.span_days if table.has_days else None,
        "cycles": [[table.names[firm] for firm in ring] for ring in rings],
        "steps": min(found.steps, asked.steps),
        "findings": findings,
    }


def _events(table: EdgeTable, graph: Graph) -> Iterable[Event]:
    """Rows inside a strong component; without days each pair once, all on one day."""
    labels = structure.strong_components(graph)
    source, target, weight = (
        (table.source, table.target, table.weight)
        if table.has_days
        else (graph.source, graph.target, graph.weight)
    )
    day = table.day if table.has_days else np.zeros(len(source), dtype=np.int64)
    rows = np.flatnonzero((labels[source] == labels[target]) & (day != MISSING)).tolist()
    for row in rows:
        yield Event(int(day[row]), int(source[row]), int(target[row]), int(weight[row]), row)


def _by_firm(table: EdgeTable, values: FloatArray) -> dict[str, float | None]:
    found = [None if isnan(value) else value for value in values.tolist()]
    return dict(zip(table.names, found, strict=True))


def _finding(code: str, text: str, count: int = 1) -> dict[str, Any]:
    return {"code": code, "count": count, "lines": [], "text": text}


MEASURES: Final[dict[str, Callable[[EdgeTable, Graph, Asked], dict[str, Any]]]] = {
    "esri": _esri,
    "debtrank": _debtrank,
    "trophic": _trophic,
    "upstreamness": _upstreamness,
    "hhi": _hhi,
    "pagerank": _pagerank,
    "kcore": _kcore,
    "scc": _scc,
    "bowtie": _bowtie,
    "betweenness": _betweenness,
    "cycles": _cycles,
}
