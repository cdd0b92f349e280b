"""What an account's payments look like: one row an account, one column a figure.

Everything is computed from payments (payer, payee, amount, day) alone. No label is read, so
that nothing of the answer can leak into a column; an account's number is no column either.
"""

from typing import Final

import numpy as np

from risk.accounts.columns import Columns, neighbour_means
from risk.arrays import FloatArray
from risk.chain.cycles import CycleBounds, cycles_find
from risk.chain.graph import graph_from_edges
from risk.chain.merging import events_merge
from risk.chain.structure import page_rank
from risk.chain.tracing import Payments
from risk.facts import MISSING, IntArray

# Cycles alone: whatever the amounts, within two months, three or four accounts.
BOUNDS: Final = CycleBounds(
    longest=4, span_days=60, band_ppm=1_000_000, steps=20_000_000, start_steps=20_000
)


def account_features(payments: Payments, *, size: int) -> tuple[tuple[str, ...], FloatArray]:
    """Names of the figures and a table of accounts by figures."""
    columns = Columns(size)
    _own(columns, payments)
    _partners(columns, payments, size)
    _turning(columns, payments)
    _around(columns, payments, size)
    return columns.names(), columns.table()


def cycle_accounts(payments: Payments, *, bounds: CycleBounds = BOUNDS) -> IntArray:
    """The accounts that lie on time-ordered cycles, one entry a visit."""
    merged = events_merge(
        day=payments.day,
        source=payments.payer,
        target=payments.payee,
        amount_minor=payments.amount_minor,
        gap_days=1,
        most_days=3,
    )
    table = cycles_find(
        day=merged.day,
        source=merged.source,
        target=merged.target,
        amount_minor=merged.amount_minor,
        bounds=bounds,
    )
    events = table.events[table.events != MISSING]
    return np.asarray(merged.source[events], dtype=np.int64)


def _own(columns: Columns, payments: Payments) -> None:
    """Counts, amounts and days of what an account paid and was paid."""
    for side, own in (("out", payments.payer), ("in", payments.payee)):
        amount = payments.amount_minor.astype(np.float64)
        columns.count(f"{side}_count", own)
        columns.mean(f"{side}_amount_mean", own, amount)
        columns.least(f"{side}_amount_least", own, amount)
        columns.most(f"{side}_amount_most", own, amount)
        columns.least(f"{side}_day_first", own, payments.day.astype(np.float64))
        columns.most(f"{side}_day_last", own, payments.day.astype(np.float64))
    table = {name: columns.of(name) for name in columns.names()}
    for side in ("out", "in"):
        columns.add(
            f"{side}_least_to_most",
            table[f"{side}_amount_least"] / np.maximum(table[f"{side}_amount_most"], 1.0),
        )
    columns.add("out_to_in", table["out_amount_mean"] / np.maximum(table["in_amount_mean"], 1.0))
    columns.add("waits", table["out_day_first"] - table["in_day_first"])


def _partners(columns: Columns, payments: Payments, size: int) -> None:
    """Repeated payments of a pair on one day, and money that comes back from who was paid."""
    pair = payments.payer * size + payments.payee
    pairs, count = np.unique(pair, return_counts=True)
    payer, payee = pairs // size, pairs % size
    columns.count("out_partners", payer)
    columns.count("in_partners", payee)
    days, times = np.unique(pair * 100_000 + payments.day, return_counts=True)
    at = days // 100_000
    columns.most("out_same_day", at // size, times.astype(np.float64))
    columns.most("in_same_day", at % size, times.astype(np.float64))
    columns.most("out_pair_most", payer, count.astype(np.float64))
    columns.most("in_pair_most", payee, count.astype(np.float64))
    both = np.isin(payee * size + payer, pairs)
    columns.count("reciprocal", payer[both])


def _turning(columns: Columns, payments: Payments) -> None:
    """Cycles in time order through the account."""
    columns.count("cycles", cycle_accounts(payments))
    short = CycleBounds(longest=3, span_days=150, band_ppm=1_000_000, steps=20_000_000)
    columns.count("triangles", cycle_accounts(payments, bounds=short))


def _around(columns: Columns, payments: Payments, size: int) -> None:
    """Rank, and the same figures at the neighbours, one and two steps away."""
    graph = graph_from_edges(
        size=size,
        source=payments.payer,
        target=payments.payee,
        weight=np.ones(len(payments), dtype=np.int64),
    )
    columns.add("rank", page_rank(graph) * size)
    names = ("out_count", "in_count", "reciprocal", "out_same_day", "in_same_day", "cycles",
             "triangles", "out_amount_mean", "out_least_to_most")  # fmt: skip
    for name in names:
        value = columns.of(name)
        for side, source, target in (
            ("payees", graph.source, graph.target),
            ("payers", graph.target, graph.source),
        ):
            mean, most = neighbour_means(source, target, value, size)
            columns.add(f"{name}_at_{side}", mean)
            columns.add(f"{name}_most_at_{side}", most)
    for name in ("reciprocal", "out_same_day", "in_same_day"):
        for side, source, target in (
            ("payees", graph.source, graph.target),
            ("payers", graph.target, graph.source),
        ):
            mean, _ = neighbour_means(source, target, columns.of(f"{name}_most_at_{side}"), size)
            columns.add(f"{name}_two_at_{side}", mean)
