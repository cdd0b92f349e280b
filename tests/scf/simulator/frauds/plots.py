"""A chain with every kind of case in it, shared by the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from scf.simulator.frauds.scene import Scene, scene_make
from scf.simulator.frauds.values import FRAUD_KINDS, LOOKALIKE_KINDS, Case
from scf.simulator.population import chain_populate
from scf.simulator.values import Chain, Deal
from tests.scf.simulator.scenes import SMALL

SPEC = replace(SMALL, supplier_count=120, distributor_count=60, order_lines=4_000)


@cache
def plot_chain() -> Chain:
    return chain_populate(spec=SPEC)


def scene(**counts: int) -> Scene:
    """A scene of these cases without a background."""
    frauds = {kind: count for kind, count in counts.items() if kind in FRAUD_KINDS}
    honest = {kind: count for kind, count in counts.items() if kind in LOOKALIKE_KINDS}
    return scene_make(chain=plot_chain(), frauds=frauds, lookalikes=honest, with_background=False)


def only(**counts: int) -> Case:
    """The single case of a scene."""
    (case,) = scene(**counts).cases
    return case


def ordered(case: Case) -> list[Deal]:
    """Its deals that have an order, by the day of it."""
    deals = [deal for deal in case.deals if deal.orders]
    return sorted(deals, key=lambda deal: deal.orders[0].order_date)
