"""Invoices that go round: time-ordered rings of three to six firms.

Invoices of a pair at most `cycle_merge_days` apart are one event first, so that a split
invoice is seen whole. The anchor is left out (through it everyone is near everyone), and so
are registered buy-back and consignment pairs. A ring scores by how little value it adds and
how few goods moved in it; the search is bounded and says when it stopped early.
"""

import numpy as np

from ledger.rates import PPM
from risk.chain.cycles import CycleBounds, Event, cycles_search
from risk.facts import FlowKind
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

CHECK = "circular_trade"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a ring and firm in it, and one for the chain when the budget ran out."""
    events, rows_of = _events(snapshot, policy)
    bounds = CycleBounds(
        longest=policy.checks.cycle_longest,
        span_days=policy.checks.cycle_span_days,
        band_ppm=policy.checks.cycle_band_ppm,
        steps=policy.checks.cycle_steps,
    )
    search = cycles_search(events, bounds=bounds)
    moved = _pairs_with_goods(snapshot)
    found = []
    for cycle in search.cycles:
        found += _ring(snapshot, cycle, [row for e in cycle for row in rows_of[e.key]], moved)
    if search.exhausted:
        facts = {"steps": search.steps, "rings": len(search.cycles)}
        found.append(Finding(CHECK, "search_stopped", "", Severity.WARN, facts))
    return tuple(found)


def _events(snapshot: Snapshot, policy: Policy) -> tuple[list[Event], list[list[int]]]:
    flows = snapshot.flows
    anchor = snapshot.anchor_mask()
    kept = (flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0)
    kept &= in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    kept &= flows.supplier != flows.buyer
    rows = np.flatnonzero(kept & ~snapshot.exempt_mask())
    rows = rows[~anchor[flows.supplier[rows]] & ~anchor[flows.buyer[rows]]]
    rows = rows[np.lexsort((flows.day[rows], flows.buyer[rows], flows.supplier[rows]))]
    merged: list[Event] = []
    rows_of: list[list[int]] = []
    for row in rows.tolist():
        day, amount = int(flows.day[row]), int(flows.amount_minor[row])
        pair = (int(flows.supplier[row]), int(flows.buyer[row]))
        last = merged[-1] if merged else None
        if (
            last
            and (last.source, last.target) == pair
            and day - last.day <= policy.checks.cycle_merge_days
        ):
            merged[-1] = Event(last.day, *pair, last.amount_minor + amount, last.key)
            rows_of[-1].append(row)
        else:
            merged.append(Event(day, *pair, amount, len(merged)))
            rows_of.append([row])
    return merged, rows_of


def _pairs_with_goods(snapshot: Snapshot) -> frozenset[tuple[int, int]]:
    flows = snapshot.flows
    goods = np.isin(flows.kind, [int(FlowKind.RECEIPT), int(FlowKind.DESPATCH)])
    pairs = zip(flows.supplier[goods].tolist(), flows.buyer[goods].tolist(), strict=True)
    return frozenset(pairs)


def _ring(
    snapshot: Snapshot,
    cycle: tuple[Event, ...],
    rows: list[int],
    moved: frozenset[tuple[int, int]],
) -> list[Finding]:
    amounts = [event.amount_minor for event in cycle]
    with_goods = sum((event.source, event.target) in moved for event in cycle)
    names = [snapshot.flows.parties[event.source] for event in cycle]
    facts: dict[str, int | str] = {
        "firms": len(cycle),
        "ring": ">".join(names),
        "amount_minor": min(amounts),
        "value_added_ppm": abs(amounts[-1] - amounts[0]) * PPM // max(amounts),
        "legs_with_goods": with_goods,
        "days": cycle[-1].day - cycle[0].day,
        "invoices": len(rows),
    }
    severity = Severity.WARN if with_goods == len(cycle) else Severity.HIGH
    evidence = evidence_of(snapshot.flows, rows)
    return [Finding(CHECK, "ring", name, severity, facts, evidence) for name in names]
