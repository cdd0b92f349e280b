"""Late payment in IBM's published receivables: features known on the invoice's day, honest split.

The file holds 2,586 invoices of 100 customers, all at 30 days; rows without a PaperlessBill
are left out (2,466 remain, 35.6% late). Whether an invoice will be disputed is not known on
its day: only disputes of invoices settled by then are. A customer's days to settle are taken
as its own level + what a paper bill adds + what a dispute adds, all estimated from invoices
settled before the day; the chance of lateness then mixes "disputed" and "not disputed".
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from math import erf, sqrt
from typing import Final

import numpy as np

from ledger.errors import InvariantViolated
from ledger.rates import PPM
from risk.arrays import BoolArray, FloatArray
from risk.canonical import sha256_hex
from risk.facts import IntArray
from risk.scoring.reading import Columns, rows_read
from risk.scoring.values import NOTHING, FeatureSpec, LabelledRows

TERM_DAYS: Final = 30
REFIT_EVERY: Final = 25
HISTORY_LEAST: Final = 40
FEATURES: Final = (
    FeatureSpec("expected_late", "ppm", 1),  # the mixture described above
    FeatureSpec("late_share", "ppm", 1),
    FeatureSpec("average_days", "micro", 1),
    FeatureSpec("dispute_share", "ppm", 1),
    FeatureSpec("days_spread", "micro"),
    FeatureSpec("settled_count", "count"),
    FeatureSpec("open_overdue", "count", 1),
    FeatureSpec("oldest_open_days", "days", 1),
    FeatureSpec("paper_bill", "count", 1),
    FeatureSpec("amount", "minor"),
    FeatureSpec("month", "count"),
    FeatureSpec("weekday", "count"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Invoices:
    """The kept rows by column, in order of the invoice's day."""

    customer: IntArray
    day: IntArray
    settled: IntArray
    days: FloatArray
    late: IntArray
    paper: FloatArray
    disputed: FloatArray
    amount: IntArray


@dataclass(frozen=True, slots=True)
class Effects:
    """Days that a paper bill and a dispute add, and the spread of what is left."""

    paper: float = 7.0
    disputed: float = 12.0
    spread: float = 6.0


def receivables_read(data: bytes) -> Invoices:
    """The file without rows that lack a PaperlessBill; raises InvariantViolated on other terms."""
    kept = [
        row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))) if row["PaperlessBill"]
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(kept[0]))
    writer.writeheader()
    writer.writerows(kept)
    read = rows_read(
        text.getvalue().encode(),
        columns=Columns(
            "DaysLate>0", "InvoiceDate", ("DaysToSettle",), outcome_known="SettledDate"
        ),
    )
    names = sorted({row["customerID"] for row in kept})
    place = {name: number for number, name in enumerate(names)}
    days, settled = read.columns["DaysToSettle"], read.known_day
    if settled is None or not np.array_equal(read.bad, (days > TERM_DAYS).astype(np.int64)):
        raise InvariantViolated("an invoice of other terms than 30 days")
    order = np.lexsort((np.array([row["invoiceNumber"] for row in kept]), read.day))
    return Invoices(
        customer=np.array([place[row["customerID"]] for row in kept])[order],
        day=read.day[order],
        settled=settled[order],
        days=days[order].astype(np.float64),
        late=read.bad[order],
        paper=np.array([row["PaperlessBill"] == "Paper" for row in kept], dtype=np.float64)[order],
        disputed=np.array([row["Disputed"] == "Yes" for row in kept], dtype=np.float64)[order],
        amount=np.array([round(float(row["InvoiceAmount"]) * 100) for row in kept])[order],
    )


def receivables_rows(data: bytes) -> LabelledRows:
    """Labelled rows with the features of `FEATURES`; the outcome's day is the settlement."""
    invoices = receivables_read(data)
    effects, rows = Effects(), []
    for at in range(len(invoices.day)):
        known = invoices.settled < invoices.day[at]
        if at % REFIT_EVERY == 0 and int(known.sum()) >= 2 * HISTORY_LEAST:
            effects = _effects(invoices, known)
        rows.append(_features(invoices, at, known, effects))
    table = np.array(rows, dtype=np.int64)
    return LabelledRows(
        specs=FEATURES,
        columns={spec.code: table[:, number] for number, spec in enumerate(FEATURES)},
        bad=invoices.late,
        day=invoices.day,
        data_hash=sha256_hex(data),
        known_day=invoices.settled,
    )


