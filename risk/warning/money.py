"""Money that comes later, or does not come: a payer's slip, and receipts behind invoices."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.analysis import Analysis
from risk.arrays import BoolArray, FloatArray, place_of
from risk.facts import MISSING, FlowKind, FlowTable, IntArray
from risk.signals.receivable_days import Bills, bills_of, outstanding, pays_seen
from risk.snapshot import in_window
from risk.warning.values import PPM_MOST, Sign, Signal, largest_rows, severity_of

MONTH_DAYS: Final = 30
_LEAST_MONTHS: Final = 3
_FAR: Final = np.iinfo(np.int64).max


def payment_slip(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a payer whose days to pay rose by so many of its own standard deviations.

    Days outstanding of the last 30 days (what was paid, and what is overdue at its age) beside
    the six stretches of 30 days before; stretches of which only the quick payments can be seen
    yet are left out, and with fewer than three, or with a handful of bills in the latest, there
    is no sign. The deviation is that of one more stretch beside the mean of those before
    (s * sqrt(1 + 1/n)), and s never less than the policy's floor: nobody pays to the hour.
    """
    rules, snapshot = analysis.policy.warning, analysis.snapshot
    bills = bills_of(snapshot)
    months = _days_by_month(analysis, bills, rules.slip_months)
    known = ~np.isnan(months[1:])
    count = known.sum(axis=0)
    filled = np.where(known, months[1:], 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    spread = np.where(known, (months[1:] - mean) ** 2, 0.0)
    deviation = np.sqrt(spread.sum(axis=0) / np.maximum(count - 1, 1))
    # Of the next stretch beside the mean of so few, which is itself uncertain.
    deviation = np.maximum(deviation, rules.slip_floor_days) * np.sqrt(1 + 1 / np.maximum(count, 1))
    slip = months[0] - mean
    found = (count >= _LEAST_MONTHS) & (slip >= rules.slip_least_days)
    found &= slip * PPM >= deviation * rules.slip_deviations_ppm
    found &= _bills_seen(analysis, bills) >= rules.slip_least_bills
    signs, paid = [], _paid(analysis)
    for firm in np.flatnonzero(found).tolist():
        value = min(round(float(slip[firm] / deviation[firm] * PPM)), PPM_MOST)
        rows = _slow_rows(analysis, paid, firm)
        signs.append(
            Sign(
                party_ref=snapshot.flows.parties[firm],
                signal=Signal.PAYMENT_SLIP,
                severity=severity_of(value >= rules.slip_deviations_high_ppm),
                unit="deviations",
                value=value,
                threshold=rules.slip_deviations_ppm,
                valid_days=rules.valid_days,
                facts={
                    "now_days": round(float(months[0][firm])),
                    "usual_days": round(float(mean[firm])),
                    "months": int(count[firm]),
                },
                evidence=largest_rows(analysis, rows, _waited(analysis, paid, rows)),
            )
        )
    return tuple(signs)


def receipts_lag(analysis: Analysis) -> tuple[Sign, ...]:
    """One sign a seller whose receipts are behind the invoices that fell due.

    Of the invoices whose due date and grace ended in the last 90 days, the share that is paid.
    A firm of whom no payment is ever seen gives no sign: then it is the data that is missing.
    """
    rules, snapshot = analysis.policy.warning, analysis.snapshot
    bills, size = bills_of(snapshot), len(snapshot.parties)
    ended = bills.due_day + analysis.policy.signals.overdue_grace_days
    fell = in_window(ended, last_day=snapshot.day - 1, days=analysis.policy.signals.window_days)
    fell &= (bills.due_day != MISSING) & (bills.amount_minor > 0)
    paid = np.zeros(len(bills.day), dtype=np.int64)
    np.add.at(paid, bills.payment_bill, bills.payment_minor)
    paid = np.clip(paid, 0, bills.amount_minor)
    due, came, rows = np.zeros((3, size), dtype=np.int64)
    np.add.at(due, bills.supplier[fell], bills.amount_minor[fell])
    np.add.at(came, bills.supplier[fell], paid[fell])
    np.add.at(rows, bills.supplier[fell], 1)
    seen = pays_seen(bills, firm=bills.supplier, size=size)
    enough = seen & (rows >= analysis.policy.signals.orders_least) & (due > 0)
    signs, settled = [], _paid(analysis)
    for firm in np.flatnonzero(enough).tolist():
        share = int(came[firm]) * PPM // int(due[firm])
        if share >= rules.receipts_ppm:
            continue
        late = _unpaid_rows(analysis, settled, firm)
        signs.append(
            Sign(
                party_ref=snapshot.flows.parties[firm],
                signal=Signal.RECEIPTS_LAG,
                severity=severity_of(share < rules.receipts_high_ppm),
                unit="ppm",
                value=share,
                threshold=rules.receipts_ppm,
                valid_days=rules.valid_days,
                facts={"due_minor": int(due[firm]), "paid_minor": int(came[firm])},
                evidence=largest_rows(analysis, late, snapshot.flows.amount_minor[late]),
            )
        )
    return tuple(signs)


def _bills_seen(analysis: Analysis, bills: Bills) -> IntArray:
    """By payer: bills paid in the latest stretch, or overdue at its end."""
    day, size = analysis.snapshot.day, len(analysis.snapshot.parties)
    last = np.full(len(bills.day), MISSING, dtype=np.int64)
    came = np.zeros(len(bills.day), dtype=np.int64)
    np.maximum.at(last, bills.payment_bill, bills.payment_day)
    np.add.at(came, bills.payment_bill, bills.payment_minor)
    late = (bills.due_day != MISSING) & (came < bills.amount_minor)
    late &= bills.due_day + analysis.policy.signals.overdue_grace_days < day
    seen = late | in_window(last, last_day=day, days=MONTH_DAYS)
    return np.bincount(bills.buyer[seen], minlength=size)


def _days_by_month(analysis: Analysis, bills: Bills, count: int) -> FloatArray:
    """Days to pay by stretch (the latest first) and payer; NaN where nothing can be said."""
    snapshot, rules = analysis.snapshot, analysis.policy.signals
    size = len(snapshot.parties)
    first = np.full(size, _FAR, dtype=np.int64)
    np.minimum.at(first, bills.buyer, bills.day)
    found = np.full((count + 1, size), np.nan)
    for number in range(count + 1):
        last = snapshot.day - number * MONTH_DAYS
        view = outstanding(
            bills,
            firm=bills.buyer,
            last_day=np.full(size, last, dtype=np.int64),
            days=MONTH_DAYS,
            grace_days=rules.overdue_grace_days,
        )
        settled = first <= last - MONTH_DAYS - rules.payment_settle_days
        found[number] = np.where(settled, view.days, np.nan)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Paid:
    """By flow row: when its invoice was last paid (`MISSING`: never), and whether it is open."""

    day: IntArray
    is_open: BoolArray


def _paid(analysis: Analysis) -> _Paid:
    """Payments looked up for every row by its invoice; a payment date on the row counts too."""
    flows = analysis.snapshot.flows
    bill = (flows.kind == int(FlowKind.INVOICE)) & (flows.invoice_key != MISSING)
    money = (flows.kind == int(FlowKind.PAYMENT)) & (flows.invoice_key != MISSING)
    keys = np.unique(flows.invoice_key[bill | money])
    last, left = np.full(len(keys), MISSING, dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    np.maximum.at(last, place_of(keys, flows.invoice_key[money]), flows.day[money])
    np.add.at(left, place_of(keys, flows.invoice_key[bill]), flows.amount_minor[bill])
    np.subtract.at(left, place_of(keys, flows.invoice_key[money]), flows.amount_minor[money])
    place = place_of(keys, flows.invoice_key)
    if not len(keys):
        return _Paid(flows.paid_day, flows.paid_day == MISSING)
    day = np.maximum(np.where(place >= 0, last[place], MISSING), flows.paid_day)
    is_open = np.where(place >= 0, left[place] > 0, True) & (flows.paid_day == MISSING)
    return _Paid(day, is_open)


def _slow_rows(analysis: Analysis, paid: _Paid, firm: int) -> IntArray:
    """Invoices to the firm that were paid in the last stretch, or are overdue."""
    flows, day = analysis.snapshot.flows, analysis.snapshot.day
    rows = _bills(flows, analysis.index.bought(firm))
    is_late = paid.is_open[rows] & (flows.due_day[rows] != MISSING) & (flows.due_day[rows] < day)
    slow: IntArray = rows[is_late | in_window(paid.day[rows], last_day=day, days=MONTH_DAYS)]
    return slow


def _unpaid_rows(analysis: Analysis, paid: _Paid, firm: int) -> IntArray:
    """The firm's own invoices that are due and not paid in full."""
    flows = analysis.snapshot.flows
    rows = _bills(flows, analysis.index.sold(firm))
    is_due = (flows.due_day[rows] != MISSING) & (flows.due_day[rows] < analysis.snapshot.day)
    unpaid: IntArray = rows[is_due & paid.is_open[rows]]
    return unpaid


def _bills(flows: FlowTable, rows: IntArray) -> IntArray:
    kept: IntArray = rows[
        (flows.kind[rows] == int(FlowKind.INVOICE)) & (flows.amount_minor[rows] > 0)
    ]
    return kept


def _waited(analysis: Analysis, paid: _Paid, rows: IntArray) -> IntArray:
    until = np.where(paid.is_open[rows], analysis.snapshot.day, paid.day[rows])
    return until - analysis.snapshot.flows.day[rows]
