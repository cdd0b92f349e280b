"""The anchor orders less from a supplier than it used to.

Orders of the anchor and its entities in the last 90 days beside the firm's base window (the
same days a year before, or for a younger firm the 90 days before and then beyond what the
anchor's orders from everyone else changed).
"""

import numpy as np

from ledger.rates import PPM
from risk.analysis import Analysis
from risk.arrays import BoolArray, FloatArray, sums
from risk.facts import FlowKind, FlowTable, IntArray
from risk.findings import Evidence
from risk.policy import WarningPolicy
from risk.signals.windows import (
    Pair,
    Windows,
    expected_growth,
    growth_ppm,
    of_kind,
    pair_of,
    windows_of,
)
from risk.snapshot import in_window
from risk.warning.values import Sign, Signal, largest_rows, severity_of


def orders_cut(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a supplier whose orders from the anchor fell by the policy's share or more.

    A firm with fewer orders in the base than the policy asks for gives no sign, and neither
    does a fall that a few large orders, come or not, explain.
    """
    snapshot, rules = analysis.snapshot, analysis.policy.warning
    anchor = snapshot.anchor_mask()
    orders = of_kind(snapshot.flows, FlowKind.ORDER)
    orders = orders.rows(anchor[orders.buyer] & ~anchor[orders.supplier])
    windows = windows_of(snapshot, policy=analysis.policy.signals)
    least = analysis.policy.signals.partners_least
    usual = expected_growth(orders, orders.supplier, orders.buyer, windows=windows, least=least)
    pair = pair_of(orders, orders.supplier, windows=windows)
    growth = growth_ppm(pair, least=analysis.policy.signals.orders_least, expected=usual)
    cut = (growth <= rules.orders_cut_ppm) & _beyond_chance(orders, windows, pair, usual, rules)
    return tuple(
        Sign(
            party_ref=snapshot.flows.parties[firm],
            signal=Signal.ORDERS_CUT,
            severity=severity_of(growth[firm] <= rules.orders_cut_high_ppm),
            unit="ppm",
            value=int(growth[firm]),
            threshold=rules.orders_cut_ppm,
            valid_days=rules.valid_days,
            facts={
                "now_minor": int(pair.current[firm]),
                "base_minor": int(pair.base[firm]),
                "base": "year_before" if windows.is_year_before[firm] else "preceding",
            },
            evidence=_rows(analysis, firm, windows),
        )
        for firm in np.flatnonzero(cut).tolist()
    )


def _beyond_chance(
    orders: FlowTable, windows: Windows, pair: Pair, usual: FloatArray, rules: WarningPolicy
) -> BoolArray:
    """Whether the fall is more than lumpy orders explain: (expected - now) in deviations of two
    sums of days with orders, which come at random (compound Poisson: the variance of a sum is
    the sum of the squared amounts; lines ordered on one day are one order)."""
    size, days = len(usual), int(orders.day.max(initial=0)) + 1
    events, place = np.unique(orders.supplier * days + orders.day, return_inverse=True)
    amount = sums(place, orders.amount_minor, len(events))
    firm, day = events // days, events % days
    recent = in_window(day, last_day=windows.last_day, days=windows.days)
    before = (day <= windows.base_day[firm]) & (day > windows.base_day[firm] - windows.days)
    spread = sums(firm[before], amount[before] ** 2, size) * usual**2
    spread += sums(firm[recent], amount[recent] ** 2, size)
    fall = (pair.base * usual - pair.current) * PPM
    beyond: BoolArray = fall >= rules.orders_cut_deviations_ppm * np.sqrt(spread)
    return beyond


def _rows(analysis: Analysis, firm: int, windows: Windows) -> tuple[Evidence, ...]:
    """The largest orders of the base window, which did not come again."""
    flows, anchor = analysis.snapshot.flows, analysis.snapshot.anchor_mask()
    rows: IntArray = analysis.index.sold(firm)
    base = int(windows.base_day[firm])
    rows = rows[
        (flows.kind[rows] == int(FlowKind.ORDER))
        & anchor[flows.buyer[rows]]
        & in_window(flows.day[rows], last_day=base, days=windows.days)
    ]
    return largest_rows(analysis, rows, flows.amount_minor[rows])
