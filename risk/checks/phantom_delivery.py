"""Goods that were only written down.

A pair's receipts that no carrier brought, where this trade usually has one; receipts before
their despatch; one despatch used for several deliveries; goods that come ever later behind
their invoices. Dirt happens to everyone: a pair is told only for what is far beyond the share
of the same in all other trade. A supplier that always brings its goods itself is expected to.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import poisson

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, place_of, ratio, sums
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import CheckPolicy, Policy
from risk.signals.backing import FAR, Goods, goods_key, goods_moved
from risk.snapshot import QUARTER_DAYS, YEAR_DAYS, Snapshot, in_window

CHECK = "phantom_delivery"
RATE_LEAST = 0.001
ROUNDS = 5
HABIT_PARTS = 6
HABIT_LEAST = 3
LAG_MOST = 90


@dataclass(frozen=True, slots=True, eq=False)
class _Trade:
    """Order lines that were invoiced and received. `order` numbers their orders, since the
    lines of an order come together; `judged`: of the year, where a
    carrier should have come."""

    goods: Goods
    order: IntArray
    judged: BoolArray


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a supplier and reason; `amount_minor` is what was invoiced on the
    deliveries in question. Late goods are a note, no suspicion."""
    rules = policy.checks
    goods = goods_moved(snapshot.flows, last_day=snapshot.day)
    size = len(snapshot.parties)
    settled = snapshot.day - policy.reconcile.receipt_wait_days
    came = (goods.invoiced_minor > 0) & (goods.received_minor > 0) & (goods.key >= 0)
    came &= (goods.first_received <= settled) & ~_exempt(snapshot, goods)
    carried = came & (goods.delivered_minor > 0)
    usual = carried.sum() * PPM >= came.sum() * rules.phantom_usual_ppm
    unbrought = goods.sent_minor <= 0
    unsigned = ~unbrought & (2 * goods.delivered_minor < goods.received_minor)
    early = goods.first_sent - goods.first_received > rules.phantom_grace_days
    order = _orders(snapshot, goods)
    habit = _habit(goods, order, came, unbrought, rules, size)
    trade = _Trade(
        goods=goods,
        order=order,
        judged=np.asarray(
            (came & usual)
            & (goods.first_received > snapshot.day - YEAR_DAYS)
            & ~(habit | snapshot.anchor_mask())[goods.supplier]
        ),
    )
    odd = {
        "no_carrier": unbrought,
        "not_delivered": unsigned,
        "receipt_before_despatch": early & ~unbrought,
    }
    told = [
        finding
        for code, mask in odd.items()
        for finding in _beyond(snapshot, trade, np.asarray(mask), code, rules)
    ]
    return (*told, *_reused(snapshot, rules), *_late(snapshot, goods, settled, rules))


