"""A small chain that the simulator's tests share."""

from __future__ import annotations

from functools import cache

from scf.simulator.deals import chain_deals
from scf.simulator.population import chain_populate
from scf.simulator.values import Chain, ChainSpec, Deal

SMALL = ChainSpec(seed=7, supplier_count=24, distributor_count=40, order_lines=3_000)


@cache
def small_chain() -> Chain:
    return chain_populate(spec=SMALL)


@cache
def small_deals() -> tuple[Deal, ...]:
    return tuple(chain_deals(chain=small_chain()))


def purchases() -> tuple[Deal, ...]:
    return tuple(deal for deal in small_deals() if deal.orders[0].direction == "purchase")


def sales() -> tuple[Deal, ...]:
    return tuple(deal for deal in small_deals() if deal.orders[0].direction == "sales")
