"""Facts that cannot be what they say: amounts of zero or less, rows left out of the snapshot."""

from collections import defaultdict

import numpy as np

from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import Snapshot

CHECK = "input_quality"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """Rows without a positive amount by supplier; undated and later rows of the chain."""
    flows = snapshot.flows
    found = [
        Finding(CHECK, f"rows_{why}", "", Severity.INFO, {"rows": count})
        for why, count in snapshot.dropped
        if count
    ]
    by_party: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(flows.amount_minor <= 0).tolist():
        by_party[int(flows.supplier[row])].append(row)
    for party, rows in sorted(by_party.items()):
        found.append(
            Finding(
                CHECK,
                "amount_not_positive",
                flows.parties[party],
                Severity.WARN,
                {
                    "subject": flows.parties[party],
                    "rows": len(rows),
                    "amount_minor": -int(flows.amount_minor[rows].sum()),
                },
                evidence_of(flows, rows),
            )
        )
    return tuple(found)
