"""How a shock runs through the chain: each firm's lost output, and its chance of default after.

Output lost by ESRI's production functions (both ways) from where the shock starts; firms
whose customers do not pay are hit by DebtRank as well. A firm takes the larger of both.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray
from risk.chain.debtrank import distress_of
from risk.chain.esri import esri_pruned, losses_of
from risk.chain.production import production_from_sectors
from risk.facts import IntArray
from risk.stress.facts import StressFacts
from risk.stress.scenario import Scenario

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """By firm: lost output and chance of default in a year, both in ppm. `failed` stand
    still and pay nothing. `lost_ppm` is the share of all sales that is lost."""

    failed: BoolArray
    loss_ppm: IntArray
    pd_ppm: IntArray
    lost_ppm: int


def cascade_run(facts: StressFacts, scenario: Scenario) -> Cascade:
    """Shock the chain; raises `risk.party_unknown`."""
    graph = facts.graph()
    chain = production_from_sectors(graph, sector=facts.sectors())
    failed = _failed(facts, scenario, lambda: esri_pruned(chain).combined)
    start = np.where(failed, 1.0, _fall(facts, scenario))
    loss = np.zeros(len(facts.firms))
    if start.any():
        loss = losses_of(chain, start=start)
        if failed.any():
            loss = np.maximum(loss, distress_of(graph, failed=failed))
    loss_ppm = np.rint(loss * PPM).astype(np.int64)
    pd_ppm = np.array([firm.pd_ppm for firm in facts.firms], dtype=np.int64)
    more = (PPM - pd_ppm) * (loss_ppm * scenario.contagion_ppm // PPM) // PPM
    lost = round(float(chain.value @ loss) * PPM) if len(loss) else 0
    return Cascade(failed, loss_ppm, np.where(failed, PPM, pd_ppm + more), lost)


def _failed(facts: StressFacts, scenario: Scenario, ranks: Callable[[], FloatArray]) -> BoolArray:
    failed: BoolArray = np.zeros(len(facts.firms), dtype=bool)
    if scenario.kind == "obligor":
        unit = facts.unit_of(scenario.party_ref)
        failed = np.array([facts.unit_of(firm.ref) == unit for firm in facts.firms], dtype=bool)
    if scenario.kind == "top_firm" and len(facts.firms):
        # The anchor's own failure is the obligor's scenario; rounded, so that the choice
        # does not hang on the last bits of a sum.
        anchor = np.array([firm.is_anchor for firm in facts.firms], dtype=bool)
        failed[np.argmax(np.where(anchor, -1.0, np.round(ranks(), 9)))] = not anchor.all()
    return failed


def _fall(facts: StressFacts, scenario: Scenario) -> FloatArray:
    """Output lost from the start, 0 to 1."""
    if scenario.kind == "sector":
        hit = np.array([firm.sector == scenario.sector for firm in facts.firms], dtype=bool)
        return np.where(hit, scenario.fall_ppm / PPM, 0.0)
    if scenario.kind == "logistics":
        return np.full(len(facts.firms), min(1.0, scenario.stop_days / YEAR_DAYS))
    return np.zeros(len(facts.firms))
