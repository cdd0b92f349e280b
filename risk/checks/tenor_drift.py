"""Payment terms that grow longer: the amount-weighted days from invoice to due date."""

import numpy as np

from risk.arrays import FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import QUARTER_DAYS, Snapshot, in_window

CHECK = "tenor_drift"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a supplier whose terms of the last 90 days are longer than those of the
    nine months before by the policy's days or more."""
    flows = snapshot.flows
    rows = np.flatnonzero(
        (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0) & (flows.due_day != MISSING)
    )
    last = snapshot.day
    recent = in_window(flows.day[rows], last_day=last, days=QUARTER_DAYS)
    before = in_window(flows.day[rows], last_day=last - QUARTER_DAYS, days=3 * QUARTER_DAYS)

    def tenor(kept: np.ndarray) -> FloatArray:
        own = rows[kept]
        amount, size = flows.amount_minor[own], len(snapshot.parties)
        days = (flows.due_day[own] - flows.day[own]) * amount
        supplier = flows.supplier[own]
        return ratio(sums(supplier, days, size), sums(supplier, amount, size))

    now, usual = np.round(tenor(recent)), np.round(tenor(before))
    found = []
    for party in np.flatnonzero(now - usual >= policy.checks.tenor_drift_days).tolist():
        own = rows[recent & (flows.supplier[rows] == party)]
        longest = own[np.argsort(flows.day[own] - flows.due_day[own], kind="stable")]
        found.append(
            Finding(
                CHECK,
                "tenor_longer",
                flows.parties[party],
                Severity.WARN,
                {"days": int(now[party]), "usual_days": int(usual[party])},
                evidence_of(flows, longest.tolist()),
            )
        )
    return tuple(found)
