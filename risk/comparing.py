"""Two reports of one firm side by side: what every figure was, what it is, what came and went.

Both are payloads of `risk.report`. A figure that one of the two does not have is None there,
and has no difference; nothing is filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Payload = Mapping[str, Any]

# Levels that no reason of the verdict states: the others are compared as reasons.
LEVELS: Final[tuple[tuple[str, str], ...]] = (
    ("dso_days", "days"),
    ("dpo_days", "days"),
    ("fill_ppm", "ppm"),
    ("shipments_growth_ppm", "ppm"),
    ("need_minor", "minor"),
    ("request_minor", "minor"),
)
SCORE: Final[tuple[tuple[str, str], ...]] = (("score", "count"), ("pd_ppm", "ppm"))
RELIABILITY: Final[tuple[tuple[str, str], ...]] = (
    ("reconciled_ppm", "ppm"),
    ("coverage_ppm", "ppm"),
    ("history_days", "days"),
    ("seen_sales_minor", "minor"),
)
BREAKS: Final[tuple[tuple[str, str], ...]] = (
    ("count", "count"),
    ("total_minor", "minor"),
    ("share_ppm", "ppm"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure then and now. `met` says whether a reason's test was passed, None unknown."""

    code: str
    unit: str
    then: int | None
    now: int | None
    rule: str = ""
    operator: str = ""
    threshold: int | None = None
    met_then: bool | None = None
    met_now: bool | None = None
    percentile_then: int | None = None
    percentile_now: int | None = None

    @property
    def difference(self) -> int | None:
        """Now less then; None where one of them is unknown."""
        return None if self.then is None or self.now is None else self.now - self.then

    @property
    def is_turned(self) -> bool:
        """A reason that is now answered otherwise than then."""
        return self.met_then is not self.met_now


@dataclass(frozen=True, slots=True)
class Partner:
    """A firm traded with: which side it stands on and for how much."""

    ref: str
    name: str
    side: str
    role: str
    total_minor: int


@dataclass(frozen=True, slots=True)
class PartnerMoved:
    """A partner then and now; None where there was no trade."""

    ref: str
    name: str
    side: str
    role: str
    then_minor: int | None
    now_minor: int | None

    @property
    def state(self) -> str:
        """new, lost, more, less or same."""
        if self.then_minor is None:
            return "new"
        if self.now_minor is None:
            return "lost"
        return "more" if self.difference > 0 else "less" if self.difference < 0 else "same"

    @property
    def difference(self) -> int:
        """In minor units; a partner that came or went counts in full."""
        return (self.now_minor or 0) - (self.then_minor or 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports of a firm, the earlier one first."""

    reasons: tuple[Moved, ...]
    levels: tuple[Moved, ...]
    reliability: tuple[Moved, ...]
    measures: tuple[Moved, ...]
    measures_without: tuple[Moved, ...]
    breaks: tuple[Moved, ...]
    findings_new: tuple[str, ...]
    findings_gone: tuple[str, ...]


def reports_compare(then: Payload, now: Payload) -> Compared:
    """Every figure of two payloads, in the order of the later one."""
    return Compared(
        reasons=_reasons(then, now),
        levels=(
            *_figures(then["signals"], now["signals"], LEVELS),
            # Reports from before there was a card have no score, others no judgement of one.
            *_figures(then.get("score") or {}, now.get("score") or {}, SCORE),
        ),
        reliability=_figures(then["reliability"], now["reliability"], RELIABILITY),
        measures=_measures(then, now, "with"),
        measures_without=_measures(then, now, "without"),
        breaks=_figures(then["breaks"], now["breaks"], BREAKS),
        findings_new=_codes(now, but=then),
        findings_gone=_codes(then, but=now),
    )


def _reasons(then: Payload, now: Payload) -> tuple[Moved, ...]:
    known = {(one["rule"], one["code"]): one for one in then["verdict"]["reasons"]}
    moved = []
    for one in now["verdict"]["reasons"]:
        before = known.get((one["rule"], one["code"]), {})
        moved.append(
            Moved(
                code=one["code"],
                unit=one["unit"],
                then=before.get("value"),
                now=one["value"],
                rule=one["rule"],
                operator=one["operator"],
                threshold=one["threshold"],
                met_then=before.get("met"),
                met_now=one["met"],
            )
        )
    return tuple(moved)


def _figures(then: Payload, now: Payload, wanted: tuple[tuple[str, str], ...]) -> tuple[Moved, ...]:
    return tuple(Moved(code, unit, then.get(code), now.get(code)) for code, unit in wanted)


def _measures(then: Payload, now: Payload, side: str) -> tuple[Moved, ...]:
    known = {one["code"]: one for one in then["position"]["measures"]}
    moved = []
    for one in now["position"]["measures"]:
        before = known.get(one["code"], {})
        moved.append(
            Moved(
                code=one["code"],
                unit=one["unit"],
                then=before.get(side),
                now=one[side],
                percentile_then=before.get("percentile"),
                percentile_now=one["percentile"],
            )
        )
    return tuple(moved)


def _codes(payload: Payload, *, but: Payload) -> tuple[str, ...]:
    """Codes of findings that the other report does not have, each once, in their order."""
    other = {one["code"] for one in but["findings"]}
    return tuple(
        dict.fromkeys(one["code"] for one in payload["findings"] if one["code"] not in other)
    )


def partners_compare(then: Iterable[Partner], now: Iterable[Partner]) -> tuple[PartnerMoved, ...]:
    """Who came, who went, who moved: the largest change first, ties by side and reference."""
    before = {(one.side, one.ref): one for one in then}
    after = {(one.side, one.ref): one for one in now}
    moved = []
    for key in {**after, **before}:
        one, old, new = after.get(key) or before[key], before.get(key), after.get(key)
        moved.append(
            PartnerMoved(
                ref=one.ref,
                name=one.name,
                side=one.side,
                role=one.role,
                then_minor=None if old is None else old.total_minor,
                now_minor=None if new is None else new.total_minor,
            )
        )
    return tuple(sorted(moved, key=lambda one: (-abs(one.difference), one.side, one.ref)))
