"""How fast late money comes, by how late it is: a debtor's own history, leaning on everyone's.

Lateness is cut into bands; within a band money comes at one daily rate (a piecewise-constant
hazard, estimated as payments over days at risk). A debtor's rate is (own payments + k x pool
rate) / (own days + k): the mean of a gamma prior of `prior_days` at the pool's rate, so that a
debtor never late is taken for an average one and a known one for itself. The pool leans in the
same way on `BASE`, which stands where nothing at all is known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.arrays import BoolArray, FloatArray
from risk.collection.values import CollectionPolicy
from risk.facts import MISSING, IntArray
from risk.signals.receivable_days import Bills, bills_of
from risk.snapshot import Snapshot

# Days late at which a band begins: the first band is days 0 to 6 after the due date.
BANDS: Final = (0, 7, 15, 31, 61, 91, 181)
# A day's chance of payment by band where no payment was ever seen (half of what is a week late
# comes within about ten days, half of what is half a year late within half a year more).
BASE: Final = (0.12, 0.07, 0.045, 0.025, 0.015, 0.008, 0.004)


@dataclass(frozen=True, slots=True, eq=False)
class PaymentHistory:
    """Of one debtor by band: payments that came in it, and days at risk spent in it."""

    paid: tuple[int, ...]
    days: tuple[int, ...]
    bills: int
    late: int
    usual_minor: int
    last_paid_day: int


@dataclass(frozen=True, slots=True, eq=False)
class Hazards:
    """Daily rates by band: the pool's, and each known debtor's history."""

    pool: tuple[float, ...]
    histories: Mapping[str, PaymentHistory]
    policy: CollectionPolicy

    def of(self, debtor_ref: str) -> tuple[float, ...]:
        """A debtor's own daily rates, leaning on the pool's."""
        history = self.histories.get(debtor_ref)
        if history is None:
            return self.pool
        return _leaning(history.paid, history.days, self.pool, self.policy.prior_days)


NO_HISTORY: Final = PaymentHistory((0,) * len(BANDS), (0,) * len(BANDS), 0, 0, 0, MISSING)


def hazards_of(
    snapshot: Snapshot | None, *, debtors: Iterable[str], policy: CollectionPolicy
) -> Hazards:
    """Rates from the invoices and payments of a snapshot, with the histories of these debtors;
    without a snapshot the base rates."""
    if snapshot is None:
        return Hazards(BASE, {}, policy)
    paid, days, debtor, bills = _exposures(snapshot)
    totals = (paid.sum(axis=1), days.sum(axis=1))
    pool = _leaning(totals[0].tolist(), totals[1].tolist(), BASE, policy.pool_days)
    place = {ref: firm for firm, ref in enumerate(snapshot.flows.parties)}
    histories = {
        ref: _history(debtor == place[ref], paid, days, bills)
        for ref in sorted(set(debtors))
        if ref in place
    }
    return Hazards(pool, histories, policy)


def _exposures(snapshot: Snapshot) -> tuple[IntArray, IntArray, IntArray, Bills]:
    """By band and bill: 1 where it was paid in it, and the days it was late and unpaid in it."""
    bills = bills_of(snapshot)
    known = (bills.due_day != MISSING) & (bills.amount_minor > 0)
    last = np.full(len(bills.day), MISSING, dtype=np.int64)
    came = np.zeros(len(bills.day), dtype=np.int64)
    np.maximum.at(last, bills.payment_bill, bills.payment_day)
    np.add.at(came, bills.payment_bill, bills.payment_minor)
    is_paid = came >= bills.amount_minor
    end = np.where(is_paid, last, snapshot.day)
    late = np.where(known, end - bills.due_day, 0)
    paid, days = np.zeros((2, len(BANDS), len(late)), dtype=np.int64)
    for band, start in enumerate(BANDS):
        stop = BANDS[band + 1] if band + 1 < len(BANDS) else np.iinfo(np.int64).max
        days[band] = np.clip(np.minimum(late, stop) - start, 0, None)
        paid[band] = is_paid & (late > start) & (late <= stop)
    return paid, days, bills.buyer, bills


def _history(mine: BoolArray, paid: IntArray, days: IntArray, bills: Bills) -> PaymentHistory:
    amounts = bills.amount_minor[mine]
    moments = bills.payment_day[mine[bills.payment_bill]]
    return PaymentHistory(
        paid=tuple(paid[:, mine].sum(axis=1).tolist()),
        days=tuple(days[:, mine].sum(axis=1).tolist()),
        bills=len(amounts),
        late=int(paid[:, mine].sum()),
        usual_minor=int(np.median(amounts)) if len(amounts) else 0,
        last_paid_day=int(moments.max()) if len(moments) else MISSING,
    )


def _leaning(
    paid: tuple[int, ...] | list[int],
    days: tuple[int, ...] | list[int],
    prior: tuple[float, ...],
    weight: int,
) -> tuple[float, ...]:
    rates: FloatArray = (np.array(paid) + weight * np.array(prior)) / (np.array(days) + weight)
    return tuple(rates.tolist())
