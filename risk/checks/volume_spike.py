"""Invoices that swell just before money is asked for.

The last `spike_days` of a supplier's invoices beside the same stretch in the months before:
a spike is above their mean by so many deviations and by so much in all, and not usual for
the season: the same days a year before, where they are known, and what the same days did to
the other firms of its role (the median of at least `spike_peers_least`). With a request on
the table it weighs more.
"""

import numpy as np

from ledger.rates import PPM
from risk.arrays import FloatArray, ratio
from risk.chain.peers import main_role
from risk.facts import FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import YEAR_DAYS, Snapshot

CHECK = "volume_spike"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a supplier whose invoices spiked."""
    flows = snapshot.flows
    # What is lent or bought back by registration is no sale.
    sold = (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0) & ~snapshot.exempt_mask()
    rows = np.flatnonzero(sold)
    supplier, age = flows.supplier[rows], snapshot.day - flows.day[rows]
    amount = flows.amount_minor[rows]
    size, days = len(snapshot.parties), policy.checks.spike_days
    months = _by_month(supplier, age, amount, size, days, policy.checks.spike_months + 1)
    year = YEAR_DAYS // days * days
    season = _by_month(supplier, age - year, amount, size, days, 1)[0]
    now, before = months[0], months[1:]
    mean, deviation = before.mean(axis=0), before.std(axis=0)
    usual = np.maximum(np.maximum(mean, season), mean * _peers(snapshot, now, mean, policy))
    high = (now > mean + deviation * policy.checks.spike_deviations_ppm / PPM) & (
        now > usual * policy.checks.spike_multiple_ppm / PPM
    )
    high &= (before > 0).all(axis=0)
    recent = rows[age < days]
    found = []
    for party in np.flatnonzero(high).tolist():
        asked = snapshot.request_of(flows.parties[party]) is not None
        own = recent[flows.supplier[recent] == party]
        found.append(
            Finding(
                CHECK,
                "spike_before_request" if asked else "spike",
                flows.parties[party],
                Severity.HIGH if asked else Severity.WARN,
                {
                    "subject": flows.parties[party],
                    "amount_minor": int(now[party]) - round(float(usual[party])),
                    "recent_minor": int(now[party]),
                    "usual_minor": round(float(usual[party])),
                    "multiple_ppm": round(float(now[party] / usual[party] * PPM)),
                    "days": days,
                },
                evidence_of(flows, own[np.argsort(-flows.amount_minor[own])].tolist()),
            )
        )
    return tuple(found)


def _peers(snapshot: Snapshot, now: IntArray, mean: FloatArray, policy: Policy) -> FloatArray:
    """How these days went for the firms of each firm's role, in multiples of their usual."""
    multiple = ratio(now, mean, otherwise=0.0)
    found = np.ones(len(snapshot.parties))
    roles = [main_role(party) for party in snapshot.parties]
    for role in sorted(set(roles)):
        own = np.array([name == role for name in roles], dtype=bool)
        trading = own & (mean > 0)
        if trading.sum() >= policy.checks.spike_peers_least:
            found[own] = float(np.median(multiple[trading]))
    return found


def _by_month(
    supplier: IntArray, age: IntArray, amount: IntArray, size: int, days: int, count: int
) -> IntArray:
    """Amounts by stretch of `days` (the latest first) and supplier."""
    totals = np.zeros((count, size), dtype=np.int64)
    inside = (age >= 0) & (age < count * days)
    np.add.at(totals, (age[inside] // days, supplier[inside]), amount[inside])
    return totals
