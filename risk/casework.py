"""From findings to cases: one suspicion a subject, whoever it was found at. Pure.

A ring is found at each of its members, broken flows once a reason: both are one case. What a
case is about is its subject, the same in every run; a check that names one in its facts
("subject") is believed, others are taken by check, code and firm.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ledger.rates import PPM
from risk.canonical import sha256_hex
from risk.findings import Evidence, Finding, Severity

# Findings that explain or warn, but accuse nobody.
NO_SUSPICION: Final = frozenset({"input_quality", "tenor_drift"})
SUBJECT_MOST: Final = 200
WEIGHT: Final[Mapping[str, int]] = {"info": 0, "warn": 1, "high": 2}
# What a finding is about in money, the first that its facts have.
AMOUNTS: Final = ("amount_minor", "broken_minor", "recent_minor")


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What one run says of one subject. `facts` are by code of the finding."""

    kind: str
    subject: str
    parties: tuple[str, ...]
    severity: str
    amount_minor: int
    facts: Mapping[str, Mapping[str, Any]]
    evidence: tuple[Evidence, ...]


def subject_of(finding: Finding) -> str:
    """What a finding is about, the same at every firm of a ring and in every run."""
    named = finding.facts.get("subject")
    if named:
        return _short(f"{finding.check}:{named}")
    if finding.check == "circular_trade" and "ring" in finding.facts:
        members = sorted(set(str(finding.facts["ring"]).split(">")))
        return _short(f"{finding.check}:{','.join(members)}")
    if finding.check == "three_flows":
        return f"{finding.check}:{finding.party_ref}"
    return _short(f"{finding.check}:{finding.code}:{finding.party_ref}")


def case_drafts(findings: Iterable[Finding]) -> tuple[CaseDraft, ...]:
    """The suspicions among a run's findings, in order of subject."""
    by_subject: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if is_suspicion(finding):
            by_subject[subject_of(finding)].append(finding)
    return tuple(_draft(subject, by_subject[subject]) for subject in sorted(by_subject))


def is_suspicion(finding: Finding) -> bool:
    """Worth a person's look, and about somebody."""
    return (
        finding.severity is not Severity.INFO
        and finding.check not in NO_SUSPICION
        and finding.party_ref != ""
    )


def is_more(amount_minor: int, *, than_minor: int, growth_ppm: int) -> bool:
    """Whether a sum grew beyond another by more than the policy's share of it."""
    return amount_minor * PPM > than_minor * (PPM + growth_ppm)


def quiet_to_minor(amount_minor: int, *, growth_ppm: int) -> int:
    """The sum up to which a subject that was found honest stays quiet, rounded down."""
    return amount_minor * (PPM + growth_ppm) // PPM


def evidence_key(item: Evidence) -> str:
    """The same for the same row of the business, whatever run names it."""
    if item.row_id is not None:
        return f"{item.kind}:{item.row_id}"
    return _short(f"{item.kind}:{item.document}:{item.on_date}:{item.amount_minor}")


def severity_worse(one: str, other: str) -> str:
    """The heavier of two severities."""
    return max(one, other, key=WEIGHT.__getitem__)


def _draft(subject: str, findings: Sequence[Finding]) -> CaseDraft:
    """Firms of a ring say the same amount; different codes of one subject add up."""
    amounts: dict[str, int] = {}
    facts: dict[str, Mapping[str, Any]] = {}
    evidence: dict[str, Evidence] = {}
    for finding in findings:
        amount = max(amounts.get(finding.code, 0), _amount(finding))
        if finding.code not in facts or amount > amounts[finding.code]:
            facts[finding.code] = dict(finding.facts)
        amounts[finding.code] = amount
        for item in finding.evidence:
            evidence.setdefault(evidence_key(item), item)
    severities = [str(finding.severity) for finding in findings]
    return CaseDraft(
        kind=findings[0].check,
        subject=subject,
        parties=tuple(sorted({finding.party_ref for finding in findings})),
        severity=max(severities, key=WEIGHT.__getitem__),
        amount_minor=sum(amounts.values()),
        facts=facts,
        evidence=tuple(evidence.values()),
    )


def _amount(finding: Finding) -> int:
    for name in AMOUNTS:
        value = finding.facts.get(name)
        if isinstance(value, int):
            return max(value, 0)
    return sum(max(item.amount_minor, 0) for item in finding.evidence)


def _short(text: str) -> str:
    """Long subjects are kept by their hash, so that a key always fits."""
    if len(text) <= SUBJECT_MOST:
        return text
    head, _, _ = text.partition(":")
    return f"{head}:{sha256_hex(text.encode())}"
