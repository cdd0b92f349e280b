"""bin/bench risk: a large synthetic chain measured, with networkx beside it on the same edges.

Every part runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import os
import platform
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numba
import numpy as np
import scipy

from scf.benchmarks.chains import chain_draw
from scf.benchmarks.risk_http import DATA, PAGE, http_part
from scf.benchmarks.risk_page import page_part
from scf.benchmarks.risk_parts import cascades_part, chain_save, measures_part, networkx_part

SEED: Final = 20_260_318
SCALES: Final[Mapping[str, tuple[int, int]]] = {
    "chain": (50_001, 1_060_000),
    "million": (1_000_000, 10_000_000),
    "small": (5_001, 60_000),
}
ESRI_SAMPLE: Final[Mapping[str, int]] = {"chain": 40, "small": 400}
COMPARED: Final = ("pagerank", "strong_components", "k_core")
RATIO_LEAST: Final = 50
SECONDS_MOST: Final = {"chain": 3.0, "million": 30.0}
PEAK_MB_MOST: Final = {"chain": 500}
PAGE_MS_MOST: Final = 50.0
SPEARMAN_LEAST: Final = 0.999


def risk_measure(*, scale: str = "chain", seed: int = SEED) -> Mapping[str, object]:
    """Measure one scale: "chain" (50,001 firms, 1.06 M edges), "million" (a million firms,
    10 M edges; positions only, networkx and cascades would take hours) or "small"."""
    firms, edges = SCALES[scale]
    with tempfile.TemporaryDirectory(prefix="huoshui-bench-") as folder:
        path = Path(folder) / "chain.npz"
        chain_save(path, chain_draw(firms=firms, edges=edges, seed=seed))
        found: dict[str, Any] = {
            "scale": scale,
            "firms": firms,
            "edges": edges,
            "seed": seed,
            "machine": machine(),
            "positions": _apart(partial(measures_part, path)),
        }
        if scale != "million":
            found["networkx"] = _apart(partial(networkx_part, path))
            found["cascades"] = _apart(
                partial(cascades_part, path, sample=ESRI_SAMPLE[scale], seed=seed)
            )
            found["page"] = _apart(partial(page_part, path, seed=seed))
            found["http"] = http_part(path=DATA)
            found["http_page"] = http_part(path=PAGE)
            found["ratios"] = ratios(found)
    found["missed"] = missed(found)
    return found


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "numba": numba.__version__,
    }


def ratios(found: Mapping[str, Any]) -> dict[str, float]:
    """How many times longer networkx took for the same question."""
    own, other = found["positions"]["steps"], found["networkx"]["steps"]
    return {name: round(other[name] / max(own[name], 1e-6), 1) for name in other if name in own}


def missed(found: Mapping[str, Any]) -> list[str]:
    """Every target that this run did not reach, with the figure."""
    scale, positions = found["scale"], found["positions"]
    seconds, peak = SECONDS_MOST.get(scale), PEAK_MB_MOST.get(scale)
    told = [
        _above("positions seconds", positions["positions_seconds"], seconds),
        _above("positions peak MB", positions["peak_mb"], peak),
    ]
    if "ratios" in found:
        told += [
            _below(f"{name} times networkx", found["ratios"][name], RATIO_LEAST)
            for name in COMPARED
        ]
    if "cascades" in found:
        steps = found["cascades"]["steps"]
        cascades = sum(steps[name] for name in ("esri_pruned", "debtrank", "betweenness"))
        whole = round(positions["positions_seconds"] + 2 * cascades, 2)
        told += [
            _below("ESRI Spearman", found["cascades"]["esri_spearman"], SPEARMAN_LEAST),
            _above("seconds with cascades, with and without the anchor", whole, seconds),
        ]
    if "page" in found:
        told.append(_above("one firm p99 ms", found["page"]["one_firm"]["p99_ms"], PAGE_MS_MOST))
    for name in ("http", "http_page"):
        figures = found.get(name) or {}
        told.append(_above(f"one firm over {name} p99 ms", figures.get("p99_ms"), PAGE_MS_MOST))
    return [line for line in told if line]


def _above(name: str, value: float | None, most: float | None) -> str:
    return "" if value is None or most is None or value <= most else f"{name} {value} > {most}"


def _below(name: str, value: float, least: float) -> str:
    return "" if value >= least else f"{name} {value} < {least}"


def lines_of(found: Mapping[str, Any]) -> list[str]:
    """The figures for people."""
    lines = [f"{found['firms']:,} firms, {found['edges']:,} edges, seed {found['seed']}"]
    own = found["positions"]
    lines.append(
        f"positions of all firms, with and without the anchor: {own['positions_seconds']} s"
        f" ({own['positions_processor_seconds']} s of processor), peak {own['peak_mb']} MB"
    )
    other = found.get("networkx", {"steps": {}})["steps"]
    for name, seconds in own["steps"].items():
        beside = f"{other[name]:>10.3f} s networkx" if name in other else ""
        ratio = f"{found['ratios'][name]:>9.1f} times" if name in other else ""
        lines.append(f"  {name:<20}{seconds:>9.4f} s of processor{beside}{ratio}")
    for name in ("cascades", "page", "http", "http_page"):
        for key, value in (found.get(name) or {}).items():
            lines.append(f"  {name} {key}: {value}")
    lines += [f"missed: {each}" for each in found["missed"]]
    return lines


def _apart(job: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(job).result()
    return {**found, "process_seconds": round(time.perf_counter() - started, 2)}
