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
class PersonsWord:
    """The last decision that people made on a firm: "failed" is a refusal, "overridden" an
    override against `verdict`. Until when, by whom and why."""

    outcome: str
    verdict: str
    until_date: date
    by_ref: str
    reason: str
    override_id: int | None


def verdict_for_request(
    payload: Mapping[str, Any], *, request: RequestFact | None, policy: Policy
) -> Verdict:
    """A stored report judged again with this request, or with the one it was made for."""
    signals = Signals(**{name: payload["signals"][name] for name in SIGNALS})
    if request is not None:
        signals = signals.asking(request)
    return verdict_decide(signals, policy=policy.verdict)


def gate_outcome(verdict: str, gate: str, *, word: PersonsWord | None, on: date) -> str:
    """What the gate says: the verdict's own word, unless people said otherwise until a later
    day. A refusal holds whatever the verdict; an override holds against the very verdict it
    was given for, so that a worse one closes the gate again."""
    if word is None or word.until_date < on:
        return gate
    if word.outcome == "failed":
        return "failed"
    return "overridden" if gate in ("failed", "referred") and word.verdict == verdict else gate


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
