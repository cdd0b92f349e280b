"""Do goods, invoices and cash agree: the broken share of each supplier's invoices, by reason."""

import numpy as np

from ledger.rates import PPM
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.reconciling import PENDING, REASONS, Reconciliation, reconcile
from risk.snapshot import Snapshot

CHECK = "three_flows"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a supplier and reason, the largest rows first; `info` while the supplier's
    whole broken share stays below the policy's warning line."""
    rec = reconcile(snapshot, policy=policy.reconcile)
    size = len(snapshot.parties)
    judged = rec.judged()
    total, agreed = np.zeros((2, size), dtype=np.int64)
    np.add.at(total, rec.supplier[judged], rec.amount_minor[judged])
    np.add.at(agreed, rec.supplier[judged], rec.agreed_minor[judged])
    broken = judged & (rec.reason > 0)
    keys = np.unique(rec.supplier[broken] * PENDING + rec.reason[broken])
    return tuple(
        _finding(snapshot, rec, policy, divmod(int(key), PENDING), total, agreed) for key in keys
    )


def _finding(
    snapshot: Snapshot,
    rec: Reconciliation,
    policy: Policy,
    key: tuple[int, int],
    total: np.ndarray,
    agreed: np.ndarray,
) -> Finding:
    party, reason = key
    rows = np.flatnonzero((rec.supplier == party) & (rec.reason == reason))
    missing = rec.amount_minor[rows] - rec.agreed_minor[rows]
    broken_ppm = (int(total[party]) - int(agreed[party])) * PPM // int(total[party])
    largest = rec.row[rows[np.argsort(-missing, kind="stable")]]
    return Finding(
        CHECK,
        REASONS[reason],
        snapshot.flows.parties[party],
        _severity(broken_ppm, policy),
        {
            "subject": snapshot.flows.parties[party],
            "rows": len(rows),
            "amount_minor": int(missing.sum()),
            "broken_minor": int(missing.sum()),
            "invoiced_minor": int(total[party]),
            "broken_ppm": broken_ppm,
        },
        evidence_of(snapshot.flows, largest.tolist()),
    )


def _severity(broken_ppm: int, policy: Policy) -> Severity:
    if broken_ppm >= policy.checks.breaks_high_ppm:
        return Severity.HIGH
    return Severity.WARN if broken_ppm >= policy.checks.breaks_warn_ppm else Severity.INFO
