"""Rings of invoices that the run before had not seen."""

from collections.abc import Iterable
from typing import Any, Final

from risk.analysis import Analysis
from risk.findings import Finding
from risk.warning.values import Sign, Signal, signs_sorted

CHECK: Final = "circular_trade"


def ring_key(ring: str) -> str:
    """`b>c>a` -> `a>b>c`: a ring is the same wherever its telling begins."""
    names = ring.split(">")
    start = names.index(min(names))
    return ">".join(names[start:] + names[:start])


def rings_told(findings: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The rings in the findings of a report, as keys."""
    return frozenset(
        ring_key(str(one["facts"]["ring"]))
        for one in findings
        if one["check"] == CHECK and "ring" in one["facts"]
    )


def ring_members(analysis: Analysis) -> frozenset[str]:
    """Firms in a ring of this analysis: whose earlier reports are worth reading."""
    rings = {ring_key(str(f.facts["ring"])) for f in _rings(analysis)}
    return frozenset(name for ring in rings for name in ring.split(">"))


def new_cycle(analysis: Analysis, *, known_rings: frozenset[str]) -> tuple[Sign, ...]:
    """One sign a ring that is not among the known ones, at the first of its firms.

    In the very first run every ring is new.
    """
    rules = analysis.policy.warning
    signs = []
    for finding in _rings(analysis):
        ring = ring_key(str(finding.facts["ring"]))
        if ring in known_rings:
            continue
        signs.append(
            Sign(
                party_ref=ring.split(">")[0],
                signal=Signal.NEW_CYCLE,
                subject=ring,
                severity=finding.severity,
                unit="count",
                value=ring.count(">") + 1,
                threshold=1,
                valid_days=rules.valid_days,
                facts=dict(finding.facts),
                evidence=finding.evidence,
            )
        )
    return signs_sorted(signs)


def _rings(analysis: Analysis) -> list[Finding]:
    return [
        finding
        for ref in sorted(analysis.findings)
        for finding in analysis.findings[ref]
        if finding.check == CHECK and "ring" in finding.facts
    ]
