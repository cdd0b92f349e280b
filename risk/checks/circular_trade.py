"""Invoices that go round: time-ordered rings of three to six firms.

Invoices of a pair a few days apart are one event first, so that a split invoice is seen
whole. The anchor is left out (through it everyone is near everyone), and so are registered
buy-back and consignment pairs. The search runs twice: over invoices without goods behind
them, so that honest trade of the same pairs cannot hide a ring in its own sums, and over all
invoices. A ring then scores by what is missing (goods), what is left out (added value) and
who is behind it (one owner, telephone, address); below the warning line nothing is said, so
that a loop of subcontractors with goods and margins stays what it is. Each search is bounded
and says when it stopped early.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray
from risk.chain.cycles import CycleBounds, CycleTable, cycles_find
from risk.chain.merging import Merged, events_merge
from risk.chain.relations import Relations, relations_of
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import CheckPolicy, Policy
from risk.signals.backing import moved_ppm
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

CHECK = "circular_trade"
# Goods missing on every leg count in full when chance would do it less than once in e^7 rings,
# and rather less than once among the rings that the trade makes anyway.
SURPRISE = 7.0
SURPRISE_MARGIN = 1.0
LOST_LEAST = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class _Invoices:
    """Invoice rows that may be part of a ring. `has_goods` a row."""

    row: IntArray
    has_goods: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A value that went round once."""

    firms: tuple[int, ...]
    rows: tuple[int, ...]
    amounts: tuple[int, ...]
    legs_with_goods: int
    days: int
    points: int
    is_flat: bool


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a ring and firm in it, and one for the chain when a budget ran out.

    `subject` names the members and is the same at each of them and in every run.
    """
    rules = policy.checks
    invoices = _invoices(snapshot, rules)
    relations = relations_of(
        snapshot.parties, anchor=snapshot.anchor_mask(), key_most=rules.key_most_firms
    )
    searches = [
        _search(snapshot, rows, rules) for rows in (invoices.row[~invoices.has_goods], invoices.row)
    ]
    candidates = len(searches[-1][1].events)
    turns = [
        turn
        for merged, table in searches
        for turn in _turns(snapshot, invoices, relations, merged, table, candidates, rules)
    ]
    rings = {
        members: scored
        for members, own in _rings(turns, rules).items()
        if (scored := _together(snapshot, invoices, own, rules))
    }
    found = [
        finding
        for members in sorted(rings)
        for finding in _ring(snapshot, relations, rings[members], rules)
    ]
    if any(table.exhausted for _, table in searches):
        facts = {"steps": sum(table.steps for _, table in searches), "rings": len(rings)}
        found.append(Finding(CHECK, "search_stopped", "", Severity.WARN, facts))
    return tuple(found)


def _invoices(snapshot: Snapshot, rules: CheckPolicy) -> _Invoices:
    flows = snapshot.flows
    anchor = snapshot.anchor_mask()
    kept = (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0)
    kept &= in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    kept &= flows.supplier != flows.buyer
    rows = np.flatnonzero(kept & ~snapshot.exempt_mask())
    rows = rows[~anchor[flows.supplier[rows]] & ~anchor[flows.buyer[rows]]]
    share = moved_ppm(flows, rows, last_day=snapshot.day)
    return _Invoices(rows, np.asarray(share >= rules.cycle_goods_ppm))


def _search(
    snapshot: Snapshot, rows: IntArray, rules: CheckPolicy
) -> tuple[Merged, CycleTable]:  # fmt: skip
    flows = snapshot.flows
    merged = events_merge(
        day=flows.day[rows],
        source=flows.supplier[rows],
        target=flows.buyer[rows],
        amount_minor=flows.amount_minor[rows],
        gap_days=rules.cycle_merge_days,
        most_days=rules.cycle_merge_most_days,
    )
    bounds = CycleBounds(
        longest=rules.cycle_longest,
        span_days=rules.cycle_span_days,
        band_ppm=rules.cycle_band_ppm,
        steps=rules.cycle_steps,
        start_steps=rules.cycle_start_steps,
        slack_days=rules.cycle_merge_days,
    )
    table = cycles_find(
        day=merged.day,
        source=merged.source,
        target=merged.target,
        amount_minor=merged.amount_minor,
        bounds=bounds,
    )
    # Rows of the snapshot instead of positions among the rows searched.
    return _renamed(merged, rows), table


def _renamed(merged: Merged, rows: IntArray) -> Merged:
    return Merged(
        day=merged.day,
        last_day=merged.last_day,
        source=merged.source,
        target=merged.target,
        amount_minor=merged.amount_minor,
        start=merged.start,
        rows=rows[merged.rows],
    )


def _turns(
    snapshot: Snapshot,
    invoices: _Invoices,
    relations: Relations,
    merged: Merged,
    table: CycleTable,
    candidates: int,
    rules: CheckPolicy,
) -> Iterator[_Turn]:
    """Cycles with points enough to be told, and flat ones that may have by turning often."""
    flows = snapshot.flows
    if not len(table.events):
        return
    with_goods = np.zeros(len(flows), dtype=bool)
    with_goods[invoices.row] = invoices.has_goods
    by_event = np.add.reduceat(
        np.where(with_goods[merged.rows], flows.amount_minor[merged.rows], 0), merged.start[:-1]
    )
    moved = 2 * by_event >= merged.amount_minor
    weight = _goods_weight(invoices, flows.amount_minor, merged, table)
    lengths = table.lengths()
    filled = table.events != MISSING
    at = np.where(filled, table.events, 0)
    missing = (filled & ~moved[at]).sum(axis=1)
    amount = merged.amount_minor[at]
    high = np.where(filled, amount, 0).max(axis=1)
    low = np.where(filled, amount, high[:, None]).min(axis=1)
    spread = (high - low) / high
    needed = max(SURPRISE, np.log(candidates + 1) + SURPRISE_MARGIN)
    surprise = np.minimum(missing * weight / needed, 1) * missing / lengths
    points = rules.cycle_goods_points * surprise
    points += rules.cycle_flat_points * np.clip(1 - spread * PPM / rules.cycle_flat_ppm, 0, 1)
    hopeful = points + rules.cycle_related_points + rules.cycle_item_points
    hopeful += 2 * rules.cycle_turn_points + rules.cycle_only_points
    flat = spread * PPM < rules.cycle_flat_ppm
    for number in np.flatnonzero(hopeful >= rules.cycle_warn_points).tolist():
        events = table.events[number, : lengths[number]].tolist()
        firms = tuple(int(merged.source[event]) for event in events)
        rows = tuple(int(row) for event in events for row in merged.rows_of(event))
        total = float(points[number])
        kinds = relations.shared(firms)
        total += rules.cycle_related_points if kinds else 0
        total += rules.cycle_item_points if _same_item(snapshot, merged, events) else 0
        if total >= rules.cycle_warn_points or flat[number]:
            yield _Turn(
                firms=firms,
                rows=rows,
                amounts=tuple(int(merged.amount_minor[event]) for event in events),
                legs_with_goods=len(events) - int(missing[number]),
                days=int(merged.last_day[events].max() - merged.day[events[0]]),
                points=int(total),
                is_flat=bool(flat[number]),
            )


def _goods_weight(
    invoices: _Invoices, amount_minor: IntArray, merged: Merged, table: CycleTable
) -> float:
    """How much it says of one leg that its goods are missing: -ln of the share of the trade
    outside of every candidate that has none. Where no logistics are seen at all, nothing."""
    inside = np.zeros(len(amount_minor), dtype=bool)
    for event in np.unique(table.events[table.events != MISSING]).tolist():
        inside[merged.rows_of(event)] = True
    outside = invoices.has_goods | ~inside[invoices.row]
    total = int(amount_minor[invoices.row[outside]].sum())
    backed = int(amount_minor[invoices.row[invoices.has_goods]].sum())
    lost = (total - backed) / total if total else 0.0
    return -float(np.log(max(lost, LOST_LEAST)))


def _same_item(snapshot: Snapshot, merged: Merged, events: list[int]) -> bool:
    """Whether one named item went all the way round."""
    flows = snapshot.flows
    common: set[int] | None = None
    for event in events:
        own = set(flows.item[merged.rows_of(event)].tolist())
        common = own if common is None else common & own
    return any(flows.items[item] for item in common or ())


def _rings(turns: list[_Turn], rules: CheckPolicy) -> dict[tuple[int, ...], list[_Turn]]:
    """Turns by members, the weightiest first; a turn most of whose rows are told already
    adds nothing, whoever else it names."""
    told: set[int] = set()
    rings: dict[tuple[int, ...], list[_Turn]] = {}
    for turn in sorted(turns, key=lambda t: (-t.points, len(t.firms), t.days, t.rows)):
        members = tuple(sorted(turn.firms))
        known = sum(row in told for row in turn.rows)
        full = members not in rings and len(rings) >= rules.cycle_rings_most
        if 2 * known >= len(turn.rows) or full:
            continue
        told.update(turn.rows)
        rings.setdefault(members, []).append(turn)
    return rings


def _together(
    snapshot: Snapshot, invoices: _Invoices, turns: list[_Turn], rules: CheckPolicy
) -> list[_Turn]:
    """The turns of one ring with what they weigh together, at the first: points for flat
    turns after the first, and for the share of its firms' invoices along the ring that the
    flat turns take. Nothing when that is not enough."""
    flows, best = snapshot.flows, turns[0]
    flat = [turn for turn in turns if turn.is_flat]
    points = best.points
    if best.is_flat:
        legs = {*zip(best.firms, (*best.firms[1:], best.firms[0]), strict=True)}
        code = flows.supplier[invoices.row] * len(snapshot.parties) + flows.buyer[invoices.row]
        wanted = [a * len(snapshot.parties) + b for a, b in sorted(legs)]
        total = int(flows.amount_minor[invoices.row[np.isin(code, wanted)]].sum())
        inside = sum(sum(turn.amounts) for turn in flat)
        # Firms that trade with each other anyway make flat turns by chance.
        only = max(2 * min(inside / total, 1.0) - 1, 0.0)
        weight = rules.cycle_only_points + rules.cycle_turn_points * min(len(flat) - 1, 2)
        points += int(weight * only)
    if points < rules.cycle_warn_points:
        return []
    return [replace(best, points=points), *turns[1:]]


def _ring(
    snapshot: Snapshot, relations: Relations, turns: list[_Turn], rules: CheckPolicy
) -> list[Finding]:
    best = turns[0]
    names = [snapshot.flows.parties[firm] for firm in best.firms]
    rows = sorted({row for turn in turns for row in turn.rows})
    facts: dict[str, int | str] = {
        "subject": ",".join(sorted(names)),
        "firms": len(names),
        "ring": ">".join(names),
        "amount_minor": sum(min(turn.amounts) for turn in turns),
        "value_added_ppm": abs(best.amounts[-1] - best.amounts[0]) * PPM // max(best.amounts),
        "legs_with_goods": best.legs_with_goods,
        "related": ",".join(relations.shared(best.firms)),
        "days": best.days,
        "invoices": len(rows),
        "turns": len(turns),
        "points": best.points,
    }
    severity = Severity.HIGH if best.points >= rules.cycle_high_points else Severity.WARN
    evidence = evidence_of(snapshot.flows, rows)
    return [Finding(CHECK, "ring", name, severity, facts, evidence) for name in names]
