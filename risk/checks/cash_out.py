"""Financed cash that comes back to the borrower or to whoever stands behind it.

A firm was paid on a financing; within weeks the money goes through a few hands and arrives at
the firm itself or at one of its cluster (one owner, telephone, address or group). Only cash
without trade behind it is followed: a payment of an invoice whose goods moved is a purchase.
What passes straight to a related firm is told as such, with less weight; inside a declared
group, or where that firm then pays for goods, it is a common purse and no more than a note.
"""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, place_of
from risk.chain.relations import Relations, relations_of
from risk.chain.tracing import Payments, Trace, TraceBounds, cash_trace
from risk.facts import MISSING, FlowKind, IntArray, day_date
from risk.findings import Evidence, Finding, Severity, evidence_of
from risk.policy import CheckPolicy, Policy
from risk.signals.backing import moved_ppm
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

CHECK = "cash_out"


@dataclass(frozen=True, slots=True)
class _Source:
    """Financed cash of one firm on one day. `row` is a flow's position, or -1; `ref` names
    the payout where there is no flow."""

    firm: int
    day: int
    amount_minor: int
    ref: str
    row: int = MISSING


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a firm and kind of return; `amount_minor` is what came back."""
    rules = policy.checks
    sources = _sources(snapshot, rules)
    if not sources:
        return ()
    rows, payments, bought = _payments(snapshot, rules)
    anchor = snapshot.anchor_mask()
    relations = relations_of(snapshot.parties, anchor=anchor, key_most=rules.key_most_firms)
    marked = np.zeros(len(snapshot.parties))
    left, found = rules.cash_steps, []
    for firm, own in groupby(sources, key=lambda source: source.firm):
        home = np.asarray(relations.cluster == relations.cluster[firm]).astype(np.int64)
        traced = []
        for source in own:
            bounds = TraceBounds(
                days=rules.cash_days,
                intermediaries=rules.cash_intermediaries,
                pass_ppm=rules.cash_pass_ppm,
                steps=left,
                slack_days=rules.cash_slack_days,
            )
            trace = cash_trace(
                payments,
                start=firm,
                day=source.day,
                amount_minor=source.amount_minor,
                home=home,
                bounds=bounds,
                marked=marked,
            )
            left -= trace.steps
            if trace.returned_minor * PPM >= source.amount_minor * rules.cash_share_ppm:
                traced.append((source, trace))
        found += _told(_Seen(snapshot, relations, rows, payments, bought), traced, rules)
        if left <= 0:
            facts: dict[str, int | str] = {"steps": rules.cash_steps}
            return (*found, Finding(CHECK, "trace_stopped", "", Severity.WARN, facts))
    return tuple(found)


def _sources(snapshot: Snapshot, rules: CheckPolicy) -> list[_Source]:
    """Financed cash of the year, by firm and day; a flow that says the same is not counted
    again."""
    flows = snapshot.flows
    names = set(flows.parties)
    found = [
        _Source(snapshot.position(fact.party_ref), fact.day, fact.amount_minor, fact.ref)
        for fact in snapshot.proceeds
        if fact.party_ref in names
    ]
    known = {(source.firm, source.day, source.amount_minor) for source in found}
    for row in np.flatnonzero(flows.kind == FlowKind.PROCEEDS).tolist():
        firm, day = int(flows.supplier[row]), int(flows.day[row])
        amount = int(flows.amount_minor[row])
        if (firm, day, amount) not in known:
            found.append(_Source(firm, day, amount, flows.documents[flows.document[row]], row))
    anchor = snapshot.anchor_mask()
    first = snapshot.day - YEAR_DAYS
    kept = [
        source
        for source in found
        if source.amount_minor >= rules.cash_least_minor
        and source.day > first
        and not anchor[source.firm]
    ]
    return sorted(kept, key=lambda s: (s.firm, s.day, s.amount_minor, s.ref))


def _payments(
    snapshot: Snapshot, rules: CheckPolicy
) -> tuple[IntArray, Payments, IntArray]:  # fmt: skip
    """Payments between firms other than the anchor without goods behind them, and the rows of
    those that have some. A payment names its payee first, as every flow runs with the goods."""
    flows = snapshot.flows
    anchor = snapshot.anchor_mask()
    kept = (flows.kind == FlowKind.PAYMENT) & (flows.amount_minor > 0)
    kept &= in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    kept &= ~anchor[flows.supplier] & ~anchor[flows.buyer] & (flows.supplier != flows.buyer)
    rows = np.flatnonzero(kept)
    backed = _backed(snapshot, rows, rules)
    bought, rows = rows[backed], rows[~backed]
    rows = rows[np.lexsort((rows, flows.day[rows]))]
    payments = Payments(
        flows.day[rows], flows.buyer[rows], flows.supplier[rows], flows.amount_minor[rows]
    )
    return rows, payments, bought


def _backed(snapshot: Snapshot, rows: IntArray, rules: CheckPolicy) -> BoolArray:
    """Payments of an invoice whose goods moved, and of registered pairs."""
    flows = snapshot.flows
    invoices = np.flatnonzero((flows.kind == FlowKind.INVOICE) & (flows.invoice_key != MISSING))
    has_goods = (
        moved_ppm(flows, invoices, last_day=snapshot.day) >= rules.cycle_goods_ppm
    )  # fmt: skip
    keys = np.unique(flows.invoice_key[invoices[has_goods]])
    paid_on = place_of(keys, flows.invoice_key[rows]) >= 0
    prepaid = flows.order_key[rows] != MISSING
    return np.asarray(paid_on | prepaid | snapshot.exempt_mask()[rows])


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What a finding is written from. `rows` are the flows of `payments`, `bought` the rows
    of payments for goods."""

    snapshot: Snapshot
    relations: Relations
    rows: IntArray
    payments: Payments
    bought: IntArray


