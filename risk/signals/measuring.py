"""The figures of every firm from a snapshot, all at once.

A firm that sells in the year is measured by its sales; one that only buys (a distributor
whose own customers are not seen) by its purchases: its orders are those it places, its
shipments what it is sent.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.facts import FlowKind, IntArray
from risk.policy import Policy, SignalPolicy
from risk.reconciling import Reconciliation
from risk.signals.deliveries import fill_ppm, lead_days, returns_multiple_ppm
from risk.signals.receivable_days import Outstanding, bills_of, outstanding, overdue_ppm, pays_seen
from risk.signals.refinancing import refinanced_ppm
from risk.signals.supplying import prepay_change_ppm, suppliers_lost_ppm
from risk.signals.values import Signals, need_minor
from risk.signals.windows import Windows, expected_growth, growth_ppm, of_kind, pair_of, windows_of
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

_COST_SHARE_LEAST: Final = 300_000


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """By firm: its figures, whether they are of its sales, and how its base was chosen."""

    signals: tuple[Signals, ...]
    sells: BoolArray
    is_year_before: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class _Trade:
    """Orders, despatches, receipts and invoices seen from each firm's own side.

    `windows` are for orders, `delivered` for what trails them, `settled` for payments.
    """

    snapshot: Snapshot
    policy: SignalPolicy
    sells: BoolArray
    windows: Windows
    delivered: Windows
    settled: Windows

    def growth(self, kind: FlowKind, windows: Windows) -> tuple[FloatArray, FloatArray]:
        """Growth of sales and of purchases in flows of this kind, by firm."""
        table, least = of_kind(self.snapshot.flows, kind), self.policy.partners_least
        found = []
        for firm, partner in ((table.supplier, table.buyer), (table.buyer, table.supplier)):
            usual = expected_growth(table, firm, partner, windows=windows, least=least)
            pair = pair_of(table, firm, windows=windows)
            found.append(growth_ppm(pair, least=self.policy.orders_least, expected=usual))
        return found[0], found[1]

    def own_growth(self, kind: FlowKind, windows: Windows) -> FloatArray:
        """Growth on the side each firm is measured by."""
        sold, bought = self.growth(kind, windows)
        return np.where(self.sells, sold, bought)


def signals_measure(
    snapshot: Snapshot, *, reconciliation: Reconciliation, policy: Policy
) -> Measured:
    """Figures of all firms, without requests (`Signals.asking`) and without distressed
    customers, which need the others' verdicts first (`with_customers`)."""
    rules = policy.signals
    windows = windows_of(snapshot, policy=rules)
    trade = _Trade(
        snapshot=snapshot,
        policy=rules,
        sells=_sellers(snapshot),
        windows=windows,
        delivered=windows_of(snapshot, policy=rules, settle_days=rules.delivery_settle_days),
        settled=windows_of(snapshot, policy=rules, settle_days=rules.payment_settle_days),
    )
    columns = {
        "history_days": np.where(windows.first_day < 0, 0, snapshot.day - windows.first_day),
        "reconciled_ppm": _reconciled(reconciliation, len(snapshot.parties)),
        **_goods(trade),
        **_money(trade),
        "refinanced_ppm": refinanced_ppm(snapshot, policy=rules),
    }
    columns["need_minor"] = _need(trade, columns["dso_days"], columns["dpo_days"])
    return Measured(
        signals=_rows(columns, len(snapshot.parties)),
        sells=trade.sells,
        is_year_before=windows.is_year_before,
    )


def with_customers(
    measured: Measured,
    *,
    source: IntArray,
    target: IntArray,
    weight: IntArray,
    distressed: BoolArray,
) -> tuple[Signals, ...]:
    """The figures with the share of sales that goes to customers in distress."""
    size = len(measured.signals)
    to_distressed = sums(source, weight * distressed[target], size)
    share = ratio(to_distressed, sums(source, weight, size))
    return tuple(
        replace(signals, distressed_customers_ppm=_whole(value * PPM))
        for signals, value in zip(measured.signals, share.tolist(), strict=True)
    )


def _sellers(snapshot: Snapshot) -> BoolArray:
    year = snapshot.flows.rows(in_window(snapshot.flows.day, last_day=snapshot.day, days=YEAR_DAYS))
    sold = of_kind(year, FlowKind.ORDER, FlowKind.DESPATCH, FlowKind.RECEIPT, FlowKind.INVOICE)
    sells = np.zeros(len(snapshot.parties), dtype=bool)
    sells[sold.supplier] = True
    return sells


def _reconciled(rec: Reconciliation, size: int) -> FloatArray:
    """Agreed share of what a firm invoiced and was invoiced."""
    judged = rec.judged()
    agreed, total = np.zeros((2, size))
    for firm in (rec.supplier[judged], rec.buyer[judged]):
        agreed += sums(firm, rec.agreed_minor[judged], size)
        total += sums(firm, rec.amount_minor[judged], size)
    rounded: FloatArray = np.floor(ratio(agreed, total) * PPM)
    return rounded


