"""Whom a firm trades with: a jump of concentration, a main buyer lost, a neighbour's default.

The anchor and its entities count as one partner, so that a change of entity is no news.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.analysis import Analysis
from risk.arrays import FloatArray, ratio, sums
from risk.chain.graph import Layer
from risk.facts import DefaultFact, FlowKind, FlowTable, IntArray
from risk.findings import Evidence
from risk.signals.windows import Windows, of_kind, windows_of
from risk.snapshot import in_window
from risk.warning.values import Sign, Signal, largest_rows, severity_of, signs_sorted

_SIDES: Final = ("buyers", "suppliers")


@dataclass(frozen=True, slots=True, eq=False)
class _Trade:
    """Invoices of a pair in the current and in the base window of `firm`; one entry a pair."""

    firm: IntArray
    partner: IntArray
    now_minor: IntArray
    base_minor: IntArray
    now_rows: IntArray  # by firm
    base_rows: IntArray

    def shares(self, weight: IntArray) -> FloatArray:
        """Each pair's share of its firm's trade; 0 where the firm has none."""
        total = sums(self.firm, weight, len(self.now_rows))
        return ratio(weight, total[self.firm], otherwise=0.0)

    def hhi(self, weight: IntArray) -> FloatArray:
        """Concentration by firm, 0 to 1."""
        return sums(self.firm, self.shares(weight) ** 2, len(self.now_rows))


def concentration_jump(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a firm and side ("buyers", "suppliers") whose HHI rose by the policy's step.

    Both windows need as many invoices as the policy asks of a window with orders.
    """
    rules, least = analysis.policy.warning, analysis.policy.signals.orders_least
    signs: list[Sign] = []
    for side in _SIDES:
        trade = _trade(analysis, sells=side == "buyers")
        now, base = trade.hhi(trade.now_minor), trade.hhi(trade.base_minor)
        jump = np.round((now - base) * PPM)
        found = (jump >= rules.hhi_jump_ppm) & (trade.now_rows >= least)
        found &= trade.base_rows >= least
        signs += [
            Sign(
                party_ref=analysis.snapshot.flows.parties[firm],
                signal=Signal.CONCENTRATION_JUMP,
                subject=side,
                severity=severity_of(jump[firm] >= rules.hhi_jump_high_ppm),
                unit="ppm",
                value=int(jump[firm]),
                threshold=rules.hhi_jump_ppm,
                valid_days=rules.valid_days,
                facts={
                    "side": side,
                    "now_ppm": round(float(now[firm]) * PPM),
                    "base_ppm": round(float(base[firm]) * PPM),
                },
                evidence=_recent_rows(analysis, firm, sells=side == "buyers"),
            )
            for firm in np.flatnonzero(found).tolist()
        ]
    return signs_sorted(signs)


