"""What a check says: one finding about one party, with numbers and the rows behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from risk.facts import MISSING, FlowKind, FlowTable, day_date

EVIDENCE_MOST: Final = 20


class Severity(StrEnum):
    """How much a finding weighs: `info` explains, `warn` asks for a look, `high` for a person."""

    INFO = "info"
    WARN = "warn"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the business: what it is, its own id (None where it has none), its document."""

    kind: str
    row_id: int | None
    document: str
    on_date: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Finding:
    """`party_ref` is "" for the chain as a whole. `facts` are whole numbers and words."""

    check: str
    code: str
    party_ref: str
    severity: Severity
    facts: Mapping[str, int | str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Evidence, ...] = ()


def evidence_of(flows: FlowTable, positions: Sequence[int]) -> tuple[Evidence, ...]:
    """The rows at these positions, the first `EVIDENCE_MOST` of them."""
    return tuple(_evidence(flows, int(p)) for p in positions[:EVIDENCE_MOST])


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as a report holds it."""
    return {
        "check": finding.check,
        "code": finding.code,
        "severity": str(finding.severity),
        "facts": dict(finding.facts),
        "evidence": [evidence_data(item) for item in finding.evidence],
    }


def evidence_data(item: Evidence) -> dict[str, Any]:
    """An evidence row as a report holds it."""
    return {
        "kind": item.kind,
        "row_id": item.row_id,
        "document": item.document,
        "date": item.on_date,
        "amount_minor": item.amount_minor,
    }


def _evidence(flows: FlowTable, position: int) -> Evidence:
    row_id, on = int(flows.row_id[position]), day_date(int(flows.day[position]))
    return Evidence(
        kind=FlowKind(int(flows.kind[position])).name.lower(),
        row_id=None if row_id == MISSING else row_id,
        document=flows.documents[int(flows.document[position])],
        on_date="" if on is None else on.isoformat(),
        amount_minor=int(flows.amount_minor[position]),
    )