def _told(seen: _Seen, traced: list[tuple[_Source, Trace]], rules: CheckPolicy) -> list[Finding]:
    """Returns through others and transfers straight to related firms, each one finding."""
    through = [(source, trace) for source, trace in traced if trace.intermediaries]
    straight = [(source, trace) for source, trace in traced if not trace.intermediaries]
    return [
        _finding(seen, code, own, rules)
        for code, own in (("returned", through), ("to_related", straight))
        if own
    ]


def _finding(
    seen: _Seen, code: str, own: list[tuple[_Source, Trace]], rules: CheckPolicy
) -> Finding:
    snapshot, relations, payments = seen.snapshot, seen.relations, seen.payments
    flows, firm = snapshot.flows, own[0][0].firm
    legs = sorted({leg[0] for _, trace in own for leg in trace.legs})
    firms = {int(side[leg]) for leg in legs for side in (payments.payer, payments.payee)}
    returned = sum(trace.returned_minor for _, trace in own)
    financed = sum(source.amount_minor for source, _ in own)
    name = flows.parties[firm]
    related = relations.shared(sorted(f for f in firms if relations.together(f, firm)))
    facts: dict[str, int | str] = {
        "subject": f"{code}:{name}",
        "amount_minor": min(returned, financed),
        "financed_minor": financed,
        "share_ppm": min(returned * PPM // financed, PPM),
        "financings": len(own),
        "intermediaries": max(trace.intermediaries for _, trace in own),
        "days": max(int(payments.day[trace.legs[-1][0]]) - source.day for source, trace in own),
        "firms": ",".join(sorted(flows.parties[f] for f in firms)),
        "related": ",".join(related),
    }
    evidence = (
        *(_source_row(snapshot, source) for source, _ in own[:3]),
        *evidence_of(flows, seen.rows[legs].tolist()),
    )
    severity = Severity.HIGH if code == "returned" else Severity.WARN
    if code == "to_related" and _is_common_purse(seen, firm, firms, own, rules):
        severity = Severity.INFO
    return Finding(CHECK, code, name, severity, facts, evidence)


def _is_common_purse(
    seen: _Seen,
    firm: int,
    firms: set[int],
    own: list[tuple[_Source, Trace]],
    rules: CheckPolicy,
) -> bool:
    """One declared group, or a related firm that pays for goods with half of what it got."""
    group, flows = seen.relations.group, seen.snapshot.flows
    if group[firm] != MISSING and all(group[other] == group[firm] for other in firms):
        return True
    days, got = flows.day[seen.bought], sum(trace.returned_minor for _, trace in own)
    near = np.zeros(len(seen.bought), dtype=bool)
    for source, _ in own:
        near |= (days >= source.day) & (days <= source.day + rules.cash_days)
    near &= np.isin(flows.buyer[seen.bought], sorted(firms - {firm}))
    return 2 * int(flows.amount_minor[seen.bought[near]].sum()) >= got


def _source_row(snapshot: Snapshot, source: _Source) -> Evidence:
    """The financing itself, as a row where there is one."""
    if source.row != MISSING:
        return evidence_of(snapshot.flows, [source.row])[0]
    on = day_date(source.day)
    return Evidence("proceeds", None, source.ref, str(on or ""), source.amount_minor)
