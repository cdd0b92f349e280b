"""Every signal of a measured chain, in one fixed order."""

from collections.abc import Callable
from typing import Final

from risk.analysis import Analysis
from risk.warning.cycles import new_cycle
from risk.warning.money import payment_slip, receipts_lag
from risk.warning.orders import orders_cut
from risk.warning.partners import concentration_jump, main_buyer_lost, neighbour_default
from risk.warning.values import Sign, signs_sorted

CHAIN_SIGNALS: Final[tuple[Callable[[Analysis], tuple[Sign, ...]], ...]] = (
    orders_cut,
    payment_slip,
    concentration_jump,
    main_buyer_lost,
    receipts_lag,
    neighbour_default,
)


def chain_watch(analysis: Analysis, *, known_rings: frozenset[str]) -> tuple[Sign, ...]:
    """What the chain's own flows signal; use of limits is watched apart, every day.

    `known_rings` are the keys of the rings that the run before had found.
    """
    found = [sign for watch in CHAIN_SIGNALS for sign in watch(analysis)]
    found += new_cycle(analysis, known_rings=known_rings)
    return signs_sorted(found)
