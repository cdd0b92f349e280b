"""The floating part of a limit: good performance raises it, bad lowers it, in steps. Pure.

A raise takes every condition and one step a period; a lowering is immediate, one step for
each ground that did not count already within the period. A figure that is not known is
neither a condition met nor a ground, so that silence never raises a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.rates import PPM
from risk.policy import LimitPolicy


@dataclass(frozen=True, slots=True)
class Performance:
    """What is known of a firm (or of it with one obligor) on a day.

    `score` is None without a score that may be used; `drift` is the card's state. `paid_in_time`
    counts payments of the window that came by their due date and grace, out of `paid_total`.
    """

    verdict: str
    reconciled_ppm: int | None
    score: int | None
    score_before: int | None
    drift: str
    paid_in_time: int
    paid_total: int
    overdue_minor: int
    warnings_high: int
    used_minor: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A machine's earlier change of the same limit."""

    on_date: date
    floating_minor: int
    before_minor: int
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FloatStep:
    """The floating part to be, and the grounds: conditions of a raise or of a lowering."""

    floating_minor: int
    grounds: tuple[str, ...]


def floating_decide(
    *,
    base_minor: int,
    floating_minor: int,
    performance: Performance,
    moved: Sequence[Moved],
    on: date,
    policy: LimitPolicy,
) -> FloatStep | None:
    """The next step, or None where nothing moves. `moved`: the machine's changes so far.

    The result is within +-cap of the base and never takes the limit below zero. A floating
    part above the cap that people have set is left to them, but never raised.
    """
    since = on - timedelta(days=policy.period_days)
    recent = [one for one in moved if one.on_date > since]
    cap = base_minor * policy.cap_ppm // PPM
    bad = lowering_grounds(performance, policy)
    # A drifted card is no fault of the firm: it takes back raises and nothing more.
    bad = tuple(ground for ground in bad if ground != "drift") or bad
    if bad:
        counted = {ground for one in recent for ground in one.grounds if _lowered(one)}
        fresh = tuple(ground for ground in bad if ground not in counted)
        wanted = floating_minor - len(fresh) * (base_minor * policy.lower_ppm // PPM)
        floor = 0 if bad == ("drift",) else max(-cap, -base_minor)
        to = max(wanted, min(floor, floating_minor))
        return FloatStep(to, fresh) if to < floating_minor else None
    good = raising_grounds(performance, limit_minor=base_minor + floating_minor, policy=policy)
    if good is None or recent:
        return None
    to = min(floating_minor + base_minor * policy.raise_ppm // PPM, cap)
    return FloatStep(to, good) if to > floating_minor else None


def lowering_grounds(performance: Performance, policy: LimitPolicy) -> tuple[str, ...]:
    """What speaks against the firm, in a fixed order."""
    share = in_time_ppm(performance, policy)
    before, score = performance.score_before, performance.score
    found = {
        "distress": performance.verdict == "DISTRESS",
        "overdue": performance.overdue_minor > 0,
        "paid_late": share is not None and share < policy.paid_late_ppm,
        "score_bad": score is not None and score < policy.score_bad,
        "score_fall": score is not None
        and before is not None
        and before - score >= policy.score_fall,
        "warnings": performance.warnings_high > 0,
        "drift": performance.drift == "stop",
    }
    return tuple(ground for ground, is_so in found.items() if is_so)


def raising_grounds(
    performance: Performance, *, limit_minor: int, policy: LimitPolicy
) -> tuple[str, ...] | None:
    """The conditions of a raise, all met; None where one is not, or is not known."""
    share = in_time_ppm(performance, policy)
    known, score = performance.reconciled_ppm, performance.score
    use = performance.used_minor * PPM // limit_minor if limit_minor > 0 else PPM
    found = {
        "verdict_sound": performance.verdict in ("EXPANSION", "STEADY"),
        "paid_in_time": share is not None and share >= policy.paid_in_time_ppm,
        "score_good": score is not None and score >= policy.score_good,
        "reconciled": known is not None and known >= policy.reconciled_good_ppm,
        "use_healthy": policy.use_least_ppm <= use <= policy.use_most_ppm,
    }
    return tuple(found) if all(found.values()) else None


def in_time_ppm(performance: Performance, policy: LimitPolicy) -> int | None:
    """Share of payments in time; None where there are too few."""
    if performance.paid_total < policy.payments_least:
        return None
    return performance.paid_in_time * PPM // performance.paid_total


def _lowered(one: Moved) -> bool:
    return one.floating_minor < one.before_minor