def hindsight_risk(invoices: Invoices) -> FloatArray:
    """Chance of lateness when all customers' habits are known from the whole file.

    Not a forecast: it marks how far the noise of single invoices lets anyone come who does
    not know which of them will be disputed.
    """
    size = int(invoices.customer.max()) + 1
    effects = _effects(invoices, np.ones(len(invoices.day), dtype=bool))
    bare = invoices.days - effects.paper * invoices.paper - effects.disputed * invoices.disputed
    count = np.bincount(invoices.customer, minlength=size)
    level = (np.bincount(invoices.customer, bare, size) / count)[invoices.customer]
    share = (np.bincount(invoices.customer, invoices.disputed, size) / count)[invoices.customer]
    past = level + effects.paper * invoices.paper - TERM_DAYS - 0.5
    calm, cross = (
        np.array([_above(v / effects.spread) for v in past + more])
        for more in (0.0, effects.disputed)
    )
    found: FloatArray = (1 - share) * calm + share * cross
    return found


def _effects(invoices: Invoices, known: BoolArray) -> Effects:
    """Least squares within customers: their own levels are taken out first."""
    who, size = invoices.customer[known], int(invoices.customer.max()) + 1
    count = np.maximum(np.bincount(who, minlength=size), 1)

    def within(values: FloatArray) -> FloatArray:
        found: FloatArray = values - (np.bincount(who, values, size) / count)[who]
        return found

    x = np.column_stack([within(invoices.paper[known]), within(invoices.disputed[known])])
    y = within(invoices.days[known])
    slopes = np.linalg.solve(x.T @ x + 5 * np.eye(2), x.T @ y)
    left = y - x @ slopes
    free = max(10, len(y) - int((np.bincount(who, minlength=size) > 0).sum()))
    return Effects(float(slopes[0]), float(slopes[1]), sqrt(float(left @ left) / free))


def _features(invoices: Invoices, at: int, known: BoolArray, effects: Effects) -> list[int]:
    same = invoices.customer == invoices.customer[at]
    mine = known & same
    waiting = same & (invoices.day < invoices.day[at]) & (invoices.settled >= invoices.day[at])
    settled, number = int(known.sum()), int(mine.sum())
    if settled < HISTORY_LEAST:
        return [NOTHING] * (len(FEATURES) - 4) + _own(invoices, at)
    bare = invoices.days - effects.paper * invoices.paper - effects.disputed * invoices.disputed
    level = (bare[mine].sum() + bare[known].mean()) / (number + 1)
    disputes = (invoices.disputed[mine].sum() + 2 * invoices.disputed[known].mean()) / (number + 2)
    spread = effects.spread * sqrt(1 + 1 / (number + 1))
    expected = level + effects.paper * invoices.paper[at]
    calm, cross = (
        _above((expected + more - TERM_DAYS - 0.5) / spread) for more in (0.0, effects.disputed)
    )
    late = (invoices.late[mine].sum() + 2 * invoices.late[known].mean()) / (number + 2)
    average = (invoices.days[mine].sum() + invoices.days[known].mean()) / (number + 1)
    age = invoices.day[at] - invoices.day[waiting]
    return [
        round(((1 - disputes) * calm + disputes * cross) * PPM),
        round(late * PPM),
        round(average * PPM),
        round(disputes * PPM),
        round(float(invoices.days[mine].std()) * PPM) if number > 2 else NOTHING,
        number,
        int((age > TERM_DAYS).sum()),
        int(age.max(initial=0)),
        *_own(invoices, at),
    ]


def _own(invoices: Invoices, at: int) -> list[int]:
    """What the invoice itself says on its day."""
    on = np.datetime64(int(invoices.day[at]), "D")
    month = int(on.astype("datetime64[M]").astype(int)) % 12 + 1
    return [
        int(invoices.paper[at]),
        int(invoices.amount[at]),
        month,
        (int(invoices.day[at]) + 3) % 7,
    ]


def _above(deviations: float) -> float:
    return 0.5 * (1 + erf(deviations / sqrt(2)))