def _habit(
    goods: Goods, order: IntArray, came: BoolArray, odd: BoolArray, rules: CheckPolicy, size: int
) -> BoolArray:
    """Suppliers that brought goods themselves from the beginning: among their first orders
    already, a share that is no dirt. Who starts later has something to explain."""
    at = np.flatnonzero(came)
    at = at[np.lexsort((goods.first_received[at], order[at]))]
    numbers, first, place = np.unique(order[at], return_index=True, return_inverse=True)
    is_odd = np.zeros(len(numbers), dtype=bool)
    np.logical_or.at(is_odd, place, odd[at])
    by_time = np.lexsort((goods.first_received[at[first]], goods.supplier[at[first]]))
    supplier = goods.supplier[at[first]][by_time]
    count = np.bincount(supplier, minlength=size)
    rank = np.arange(len(supplier)) - np.searchsorted(supplier, supplier)
    early = rank < np.maximum(count // HABIT_PARTS, HABIT_LEAST)[supplier]
    odd_early = early & is_odd[by_time]
    seen = sums(supplier[early], np.ones(int(early.sum())), size)
    found = sums(supplier[odd_early], np.ones(int(odd_early.sum())), size)
    return np.asarray((seen > 0) & (found * PPM >= seen * rules.phantom_habit_ppm))


def _orders(snapshot: Snapshot, goods: Goods) -> IntArray:
    """A number for the order of each line: its supplier and its order's number; the line
    stands for itself where no order is seen."""
    flows = snapshot.flows
    rows = np.flatnonzero((flows.kind == FlowKind.ORDER) & (flows.order_key != MISSING))
    place = place_of(goods.key, flows.order_key[rows])
    rows, place = rows[place >= 0], place[place >= 0]
    code = -1 - np.arange(len(goods.key), dtype=np.int64)
    code[place] = flows.supplier[rows] * max(len(flows.documents), 1) + flows.document[rows]
    _, number = np.unique(code, return_inverse=True)
    return np.asarray(number, dtype=np.int64)


def _beyond(
    snapshot: Snapshot, trade: _Trade, odd: BoolArray, code: str, rules: CheckPolicy
) -> list[Finding]:
    """Suppliers with so many odd orders that the rest of the trade does not explain them."""
    size, judged = len(snapshot.parties), trade.judged
    at = np.flatnonzero(judged)
    orders, first, place = np.unique(trade.order[at], return_index=True, return_inverse=True)
    is_odd = np.zeros(len(orders), dtype=bool)
    np.logical_or.at(is_odd, place, odd[at])
    supplier = trade.goods.supplier[at][first]
    # Peers: whoever sells to the anchor's entities too, or whoever does not.
    side = snapshot.anchor_mask()[trade.goods.buyer[at][first]].astype(np.int64)
    seen, found = (
        np.stack([sums(supplier[m & (side == n)], np.ones(int((m & (side == n)).sum())), size)
                  for n in (0, 1)])
        for m in (np.ones(len(orders), dtype=bool), is_odd)
    )  # fmt: skip
    invoiced = sums(trade.goods.supplier[at], trade.goods.invoiced_minor[at], size)
    in_question = at[odd[at]]
    amount = sums(trade.goods.supplier[in_question], trade.goods.invoiced_minor[in_question], size)
    expected, far = _far(seen, found, rules)
    told = []
    for firm in np.flatnonzero(far).tolist():
        own = in_question[trade.goods.supplier[in_question] == firm]
        facts: dict[str, int | str] = {
            "orders": int(found[:, firm].sum()),
            "of": int(seen[:, firm].sum()),
            "amount_minor": int(amount[firm]),
            "share_ppm": int(amount[firm] * PPM // invoiced[firm]),
            "usual_ppm": round(float(expected[firm] / seen[:, firm].sum()) * PPM),
        }
        told.append(_finding(snapshot, code, firm, trade.goods.key[own], facts, rules))
    return told


def _far(
    seen: FloatArray, found: FloatArray, rules: CheckPolicy
) -> tuple[FloatArray, BoolArray]:  # fmt: skip
    """How many odd orders of each supplier the others' trade explains, and who is far beyond
    it. Who is, is left out of what is usual, until nobody else is. Rows: both sides."""
    far = np.zeros(seen.shape[1], dtype=bool)
    for _ in range(ROUNDS):
        others = seen[:, ~far].sum(axis=1)[:, None] - np.where(far, 0.0, seen)
        odd = found[:, ~far].sum(axis=1)[:, None] - np.where(far, 0.0, found)
        rate = np.divide(odd, others, out=np.zeros_like(seen), where=others > 0)
        expected = (np.maximum(rate, RATE_LEAST) * seen).sum(axis=0)
        count = found.sum(axis=0)
        chance = poisson.sf(count - 1, expected) * PPM
        beyond = (count >= rules.phantom_rows_least) & (chance < rules.phantom_chance_ppm)
        if (beyond == far).all():
            break
        far = beyond
    return expected, far


def _finding(
    snapshot: Snapshot,
    code: str,
    firm: int,
    keys: IntArray,
    facts: dict[str, int | str],
    rules: CheckPolicy,
) -> Finding:
    flows = snapshot.flows
    seller = flows.parties[firm]
    kinds = (FlowKind.INVOICE, FlowKind.DESPATCH, FlowKind.RECEIPT)
    rows = np.flatnonzero(np.isin(flows.kind, [int(k) for k in kinds]) & (flows.supplier == firm))
    rows = rows[np.isin(goods_key(flows, rows), keys)]
    high = int(facts["share_ppm"]) >= rules.breaks_high_ppm
    return Finding(
        CHECK,
        code,
        seller,
        Severity.HIGH if high else Severity.WARN,
        {"subject": f"{code}:{seller}", **facts},
        evidence_of(flows, rows[np.argsort(flows.order_key[rows], kind="stable")].tolist()),
    )


def _exempt(snapshot: Snapshot, goods: Goods) -> BoolArray:
    """Registered buy-back and consignment: their goods stand where they stood."""
    place = {ref: at for at, ref in enumerate(snapshot.flows.parties)}
    size = len(place)
    codes = [
        place[one] * size + place[other]
        for a, b in snapshot.exempt_pairs
        if a in place and b in place
        for one, other in ((a, b), (b, a))
    ]
    return np.isin(goods.supplier * size + goods.buyer, codes)


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
        told.append(Finding(CHECK, "receipts_lag", name, Severity.INFO, facts, evidence))
    return told
