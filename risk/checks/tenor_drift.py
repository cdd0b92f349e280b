"""Payment terms that grow longer: the amount-weighted days from invoice to due date.

Terms are compared buyer by buyer, so that selling more to a slow payer is not taken for longer
terms, and beyond what became of everyone's terms with the same side of the chain.
"""

import numpy as np

from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import QUARTER_DAYS, Snapshot, in_window

CHECK = "tenor_drift"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a supplier whose terms of the last 90 days are longer than those of the
    nine months before, with the same buyers, by the policy's days or more. `amount_minor` is
    what was invoiced on longer terms."""
    flows = snapshot.flows
    rows = np.flatnonzero(
        (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0) & (flows.due_day != MISSING)
    )
    last, size = snapshot.day, len(snapshot.parties)
    recent = in_window(flows.day[rows], last_day=last, days=QUARTER_DAYS)
    before = in_window(flows.day[rows], last_day=last - QUARTER_DAYS, days=3 * QUARTER_DAYS)
    code = flows.supplier[rows] * size + flows.buyer[rows]
    pairs, place = np.unique(code, return_inverse=True)

    def tenor(kept: BoolArray) -> FloatArray:
        own = rows[kept]
        amount = flows.amount_minor[own]
        days = (flows.due_day[own] - flows.day[own]) * amount
        count = len(pairs)
        return ratio(sums(place[kept], days, count), sums(place[kept], amount, count))

    now, usual = tenor(recent), tenor(before)
    both = np.isfinite(now) & np.isfinite(usual)
    supplier = pairs // size
    amount = sums(place[recent], flows.amount_minor[rows[recent]], len(pairs))
    both &= amount > 0

    def weighted(days: FloatArray) -> FloatArray:
        total = sums(supplier[both], days[both] * amount[both], size)
        return np.round(ratio(total, sums(supplier[both], amount[both], size)))

    new, old = weighted(now), weighted(usual)
    drift = new - old - _common(new - old, policy)
    found = []
    for party in np.flatnonzero(drift >= policy.checks.tenor_drift_days).tolist():
        known = both[place] & recent & (flows.supplier[rows] == party)
        own = rows[known]
        longest = own[np.argsort(flows.day[own] - flows.due_day[own], kind="stable")]
        longer = (flows.due_day[own] - flows.day[own]) > usual[place[known]]
        found.append(
            Finding(
                CHECK,
                "tenor_longer",
                flows.parties[party],
                Severity.WARN,
                {
                    "subject": flows.parties[party],
                    "days": int(new[party]),
                    "usual_days": int(old[party]),
                    "amount_minor": int(flows.amount_minor[own[longer]].sum()),
                },
                evidence_of(flows, _listed(longest)),
            )
        )
    return tuple(found)


def _common(drift: FloatArray, policy: Policy) -> float:
    """How many days longer everyone's terms became; 0 where few are known."""
    known = drift[np.isfinite(drift)]
    if len(known) < policy.checks.tenor_peers_least:
        return 0.0
    return max(float(np.median(known)), 0.0)


def _listed(rows: IntArray) -> list[int]:
    return [int(row) for row in rows]
