"""How long one firm's neighbourhood takes from mapped arrays."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from risk.chain.graph import Layer
from risk.facts import FLOW_COLUMNS, MISSING, Facts, FlowKind, FlowTable, PartyFact, day_number
from risk.mapped.chain import view_arrays, view_of
from risk.mapped.ego import ego_view
from risk.mapped.files import arrays_open, arrays_write
from risk.policy import DEFAULT_POLICY
from risk.snapshot import Snapshot, snapshot_build
from scf.benchmarks.chains import DrawnChain
from scf.benchmarks.risk_parts import chain_load

AS_OF = date(2026, 3, 18)
FIRMS, LARGEST = 2_000, 50


def page_part(path: Path, *, seed: int) -> dict[str, Any]:
    """Freeze the chain as a snapshot, make its mapped file, open it afresh, and look at many
    firms: some drawn, and those with the most partners; plain and with neighbours expanded."""
    chain = chain_load(path)
    started = time.perf_counter()
    snapshot = snapshot_of(chain)
    frozen = time.perf_counter()
    arrays_write(path.with_suffix(".chain"), view_arrays(snapshot, policy=DEFAULT_POLICY))
    written = time.perf_counter()
    arrays = arrays_open(path.with_suffix(".chain"))
    if arrays is None:
        raise OSError("the chain cannot be read back")
    view = view_of(arrays)
    opened = time.perf_counter()
    invoice = view.layers[Layer.INVOICE]
    degree = np.diff(invoice.out_start) + np.diff(invoice.in_start)
    draw = np.random.Generator(np.random.PCG64(seed))
    firms = [*np.argsort(-degree)[:LARGEST].tolist(), *draw.integers(0, len(view), FIRMS).tolist()]

    def look(firm: int) -> None:
        ego_view(view, centre=firm, layers=(Layer.INVOICE,))

    def expand(firm: int) -> None:
        others = invoice.target[invoice.sold(firm)[:5]].tolist()
        ego_view(view, centre=firm, layers=tuple(Layer), expanded=[firm, firm, *others])

    return {
        "snapshot_seconds": round(frozen - started, 2),
        "file_seconds": round(written - frozen, 2),
        "file_mb": path.with_suffix(".chain").stat().st_size // 2**20,
        "open_ms": round((opened - written) * 1_000, 1),
        "one_firm": latency(look, firms),
        "one_firm_expanded": latency(expand, firms),
    }


def snapshot_of(chain: DrawnChain) -> Snapshot:
    """Every edge as one invoice within the year, ten to a document."""
    refs = tuple(f"party:{number:08d}" for number in range(chain.size))
    edges = len(chain.source)
    columns = {name: np.full(edges, MISSING, dtype=np.int64) for name in FLOW_COLUMNS}
    columns |= {
        "kind": np.full(edges, int(FlowKind.INVOICE), dtype=np.int64),
        "supplier": chain.source,
        "buyer": chain.target,
        "amount_minor": chain.weight,
        "day": day_number(AS_OF) - np.arange(edges, dtype=np.int64) % 360,
        "item": np.zeros(edges, dtype=np.int64),
        "qty_micro": np.zeros(edges, dtype=np.int64),
        "row_id": np.arange(edges, dtype=np.int64),
        "document": np.arange(edges, dtype=np.int64) // 10,
    }
    documents = tuple(f"INV-{number:08d}" for number in range(edges // 10 + 1))
    parties = tuple(
        PartyFact(ref, f"企业 {number}", roles=("anchor",) if number == 0 else ("supplier",))
        for number, ref in enumerate(refs)
    )
    return snapshot_build(
        Facts(parties=parties, flows=FlowTable(refs, ("",), documents, **columns)), as_of=AS_OF
    )


def latency(look: Callable[[int], object], firms: Sequence[int]) -> dict[str, float]:
    """What most and nearly all looks take, in milliseconds."""
    taken, worked = [], []
    for firm in firms:
        started, processor = time.perf_counter(), time.process_time()
        look(firm)
        taken.append((time.perf_counter() - started) * 1_000)
        worked.append((time.process_time() - processor) * 1_000)
    p50, p99 = np.percentile(taken, [50, 99]).tolist()
    return {
        "firms": len(taken),
        "p50_ms": round(p50, 2),
        "p99_ms": round(p99, 2),
        "most_ms": round(max(taken), 2),
        "p50_processor_ms": round(float(np.percentile(worked, 50)), 2),
        "p99_processor_ms": round(float(np.percentile(worked, 99)), 2),
    }
