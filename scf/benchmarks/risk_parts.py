"""What bin/bench risk measures of one drawn chain, each part to be run in a process of its own.

Every function takes the path of a saved chain and returns plain figures. Totals are seconds
by the clock; `steps`, and what is called so, are seconds of processor, which a busy machine
does not lengthen; memory is in megabytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from scipy.stats import spearmanr

from risk.arrays import FloatArray
from risk.chain import structure
from risk.chain.betweenness import betweenness
from risk.chain.concentration import buyer_hhi, supplier_hhi
from risk.chain.cycles import CycleBounds, cycles_find
from risk.chain.debtrank import debt_rank
from risk.chain.esri import esri_exact, esri_pruned
from risk.chain.graph import Graph, graph_from_edges
from risk.chain.peers import PeerGroup, peer_groups
from risk.chain.position import MEASURES, positions_base
from risk.chain.production import Production, production_from_sectors
from risk.chain.trophic import trophic_levels
from risk.chain.upstreamness import upstreamness
from risk.facts import PartyFact
from risk.policy import DEFAULT_POLICY
from scf.benchmarks.chains import DrawnChain, chain_draw

Figures = dict[str, Any]
Found = TypeVar("Found")
DAYS = 365
RUNS = 3  # of which the middle one counts
WARM = {"firms": 300, "edges": 25_000}  # more than the side-by-side threshold


def chain_save(path: Path, chain: DrawnChain) -> None:
    """Keep a drawn chain for the processes that measure it."""
    columns: dict[str, Any] = asdict(chain)
    np.savez(path, **columns)


def chain_load(path: Path) -> DrawnChain:
    with np.load(path) as saved:
        found = {name: saved[name] for name in saved.files}
    return DrawnChain(**{**found, "size": int(found["size"])})


def measures_part(path: Path) -> Figures:
    """Build, the single measures, and all position measures of all firms with and without
    the anchor beside their peers. Compiled code is loaded first and not counted."""
    _all_positions(chain_draw(**WARM, seed=1))
    chain = chain_load(path)
    before = _peak_mb()
    wall, processor = time.perf_counter(), time.process_time()
    _all_positions(chain)
    total = {
        "positions_seconds": _since(wall),
        "positions_processor_seconds": round(time.process_time() - processor, 3),
        "peak_mb": _peak_mb(),
        "before_mb": before,
    }
    runs = [_steps(chain) for _ in range(RUNS)]
    steps = {name: round(median(run[name] for run in runs), 4) for name in runs[0]}
    graph = _graph(chain)
    return {
        **total,
        "steps": steps,
        "measures": len(MEASURES),
        "largest_strong_component": int(np.bincount(structure.strong_components(graph)).max()),
        "trophic_residual": trophic_levels(graph).residual,
    }


def _steps(chain: DrawnChain) -> dict[str, float]:
    """The single measures of a graph built afresh, so that none finds another's work done."""
    steps: Figures = {}
    _timed(steps, "build", lambda: _graph(chain))
    measures: dict[str, Callable[[Graph], object]] = {
        "pagerank": structure.page_rank,
        "strong_components": structure.strong_components,
        "k_core": structure.core_number,
        "bow_tie": lambda graph: structure.bow_tie(graph, anchor=chain.anchor),
        "hhi": lambda graph: (buyer_hhi(graph), supplier_hhi(graph)),
        "hops": lambda graph: structure.hops_to(graph, goal=chain.anchor),
        "trophic": trophic_levels,
        "upstreamness": upstreamness,
    }
    for name, measure in measures.items():
        _timed(steps, name, partial(measure, _graph(chain)))
    return steps


def cascades_part(path: Path, *, sample: int, seed: int) -> Figures:
    """Pruned ESRI, DebtRank, sampled betweenness and time-ordered cycles; and how well the
    pruned ranks agree with cascades followed to rest, on `sample` firms spread over them."""
    chain_small = chain_draw(**WARM, seed=1)
    small = _graph(chain_small)
    for warm in (betweenness, debt_rank):
        warm(small)
    esri_pruned(production_from_sectors(small, sector=chain_small.sector))
    chain = chain_load(path)
    graph = _graph(chain)
    steps: Figures = {}
    production = _timed(
        steps, "esri_prepare", lambda: production_from_sectors(graph, sector=chain.sector)
    )
    pruned = _timed(steps, "esri_pruned", lambda: esri_pruned(production))
    _timed(steps, "debtrank", lambda: debt_rank(graph))
    _timed(steps, "betweenness", lambda: betweenness(graph))
    cycles = _timed(steps, "cycles", lambda: _cycles(chain, seed))
    compared = _compared(production, pruned.combined, sample)
    return {
        "steps": steps,
        "peak_mb": _peak_mb(),
        "cycles_found": len(cycles.events),
        "cycles_budget_spent": cycles.exhausted,
        "esri_epsilon": pruned.epsilon,
        "esri_bound": pruned.bound,
        **compared,
    }


