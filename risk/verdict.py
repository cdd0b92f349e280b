"""Expansion or distress: a pure decision from figures and thresholds, with its reasons.

In this order: ABSTAIN (too little to judge by), DISTRESS (two of eight signs or more),
OVERTRADING (growth with slower money), EXPANSION (all of its conditions), else STEADY. An
unknown figure never counts as a sign of distress and never as a condition of expansion met;
only the request's size is left out of account when nothing is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import combinations
from typing import Any, Final

from risk.policy import VerdictPolicy
from risk.signals.values import Signals, signals_data

Values = Mapping[str, int | None]


class VerdictWord(StrEnum):
    """What a report says of a firm."""

    EXPANSION = "EXPANSION"
    STEADY = "STEADY"
    OVERTRADING = "OVERTRADING"
    DISTRESS = "DISTRESS"
    ABSTAIN = "ABSTAIN"


# What the gate does with each verdict.
GATE: Final[Mapping[VerdictWord, str]] = {
    VerdictWord.EXPANSION: "passed",
    VerdictWord.STEADY: "passed",
    VerdictWord.OVERTRADING: "named_only",
    VerdictWord.DISTRESS: "failed",
    VerdictWord.ABSTAIN: "referred",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: a figure against a threshold of the policy, for one rule."""

    rule: str
    code: str
    signal: str
    operator: str
    threshold: str


COMPARISONS: Final = (
    Comparison("A1", "history", "history_days", ">=", "history_least_days"),
    Comparison("A2", "reconciled", "reconciled_ppm", ">=", "reconciled_least_ppm"),
    Comparison("E1", "orders_growth", "orders_growth_ppm", ">=", "orders_growth_least_ppm"),
    Comparison("E2", "shipment_gap", "shipment_gap_ppm", "<=", "shipment_gap_most_ppm"),
    Comparison("E3", "purchases_growth", "purchases_growth_ppm", ">", "purchases_growth_above_ppm"),
    Comparison("E4", "dpo_rise", "dpo_change_days", "<=", "dpo_rise_most_days"),
    Comparison("E5", "overdue", "overdue_ppm", "<=", "overdue_most_ppm"),
    Comparison("E6", "request_need", "request_need_ppm", "<=", "request_need_most_ppm"),
    Comparison("D1", "orders_fall", "orders_growth_ppm", "<=", "orders_fall_ppm"),
    Comparison("D2", "dpo_jump", "dpo_change_days", ">=", "dpo_jump_days"),
    Comparison(
        "D2",
        "overdue_payables",
        "overdue_payables_change_ppm",
        ">",
        "overdue_payables_rise_above_ppm",
    ),
    Comparison("D3", "dso_jump", "dso_change_days", ">=", "dso_jump_days"),
    Comparison("D4", "fill_rate", "fill_ppm", "<", "fill_least_ppm"),
    Comparison("D4", "returns", "returns_multiple_ppm", ">=", "returns_multiple_ppm"),
    Comparison("D5", "suppliers_lost", "suppliers_lost_ppm", ">=", "suppliers_lost_ppm"),
    Comparison("D5", "prepay_rise", "prepay_change_ppm", ">=", "prepay_rise_ppm"),
    Comparison("D6", "request_excess", "request_need_ppm", ">", "request_need_excess_ppm"),
    Comparison("D7", "refinanced", "refinanced_ppm", ">=", "refinanced_ppm"),
    Comparison(
        "D8", "distressed_customers", "distressed_customers_ppm", ">=", "distressed_customers_ppm"
    ),
)
_GROUNDS: Final = tuple(test for test in COMPARISONS if test.rule.startswith("A"))
_EXPANSION: Final = tuple(test for test in COMPARISONS if test.rule.startswith("E"))
DISTRESS_RULES: Final = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")
_TESTS_OF: Final = {
    rule: tuple(test for test in COMPARISONS if test.rule == rule) for rule in DISTRESS_RULES
}
# Every test of these rules must hold; of the other rules of distress one is enough.
ALL_OF: Final = frozenset({"D2"})
# How far a figure moves in one ordinary step: flips are compared in such steps.
STEP: Final[Mapping[str, int]] = {"ppm": 100_000, "days": 20}
LONG_STEPS: Final[Mapping[str, int]] = {"history_days": 90, "returns_multiple_ppm": 1_000_000}


@dataclass(frozen=True, slots=True)
class Reason:
    """A test with its numbers; `met` is None where the figure is unknown."""

    rule: str
    code: str
    unit: str
    value: int | None
    operator: str
    threshold: int
    met: bool | None


_REASON: Final = tuple(f.name for f in fields(Reason))


@dataclass(frozen=True, slots=True)
class Change:
    """A figure moved from what it is to where its test just turns."""

    code: str
    unit: str
    value: int
    turning: int


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of figures that leads to another verdict."""

    to: VerdictWord
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word, all tests with their numbers, the signs of distress met, and the flips with
    the smallest first."""

    word: VerdictWord
    reasons: tuple[Reason, ...]
    signs: tuple[str, ...]
    flips: tuple[Flip, ...]

    @property
    def gate(self) -> str:
        """What the gate does with it."""
        return GATE[self.word]