def main_buyer_lost(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a firm whose largest buyer of the base window buys next to nothing now.

    The anchor is left out: what it orders is a signal of its own.
    """
    rules, snapshot = analysis.policy.warning, analysis.snapshot
    trade = _trade(analysis, sells=True)
    share = trade.shares(trade.base_minor)
    order = np.lexsort((-trade.partner, trade.base_minor, trade.firm))
    largest = np.full(len(trade.now_rows), -1, dtype=np.int64)
    largest[trade.firm[order]] = order  # the last of each firm, its largest, stays
    enough = trade.base_rows >= analysis.policy.signals.orders_least
    windows = windows_of(snapshot, policy=analysis.policy.signals)
    signs, anchor = [], snapshot.anchor_mask()
    for firm in np.flatnonzero(enough & (largest >= 0)).tolist():
        pair = int(largest[firm])
        if anchor[trade.partner[pair]]:
            continue
        before, now = int(trade.base_minor[pair]), int(trade.now_minor[pair])
        part = round(float(share[pair]) * PPM)
        left = now * PPM // before if before else PPM
        if part < rules.main_buyer_ppm or left >= rules.main_buyer_left_ppm:
            continue
        buyer = int(trade.partner[pair])
        signs.append(
            Sign(
                party_ref=snapshot.flows.parties[firm],
                signal=Signal.MAIN_BUYER_LOST,
                subject=snapshot.flows.parties[buyer],
                severity=severity_of(part >= rules.main_buyer_high_ppm),
                unit="ppm",
                value=part,
                threshold=rules.main_buyer_ppm,
                valid_days=rules.valid_days,
                facts={
                    "partner": snapshot.parties[buyer].name,
                    "base_minor": before,
                    "now_minor": now,
                },
                evidence=_lost_rows(analysis, firm, buyer, windows),
            )
        )
    return tuple(signs)


def neighbour_default(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a firm that leans on a firm which defaulted lately, by the share of its trade.

    An obligor of the anchor's group is everybody's buyer: its default is one sign about
    itself, always high, rather than one a supplier.
    """
    rules, snapshot = analysis.policy.warning, analysis.snapshot
    anchor = snapshot.anchor_mask()
    known = {party.ref: number for number, party in enumerate(snapshot.parties)}
    signs: list[Sign] = []
    for fact in snapshot.defaults:
        age = (snapshot.as_of - fact.on_date).days
        firm = known.get(fact.party_ref)
        if firm is None or age > rules.neighbour_days:
            continue
        if anchor[firm]:
            signs.append(_own_default(analysis, fact))
        else:
            signs += _leaning(analysis, fact, firm)
    return signs_sorted(signs)


def _own_default(analysis: Analysis, fact: DefaultFact) -> Sign:
    rules = analysis.policy.warning
    return Sign(
        party_ref=fact.party_ref,
        signal=Signal.NEIGHBOUR_DEFAULT,
        subject=fact.party_ref,
        severity=severity_of(True),
        unit="ppm",
        value=PPM,
        threshold=rules.neighbour_ppm,
        valid_days=rules.valid_days,
        facts={"side": "itself", "defaulted": fact.on_date.isoformat()},
    )


def _leaning(analysis: Analysis, fact: DefaultFact, defaulted: int) -> Iterator[Sign]:
    graph, rules = analysis.graphs[Layer.INVOICE], analysis.policy.warning
    sides = (
        ("buyer", graph.target, graph.source, graph.sales()),
        ("supplier", graph.source, graph.target, graph.purchases()),
    )
    for side, own, other, total in sides:
        for edge in np.flatnonzero(own == defaulted).tolist():
            firm = int(other[edge])
            share = int(graph.weight[edge]) * PPM // int(total[firm])
            if share < rules.neighbour_ppm:
                continue
            yield Sign(
                party_ref=analysis.snapshot.flows.parties[firm],
                signal=Signal.NEIGHBOUR_DEFAULT,
                subject=fact.party_ref,
                severity=severity_of(share >= rules.neighbour_high_ppm),
                unit="ppm",
                value=share,
                threshold=rules.neighbour_ppm,
                valid_days=rules.valid_days,
                facts={
                    "side": side,
                    "partner": analysis.snapshot.parties[defaulted].name,
                    "amount_minor": int(graph.weight[edge]),
                    "defaulted": fact.on_date.isoformat(),
                },
                evidence=_pair_rows(analysis, firm, defaulted, sells=side == "buyer"),
            )


def _trade(analysis: Analysis, *, sells: bool) -> _Trade:
    snapshot = analysis.snapshot
    bills = of_kind(snapshot.flows, FlowKind.INVOICE)
    windows = windows_of(snapshot, policy=analysis.policy.signals)
    one = _merged(analysis)
    firm, partner = _sides(bills, sells=sells)
    partner = one[partner]
    size = len(snapshot.parties)
    apart = firm != partner
    firm, partner, day = firm[apart], partner[apart], bills.day[apart]
    amount = bills.amount_minor[apart]
    cells, place = np.unique(firm * size + partner, return_inverse=True)
    now, base = np.zeros((2, len(cells)), dtype=np.int64)
    recent = in_window(day, last_day=windows.last_day, days=windows.days)
    before = (day <= windows.base_day[firm]) & (day > windows.base_day[firm] - windows.days)
    np.add.at(now, place[recent], amount[recent])
    np.add.at(base, place[before], amount[before])
    return _Trade(
        firm=cells // max(size, 1),
        partner=cells % max(size, 1),
        now_minor=now,
        base_minor=base,
        now_rows=np.bincount(firm[recent], minlength=size),
        base_rows=np.bincount(firm[before], minlength=size),
    )


def _merged(analysis: Analysis) -> IntArray:
    """Each firm's position, the anchor's entities at the first of them."""
    anchor = analysis.snapshot.anchor_mask()
    own = np.arange(len(anchor), dtype=np.int64)
    return np.where(anchor, int(np.flatnonzero(anchor)[0]), own) if anchor.any() else own


def _sides(flows: FlowTable, *, sells: bool) -> tuple[IntArray, IntArray]:
    return (flows.supplier, flows.buyer) if sells else (flows.buyer, flows.supplier)


def _own_rows(analysis: Analysis, firm: int, *, sells: bool) -> IntArray:
    flows = analysis.snapshot.flows
    rows = analysis.index.sold(firm) if sells else analysis.index.bought(firm)
    kept: IntArray = rows[
        (flows.kind[rows] == int(FlowKind.INVOICE)) & (flows.amount_minor[rows] > 0)
    ]
    return kept


def _recent_rows(analysis: Analysis, firm: int, *, sells: bool) -> tuple[Evidence, ...]:
    flows, snapshot = analysis.snapshot.flows, analysis.snapshot
    rows = _own_rows(analysis, firm, sells=sells)
    days = analysis.policy.signals.window_days
    rows = rows[in_window(flows.day[rows], last_day=snapshot.day, days=days)]
    return largest_rows(analysis, rows, flows.amount_minor[rows])


def _lost_rows(analysis: Analysis, firm: int, buyer: int, windows: Windows) -> tuple[Evidence, ...]:
    """What the lost buyer bought in the base window."""
    flows = analysis.snapshot.flows
    rows = _own_rows(analysis, firm, sells=True)
    is_base = in_window(flows.day[rows], last_day=int(windows.base_day[firm]), days=windows.days)
    rows = rows[is_base & (_merged(analysis)[flows.buyer[rows]] == buyer)]
    return largest_rows(analysis, rows, flows.amount_minor[rows])


def _pair_rows(analysis: Analysis, firm: int, partner: int, *, sells: bool) -> tuple[Evidence, ...]:
    flows = analysis.snapshot.flows
    rows = _own_rows(analysis, firm, sells=sells)
    other = flows.buyer[rows] if sells else flows.supplier[rows]
    rows = rows[other == partner]
    return largest_rows(analysis, rows, flows.amount_minor[rows])
