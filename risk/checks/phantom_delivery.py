"""Goods that were only written down.

A pair's receipts that no carrier brought, where this trade usually has one; receipts before
their despatch; one despatch used for several deliveries; goods that come ever later behind
their invoices. Dirt happens to everyone: a pair is told only for what is far beyond the share
of the same in all other trade. A supplier that always brings its goods itself is expected to.
"""

from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import CheckPolicy, Policy
from risk.signals.backing import FAR, Goods, carrier_expected, goods_key, goods_moved
from risk.snapshot import QUARTER_DAYS, YEAR_DAYS, Snapshot, in_window

CHECK = "phantom_delivery"
RATE_LEAST = 0.001
LAG_MOST = 90


@dataclass(frozen=True, slots=True, eq=False)
class _Trade:
    """Order lines of the year that were invoiced and received, at the anchor or anywhere.
    `pair` numbers supplier and buyer; `expected`: a carrier should have come."""

    goods: Goods
    pair: IntArray
    judged: BoolArray
    expected: BoolArray


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a pair and reason at its supplier; late goods are told once a supplier.
    `amount_minor` is what was invoiced on the deliveries in question."""
    rules = policy.checks
    goods = goods_moved(snapshot.flows, last_day=snapshot.day)
    size = len(snapshot.parties)
    settled = snapshot.day - policy.reconcile.receipt_wait_days
    judged = (goods.invoiced_minor > 0) & (goods.received_minor > 0) & (goods.key >= 0)
    judged &= (goods.first_received > snapshot.day - YEAR_DAYS) & (goods.first_received <= settled)
    trade = _Trade(
        goods=goods,
        pair=goods.supplier * size + goods.buyer,
        judged=np.asarray(judged),
        expected=carrier_expected(goods, size=size),
    )
    nobody = trade.expected & (2 * goods.delivered_minor < goods.received_minor)
    early = (goods.first_sent != FAR) & (
        goods.first_sent - goods.first_received > rules.phantom_grace_days
    )
    return (
        *_beyond(snapshot, trade, np.asarray(nobody), "no_carrier", rules),
        *_beyond(snapshot, trade, np.asarray(early & ~nobody), "receipt_before_despatch", rules),
        *_reused(snapshot, rules),
        *_late(snapshot, goods, settled, rules),
    )


def _beyond(
    snapshot: Snapshot, trade: _Trade, odd: BoolArray, code: str, rules: CheckPolicy
) -> list[Finding]:
    """Pairs with so many odd deliveries that the rest of the trade does not explain them."""
    judged, exempt = trade.judged & trade.expected, _exempt(snapshot, trade.pair)
    pairs, place = np.unique(trade.pair, return_inverse=True)
    size = len(pairs)
    seen, found = (_counts(place, mask, size) for mask in (judged, judged & odd))
    amount, odd_amount = (
        sums(place[mask], trade.goods.invoiced_minor[mask], size) for mask in (judged, judged & odd)
    )
    others = ratio(found.sum() - found, seen.sum() - seen, otherwise=0.0)
    rate = np.maximum(others, RATE_LEAST)
    spread = np.sqrt(seen * rate * (1 - rate)) * rules.phantom_deviations_ppm / PPM
    far = (found >= rules.phantom_rows_least) & (found > seen * rate + spread)
    share = np.floor(ratio(odd_amount, amount, otherwise=0.0) * PPM)
    far &= share >= rules.phantom_share_ppm
    told = []
    for at in np.flatnonzero(far).tolist():
        if exempt[np.flatnonzero(place == at)[0]]:
            continue
        keys = trade.goods.key[(place == at) & judged & odd]
        facts: dict[str, int | str] = {
            "deliveries": int(found[at]),
            "of": int(seen[at]),
            "amount_minor": int(odd_amount[at]),
            "share_ppm": int(share[at]),
            "usual_ppm": round(float(others[at]) * PPM),
        }
        told.append(_finding(snapshot, code, int(pairs[at]), keys, facts, rules))
    return told


def _finding(
    snapshot: Snapshot,
    code: str,
    pair: int,
    keys: IntArray,
    facts: dict[str, int | str],
    rules: CheckPolicy,
) -> Finding:
    flows = snapshot.flows
    seller, buyer = (flows.parties[firm] for firm in divmod(pair, len(flows.parties)))
    kinds = (FlowKind.INVOICE, FlowKind.DESPATCH, FlowKind.RECEIPT)
    rows = np.flatnonzero(np.isin(flows.kind, [int(k) for k in kinds]))
    rows = rows[np.isin(goods_key(flows, rows), keys)]
    high = int(facts["share_ppm"]) >= rules.breaks_high_ppm
    return Finding(
        CHECK,
        code,
        seller,
        Severity.HIGH if high else Severity.WARN,
        {"subject": f"{code}:{seller}>{buyer}", "buyer": buyer, **facts},
        evidence_of(flows, rows[np.argsort(flows.order_key[rows], kind="stable")].tolist()),
    )


def _exempt(snapshot: Snapshot, pair: IntArray) -> BoolArray:
    """Registered buy-back and consignment: their goods stand where they stood."""
    place = {ref: at for at, ref in enumerate(snapshot.flows.parties)}
    size = len(place)
    codes = [
        place[one] * size + place[other]
        for a, b in snapshot.exempt_pairs
        if a in place and b in place
        for one, other in ((a, b), (b, a))
    ]
    return np.isin(pair, codes)


def _counts(place: IntArray, mask: BoolArray, size: int) -> FloatArray:
    return sums(place[mask], np.ones(int(mask.sum())), size)


def _reused(snapshot: Snapshot, rules: CheckPolicy) -> list[Finding]:
    """Despatch notes of a supplier that stand for deliveries of different days and orders."""
    flows = snapshot.flows
    kept = (flows.kind == FlowKind.DESPATCH) & (flows.order_key != MISSING)
    kept &= in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    named = np.array([bool(name) for name in flows.documents], dtype=bool)
    rows = np.flatnonzero(kept)
    rows = rows[named[flows.document[rows]]]
    note = flows.supplier[rows] * max(len(flows.documents), 1) + flows.document[rows]
    order = np.lexsort((rows, note))
    rows, note = rows[order], note[order]
    _, first, count = np.unique(note, return_index=True, return_counts=True)
    told = []
    for at in np.flatnonzero(count > 1).tolist():
        own = rows[first[at] : first[at] + count[at]]
        apart = int(flows.day[own].max() - flows.day[own].min())
        if apart <= rules.phantom_grace_days or len(np.unique(flows.order_key[own])) < 2:
            continue
        seller = flows.parties[int(flows.supplier[own[0]])]
        later = own[flows.day[own] > flows.day[own].min()]
        number = flows.documents[int(flows.document[own[0]])]
        facts: dict[str, int | str] = {
            "subject": f"despatch_reused:{seller}:{number}",
            "document": number,
            "deliveries": len(own),
            "days": apart,
            "amount_minor": int(flows.amount_minor[later].sum()),
        }
        evidence = evidence_of(flows, own.tolist())
        told.append(Finding(CHECK, "despatch_reused", seller, Severity.HIGH, facts, evidence))
    return told


def _late(
    snapshot: Snapshot, goods: Goods, settled: int, rules: CheckPolicy
) -> list[Finding]:  # fmt: skip
    """Suppliers whose goods come later behind their invoices than they used to, beyond what
    became of everyone's. Invoices without goods count with their age, at most 90 days."""
    flows, size = snapshot.flows, len(snapshot.parties)
    rows = np.flatnonzero((flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0))
    rows = rows[(flows.order_key[rows] != MISSING) & (flows.day[rows] <= settled)]
    place = goods.place(flows, rows)
    came = np.where(place >= 0, goods.first_received[np.maximum(place, 0)], FAR) if len(
        goods.key
    ) else np.full(len(rows), FAR)  # fmt: skip
    lag = np.clip(np.minimum(came, snapshot.day) - flows.day[rows], 0, LAG_MOST)
    recent = in_window(flows.day[rows], last_day=snapshot.day, days=QUARTER_DAYS)
    before = in_window(
        flows.day[rows], last_day=snapshot.day - QUARTER_DAYS, days=YEAR_DAYS - QUARTER_DAYS
    )

    def usual(mask: BoolArray) -> FloatArray:
        own, supplier = rows[mask], flows.supplier[rows[mask]]
        few = sums(supplier, np.ones(len(own)), size) < rules.phantom_orders_least
        amount = flows.amount_minor[own]
        days = ratio(sums(supplier, lag[mask] * amount, size), sums(supplier, amount, size))
        return np.where(few, np.nan, days)

    now, then = usual(recent), usual(before)
    known = np.isfinite(now) & np.isfinite(then)
    drift = np.where(known, now - then, 0.0)
    common = max(float(np.median(drift[known])), 0.0) if known.any() else 0.0
    told = []
    for firm in np.flatnonzero(drift - common >= rules.phantom_lag_days).tolist():
        own = rows[recent & (flows.supplier[rows] == firm)]
        waits = lag[recent & (flows.supplier[rows] == firm)]
        slow = own[np.argsort(-waits, kind="stable")]
        facts: dict[str, int | str] = {
            "subject": f"receipts_lag:{flows.parties[firm]}",
            "days": round(float(now[firm])),
            "usual_days": round(float(then[firm])),
            "amount_minor": int(flows.amount_minor[own[waits > then[firm]]].sum()),
        }
        evidence = evidence_of(flows, slow.tolist())
        name = flows.parties[firm]
        told.append(Finding(CHECK, "receipts_lag", name, Severity.WARN, facts, evidence))
    return told