def _goods(trade: _Trade) -> dict[str, FloatArray]:
    flows, rules, delivered = trade.snapshot.flows, trade.policy, trade.delivered
    shipped = trade.own_growth(FlowKind.DESPATCH, delivered)
    received = trade.own_growth(FlowKind.RECEIPT, delivered)
    shipments = np.where(np.isnan(shipped), received, shipped)
    # The gap compares like with like: orders over the shipments' own windows.
    ordered = trade.own_growth(FlowKind.ORDER, delivered)
    return {
        "orders_growth_ppm": trade.own_growth(FlowKind.ORDER, trade.windows),
        "shipments_growth_ppm": shipments,
        "shipment_gap_ppm": np.abs(shipments - ordered),
        "purchases_growth_ppm": trade.growth(FlowKind.INVOICE, delivered)[1],
        "fill_ppm": fill_ppm(trade.snapshot, sells=trade.sells, policy=rules),
        "returns_multiple_ppm": returns_multiple_ppm(
            flows, sells=trade.sells, windows=delivered, policy=rules
        ),
        "suppliers_lost_ppm": suppliers_lost_ppm(flows, windows=trade.windows, policy=rules),
    }


def _money(trade: _Trade) -> dict[str, FloatArray]:
    bills, rules, windows = bills_of(trade.snapshot), trade.policy, trade.settled
    size = len(windows.base_day)
    now = np.full(size, windows.last_day)

    def view(firm: IntArray, last_day: IntArray) -> Outstanding:
        return outstanding(
            bills,
            firm=firm,
            last_day=last_day,
            days=rules.window_days,
            grace_days=rules.overdue_grace_days,
        )

    owed, owing = view(bills.supplier, now), view(bills.buyer, now)
    owed_base = view(bills.supplier, windows.base_day)
    owing_base = view(bills.buyer, windows.base_day)
    pays = pays_seen(bills, firm=bills.buyer, size=size)
    known = pays | pays_seen(bills, firm=bills.supplier, size=size)
    payable_late = overdue_ppm(owing) - overdue_ppm(owing_base)
    return {
        "dso_days": owed.days,
        "dso_change_days": np.round(owed.days) - np.round(owed_base.days),
        "dpo_days": owing.days,
        "dpo_change_days": np.round(owing.days) - np.round(owing_base.days),
        "overdue_ppm": np.where(known, overdue_ppm(owed, owing), np.nan),
        "overdue_payables_change_ppm": np.where(pays, payable_late, np.nan),
        "prepay_change_ppm": prepay_change_ppm(
            trade.snapshot.flows, bills, windows=windows, policy=rules
        ),
    }


def _need(trade: _Trade, dso: FloatArray, dpo: FloatArray) -> FloatArray:
    """What a year's worth of confirmed orders ties up at the firm's own pace.

    Confirmed orders are those of the last 90 days, taken for a year. Their cost is the
    firm's purchases over its sales, or the policy's share where purchases are not seen. The
    cycle runs from order to delivery, then to payment, less the time its own suppliers give.
    """
    flows, days = trade.snapshot.flows, trade.policy.window_days
    size = len(trade.sells)
    orders = of_kind(flows, FlowKind.ORDER)
    placed = np.where(
        trade.sells,
        pair_of(orders, orders.supplier, windows=trade.windows).current,
        pair_of(orders, orders.buyer, windows=trade.windows).current,
    )
    invoices = of_kind(flows, FlowKind.INVOICE)
    sold = pair_of(invoices, invoices.supplier, windows=trade.windows).current
    bought = pair_of(invoices, invoices.buyer, windows=trade.windows).current
    usual = np.full(size, float(trade.policy.cost_share_ppm))
    both = (sold > 0) & (bought > 0)
    seen = np.where(both, ratio(bought * PPM, sold), usual)
    # A firm that only buys has its purchases as cost.
    cost_ppm = np.where(trade.sells, np.clip(seen, _COST_SHARE_LEAST, PPM), PPM)
    lead = lead_days(trade.snapshot, sells=trade.sells)
    collect = np.where(trade.sells, dso, np.nan_to_num(dso))
    cycle = lead + collect - np.nan_to_num(dpo)
    need = np.full(size, np.nan)
    for firm in np.flatnonzero(~np.isnan(cycle)).tolist():
        backlog = int(placed[firm]) * YEAR_DAYS * int(cost_ppm[firm]) // (days * PPM)
        tied = max(0, round(float(cycle[firm])))
        need[firm] = need_minor(backlog_cost_minor=backlog, cycle_days=tied)
    return need


def _rows(columns: dict[str, FloatArray], size: int) -> tuple[Signals, ...]:
    whole = {name: [_whole(v) for v in values.tolist()] for name, values in columns.items()}
    return tuple(
        Signals(**{name: values[firm] for name, values in whole.items()}) for firm in range(size)
    )


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else round(value)
