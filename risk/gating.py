"""From a verdict to the gate: which reasons decide, and what an earlier override still covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from risk.facts import RequestFact
from risk.policy import Policy
from risk.signals.values import SIGNALS, Signals
from risk.verdict import Reason, Verdict, VerdictWord, verdict_decide


@dataclass(frozen=True, slots=True)
class StandingOverride:
    """An approved override: against which verdict, for how much, and until when."""

    override_id: int
    verdict: str
    until_date: date


def verdict_for_request(
    payload: Mapping[str, Any], *, request: RequestFact | None, policy: Policy
) -> Verdict:
    """A stored report judged again with this request, or with the one it was made for."""
    signals = Signals(**{name: payload["signals"][name] for name in SIGNALS})
    if request is not None:
        signals = signals.asking(request)
    return verdict_decide(signals, policy=policy.verdict)


def gate_outcome(verdict: str, gate: str, *, standing: StandingOverride | None, on: date) -> str:
    """What the gate says: the verdict's own word, or "overridden" while an approved override
    against this very verdict is in date. A worse verdict than the one overridden stands."""
    if gate in ("passed", "named_only") or standing is None:
        return gate
    covers = standing.verdict == verdict and standing.until_date >= on
    return "overridden" if covers else gate


def decisive(verdict: Verdict) -> tuple[Reason, ...]:
    """The reasons that made the verdict what it is; for STEADY why it is not an expansion."""
    rules = {reason.rule for reason in verdict.reasons}
    if verdict.word is VerdictWord.ABSTAIN:
        return tuple(r for r in verdict.reasons if r.rule[0] == "A" and not r.met)
    if verdict.word is VerdictWord.DISTRESS:
        rules = set(verdict.signs)
    elif verdict.word is VerdictWord.OVERTRADING:
        rules = {"E1"} | ({"D2", "D3"} & set(verdict.signs))
    elif verdict.word is VerdictWord.EXPANSION:
        rules = {rule for rule in rules if rule[0] == "E"}
    else:
        return tuple(r for r in verdict.reasons if r.rule[0] == "E" and not r.met)
    return tuple(r for r in verdict.reasons if r.rule in rules and r.met)
