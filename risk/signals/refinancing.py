"""Old financing repaid with new: what went back just after fresh proceeds came in."""

from collections import defaultdict

import numpy as np

from ledger.rates import PPM
from risk.arrays import FloatArray
from risk.facts import FlowKind
from risk.policy import SignalPolicy
from risk.snapshot import Snapshot


def refinanced_ppm(snapshot: Snapshot, *, policy: SignalPolicy) -> FloatArray:
    """By firm the largest share of an earlier financing's proceeds that it repaid within
    `refinance_days` after new proceeds of the window; NaN where it had no proceeds at all.

    Proceeds and repayments carry their financing in `invoice_key` and the firm as supplier.
    """
    flows = snapshot.flows
    share = np.full(len(snapshot.parties), np.nan)
    got: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in np.flatnonzero(flows.kind == FlowKind.PROCEEDS).tolist():
        entry = (int(flows.day[row]), int(flows.invoice_key[row]), int(flows.amount_minor[row]))
        got[int(flows.supplier[row])].append(entry)
    gave: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in np.flatnonzero(flows.kind == FlowKind.REPAYMENT).tolist():
        entry = (int(flows.day[row]), int(flows.invoice_key[row]), int(flows.amount_minor[row]))
        gave[int(flows.supplier[row])].append(entry)
    for firm, proceeds in got.items():
        share[firm] = _largest(proceeds, gave[firm], snapshot.day, policy)
    return share


def _largest(
    proceeds: list[tuple[int, int, int]],
    repayments: list[tuple[int, int, int]],
    last_day: int,
    policy: SignalPolicy,
) -> int:
    borrowed: dict[int, int] = defaultdict(int)
    for _, key, amount in proceeds:
        borrowed[key] += amount
    largest = 0
    fresh = [p for p in proceeds if p[0] > last_day - policy.window_days]
    for day, key, _ in fresh:
        repaid: dict[int, int] = defaultdict(int)
        for back_day, old, amount in repayments:
            if old != key and day <= back_day <= day + policy.refinance_days:
                repaid[old] += amount
        for old, amount in repaid.items():
            if borrowed[old] > 0:
                largest = max(largest, amount * PPM // borrowed[old])
    return largest