def verdict_decide(signals: Signals, *, policy: VerdictPolicy) -> Verdict:
    """Judge one firm."""
    values = signals_data(signals)
    met = _results(values, policy)
    return Verdict(
        word=_word(values, met, policy),
        reasons=tuple(_reason(test, values, met, policy) for test in COMPARISONS),
        signs=_signs(met),
        flips=_flips(values, policy),
    )


def verdict_word(signals: Signals, *, policy: VerdictPolicy) -> VerdictWord:
    """The word alone, without reasons and flips."""
    values = signals_data(signals)
    return _word(values, _results(values, policy), policy)


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as a report holds it."""
    return {
        "verdict": str(verdict.word),
        "gate": verdict.gate,
        "signs": list(verdict.signs),
        "reasons": [{n: getattr(r, n) for n in _REASON} for r in verdict.reasons],
        "flips": [
            {
                "to": str(flip.to),
                "changes": [
                    {"code": c.code, "unit": c.unit, "from": c.value, "to": c.turning}
                    for c in flip.changes
                ],
            }
            for flip in verdict.flips
        ],
    }


def _results(values: Values, policy: VerdictPolicy) -> dict[str, bool | None]:
    return {test.code: _holds(values[test.signal], test, policy) for test in COMPARISONS}


def _holds(value: int | None, test: Comparison, policy: VerdictPolicy) -> bool | None:
    if value is None:
        return None
    threshold = int(getattr(policy, test.threshold))
    if test.operator == ">=":
        return value >= threshold
    if test.operator == "<=":
        return value <= threshold
    return value > threshold if test.operator == ">" else value < threshold


def _word(values: Values, met: Mapping[str, bool | None], policy: VerdictPolicy) -> VerdictWord:
    if not all(met[test.code] for test in _GROUNDS):
        return VerdictWord.ABSTAIN
    signs = _signs(met)
    if len(signs) >= policy.distress_needed:
        return VerdictWord.DISTRESS
    if met["orders_growth"] and ("D2" in signs or "D3" in signs):
        return VerdictWord.OVERTRADING
    asked = values["request_minor"] is not None
    growing = all(met[t.code] for t in _EXPANSION if asked or t.code != "request_need")
    return VerdictWord.EXPANSION if growing else VerdictWord.STEADY


def _signs(met: Mapping[str, bool | None]) -> tuple[str, ...]:
    return tuple(
        rule
        for rule, tests in _TESTS_OF.items()
        if (all if rule in ALL_OF else any)(met[test.code] for test in tests)
    )


def _reason(
    test: Comparison, values: Values, met: Mapping[str, bool | None], policy: VerdictPolicy
) -> Reason:
    return Reason(
        rule=test.rule,
        code=test.code,
        unit=_unit(test.signal),
        value=values[test.signal],
        operator=test.operator,
        threshold=int(getattr(policy, test.threshold)),
        met=met[test.code],
    )


def _unit(signal: str) -> str:
    return signal.rsplit("_", 1)[1]


def _flips(values: Values, policy: VerdictPolicy) -> tuple[Flip, ...]:
    """The cheapest single change to every other verdict it can reach; pairs of changes where
    no single one leads anywhere but to ABSTAIN."""
    moves = _moves(values, policy)
    best = _best(values, [(move,) for move in moves], policy)
    if not set(best) - {VerdictWord.ABSTAIN}:
        pairs: list[tuple[Move, ...]] = [(a, b) for a, b in combinations(moves, 2) if a[1] != b[1]]
        best = {**_best(values, pairs, policy), **best}
    ordered = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    return tuple(Flip(word, tuple(m[2] for m in taken)) for word, (_, taken) in ordered)


Move = tuple[int, str, Change]


def _moves(values: Values, policy: VerdictPolicy) -> list[Move]:
    """Each known figure moved just across each of its thresholds, with what that costs."""
    moves: list[Move] = []
    for test in COMPARISONS:
        value = values[test.signal]
        if value is None:
            continue
        threshold = int(getattr(policy, test.threshold))
        inside = test.operator in (">=", "<=")
        beyond = threshold + (1 if test.operator in (">", "<=") else -1)
        # `threshold` is on the near side for >= and <=, `beyond` for > and <.
        yes, no = (threshold, beyond) if inside else (beyond, threshold)
        target = no if _holds(value, test, policy) else yes
        unit = _unit(test.signal)
        step = LONG_STEPS.get(test.signal, STEP[unit])
        cost = abs(target - value) * 1_000_000 // step
        moves.append((cost, test.signal, Change(test.code, unit, value, target)))
    return moves


def _best(
    values: Values, candidates: list[tuple[Move, ...]], policy: VerdictPolicy
) -> dict[VerdictWord, tuple[int, tuple[Move, ...]]]:
    now = _word(values, _results(values, policy), policy)
    best: dict[VerdictWord, tuple[int, tuple[Move, ...]]] = {}
    for taken in candidates:
        moved = {**values, **{signal: change.turning for _, signal, change in taken}}
        word = _word(moved, _results(moved, policy), policy)
        cost = sum(move[0] for move in taken)
        if word is not now and (word not in best or cost < best[word][0]):
            best[word] = (cost, taken)
    return best