def networkx_part(path: Path) -> Figures:
    """The same questions put to networkx, to the same precision."""
    chain = chain_load(path)
    steps: Figures = {}
    edges = list(
        zip(chain.source.tolist(), chain.target.tolist(), chain.weight.tolist(), strict=True)
    )

    def build() -> nx.DiGraph[int]:
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(chain.size))
        graph.add_weighted_edges_from(edges)
        return graph

    graph = _timed(steps, "build", build)
    # networkx multiplies its tolerance by the number of firms.
    _timed(
        steps,
        "pagerank",
        lambda: nx.pagerank(
            graph,
            alpha=structure.DAMPING,
            tol=structure.RANK_TOLERANCE / chain.size,
            max_iter=structure.RANK_STEPS,
        ),
    )
    _timed(steps, "strong_components", lambda: list(nx.strongly_connected_components(graph)))
    plain = graph.to_undirected()
    _timed(steps, "k_core", lambda: nx.core_number(plain))
    backwards = graph.reverse(copy=False)
    _timed(steps, "hops", lambda: nx.single_source_shortest_path_length(backwards, 0))
    return {"steps": steps, "peak_mb": _peak_mb(), "version": nx.__version__}


def _all_positions(chain: DrawnChain) -> None:
    positions_base(_graph(chain), anchor=chain.anchor, groups=_groups(chain))


def _graph(chain: DrawnChain) -> Graph:
    return graph_from_edges(
        size=chain.size, source=chain.source, target=chain.target, weight=chain.weight
    )


def _groups(chain: DrawnChain) -> tuple[PeerGroup, ...]:
    parties = [
        PartyFact(ref="", name="", roles=("supplier",), sector=f"s{sector}")
        for sector in chain.sector.tolist()
    ]
    return peer_groups(parties, least=DEFAULT_POLICY.peers_least)


def _cycles(chain: DrawnChain, seed: int) -> Any:
    """Every edge one invoice on a day of the year, within the policy's budget of steps."""
    checks = DEFAULT_POLICY.checks
    draw = np.random.Generator(np.random.PCG64(seed))
    day = np.sort(draw.integers(0, DAYS, len(chain.source)))
    return cycles_find(
        day=day,
        source=chain.source,
        target=chain.target,
        amount_minor=chain.weight,
        bounds=CycleBounds(
            longest=checks.cycle_longest,
            span_days=checks.cycle_span_days,
            band_ppm=checks.cycle_band_ppm,
            steps=checks.cycle_steps,
        ),
    )


def _compared(production: Production, combined: FloatArray, sample: int) -> Figures:
    ranked = np.argsort(combined, kind="stable")
    firms = ranked[np.linspace(0, len(ranked) - 1, min(sample, len(ranked))).astype(int)]
    started = time.perf_counter()
    exact = esri_exact(production, firms=firms.tolist()).combined
    return {
        "esri_sample": len(firms),
        "esri_exact_seconds_a_firm": round((time.perf_counter() - started) / len(firms), 3),
        "esri_spearman": round(float(spearmanr(exact, combined[firms]).statistic), 5),
        "esri_largest_error": float(np.abs(exact - combined[firms]).max()),
    }


def _timed(steps: Figures, name: str, job: Callable[[], Found]) -> Found:
    """Processor seconds of a job in one thread: what it costs, however busy the machine."""
    started = time.process_time()
    found = job()
    steps[name] = round(time.process_time() - started, 4)
    return found


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 4)


def _peak_mb() -> int:
    """The most this process ever held; getrusage would count what its parent held, too."""
    status = Path("/proc/self/status").read_text()
    held = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(held.split()[1]) // 1024
