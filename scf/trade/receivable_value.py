"""From the verdicts on its lines to what an invoice is worth as a claim. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scf.trade.match_values import DEFAULT_POLICY, MatchPolicy
from scf.trade.values import MatchState, Reason, match_state_worst

REASONS_MAX = 20
# The documents may agree and the invoice still not be offered.
BLOCKS = {
    "blocked": "erp_blocked",
    "incomplete": "invoice_incomplete",
    "disappeared": "invoice_disappeared",
}


@dataclass(frozen=True, slots=True)
class LineResult:
    """The stored verdict on one invoice line."""

    line_no: str
    state: MatchState
    reasons: tuple[Reason, ...]
    supported_gross_minor: int
    rounding_minor: int = 0


@dataclass(frozen=True, slots=True)
class ReceivableValue:
    """The figures of ``values.ReceivableFacts`` that follow from the match."""

    state: MatchState
    reasons: tuple[Reason, ...]
    supported_minor: int
    financeable_minor: int


def receivable_value(
    *,
    face_minor: int,
    credited_minor: int,
    paid_minor: int,
    lines: Sequence[LineResult],
    loose_credit_minor: int = 0,
    document_state: str = "posted",
    policy: MatchPolicy = DEFAULT_POLICY,
) -> ReceivableValue:
    """What the documents support of an invoice, gross, in minor units.

    Supported = min(sum of lines, face less credit notes), less what the ERP has paid. A
    line's own credits are already in it; ``loose_credit_minor`` are those that fell on no
    line. Financeable is that while every line passes and the ERP itself holds nothing
    against the invoice (a payment block, or only its history is known).
    """
    if not lines:
        return ReceivableValue(MatchState.NO_ORDER, ({"code": "no_lines"},), 0, 0)
    state = match_state_worst(*(line.state for line in lines))
    reasons: list[Reason] = []
    for line in lines:
        reasons += [{"line": line.line_no, **reason} for reason in line.reasons]
    if sum(line.rounding_minor for line in lines) > policy.rounding_document_minor:
        state = match_state_worst(state, MatchState.TOLERANCE)
        reasons.append({"code": "rounding_sum"})
    if face_minor <= 0:
        state = match_state_worst(state, MatchState.REVERSED)
        reasons.append({"code": "nothing_payable"})
    lines_gross = sum(line.supported_gross_minor for line in lines) - loose_credit_minor
    supported = max(min(lines_gross, face_minor - credited_minor) - paid_minor, 0)
    if credited_minor:
        reasons.append({"code": "credited", "amount_minor": credited_minor})
    if paid_minor:
        reasons.append({"code": "paid", "amount_minor": paid_minor})
    block = BLOCKS.get(document_state)
    if block:
        reasons.insert(0, {"code": block})
    return ReceivableValue(
        state=state,
        reasons=tuple(reasons[:REASONS_MAX]),
        supported_minor=supported,
        financeable_minor=supported if state.passes and not block else 0,
    )
