"""Labelled chains to train the shipped application card on: simulated, and said to be so.

Firms differ in size, growth, punctuality, fill and returns. A fifth of them turn weak at some
day: over eight months some of their habits slide, each firm showing other signs, and most
fail about ten months after the start. Others, honest, go through a passing dip that looks the
same for a while. The label of a firm on a day: it fails within the next 180 days. Its features
are measured by the same analysis that judges real chains, from what was known on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from risk.analysis import chain_analyse
from risk.arrays import BoolArray, FloatArray
from risk.facts import (
    MISSING,
    Facts,
    FlowKind,
    FlowTable,
    IntArray,
    PartyFact,
    day_number,
    flows_from_columns,
)
from risk.policy import DEFAULT_POLICY
from risk.scoring.features import FEATURES, firm_columns
from risk.scoring.values import NOTHING
from risk.snapshot import snapshot_build
from risk.verdict import VerdictWord, verdict_word

FIRST: Final = date(2023, 1, 31)
APART_DAYS: Final = 60
HISTORY_DAYS: Final = 640
AHEAD_DAYS: Final = 180
ENTITIES: Final = 3
FIRMS: Final = 400
ORDERS: Final = 40_000
SLIDE_DAYS: Final = 240.0
SIGNS: Final = ("orders", "slow", "fill", "returns", "breaks")
HEADER: Final = ("as_of", "chain", "party", "bad", *(spec.code for spec in FEATURES))
COLUMNS: Final = (
    "kind",
    "supplier_ref",
    "buyer_ref",
    "amount_minor",
    "day",
    "due_day",
    "paid_day",
    "qty_micro",
    "order_key",
    "invoice_key",
)


@dataclass(frozen=True, slots=True, eq=False)
class Firms:
    """Habits of each firm; the first half sells to the anchor, the second buys from it.

    `short` is the share of orders not filled; `terms` are days to pay; `onset` and `failure` are days; `strength` is how strongly each of `SIGNS` shows.
    """

    weight: FloatArray
    growth: FloatArray
    late: FloatArray
    short: FloatArray
    terms: IntArray
    returns: FloatArray
    onset: FloatArray
    failure: FloatArray
    passing: BoolArray
    strength: FloatArray


def chain_rows(*, seed: int, number: int) -> Iterator[tuple[str, ...]]:
    """The CSV rows of one chain: every firm that is judged on its day and has not failed yet."""
    as_of = FIRST + timedelta(days=APART_DAYS * number)
    draw = np.random.default_rng((seed, number))
    last = day_number(as_of)
    firms = _firms(draw, last)
    snapshot = snapshot_build(_facts(draw, firms, last), as_of=as_of)
    analysis = chain_analyse(snapshot, policy=DEFAULT_POLICY)
    columns = firm_columns(analysis.signals, analysis.positions.columns)
    place = {party.ref: at for at, party in enumerate(snapshot.parties)}
    for firm in range(FIRMS):
        at = place.get(_ref(firm))
        if at is None or firms.failure[firm] <= last:
            continue
        word = verdict_word(analysis.signals[at], policy=DEFAULT_POLICY.verdict)
        if word is VerdictWord.ABSTAIN:
            continue
        values = (int(columns[spec.code][at]) for spec in FEATURES)
        bad = int(firms.failure[firm] <= last + AHEAD_DAYS)
        cells = ("" if value == NOTHING else str(value) for value in values)
        yield (as_of.isoformat(), str(number), _ref(firm), str(bad), *cells)


def _ref(firm: int) -> str:
    return f"party:{100 + firm}"


def _firms(draw: np.random.Generator, last: int) -> Firms:
    weak = draw.random(FIRMS) < 0.30
    passing = ~weak & (draw.random(FIRMS) < 0.20)
    onset = last - draw.uniform(-120, 330, FIRMS)
    onset = np.where(passing, last - draw.uniform(20, 260, FIRMS), onset)
    recovers = weak & (draw.random(FIRMS) < 0.2)
    failure = onset + draw.normal(300, 50, FIRMS)
    shown = draw.random((FIRMS, len(SIGNS))) < 0.6
    strength = shown * draw.uniform(0.4, 1.0, (FIRMS, len(SIGNS)))
    strength[~(weak | passing)] = 0
    return Firms(
        weight=draw.pareto(1.4, FIRMS) + 0.4,
        growth=draw.normal(0.08, 0.12, FIRMS),
        late=draw.normal(0, 5, FIRMS),
        short=draw.beta(0.6, 20, FIRMS),
        terms=draw.choice([5, 15, 30, 45, 60], FIRMS),
        returns=np.abs(draw.normal(0.01, 0.008, FIRMS)),
        onset=onset,
        failure=np.where(weak & ~recovers, failure, np.inf),
        passing=passing | recovers,
        strength=strength,
    )


def _slide(firms: Firms, who: IntArray, day: IntArray) -> FloatArray:
    """How far each firm has slid on a day, 0 to 1; what passes is over after 120 days."""
    age = day - firms.onset[who]
    gone = np.clip(age / SLIDE_DAYS, 0, 1)
    dip = np.where((age > 0) & (age < 120), 0.5, 0.0)
    return np.where(firms.passing[who], dip, gone)


def _facts(draw: np.random.Generator, firms: Firms, last: int) -> Facts:
    who = draw.choice(FIRMS, ORDERS, p=firms.weight / firms.weight.sum())
    day = last - HISTORY_DAYS + np.sort(draw.integers(0, HISTORY_DAYS, ORDERS))
    slide = _slide(firms, who, day)[:, None] * firms.strength[who]
    grown = (1 + firms.growth[who]) ** ((day - last) / 365)
    kept = draw.random(ORDERS) < np.clip(grown, 0.3, 1.5) / 1.5 * (1 - 0.7 * slide[:, 0])
    who, day, slide = who[kept], day[kept], slide[kept]
    flows = _flows(draw, firms, who, day, slide, last)
    entities = (
        PartyFact(f"party:{n}", f"party:{n}", "anchor", ("anchor",)) for n in range(1, 1 + ENTITIES)
    )
    others = (
        PartyFact(_ref(n), _ref(n), "", ("supplier" if n < FIRMS // 2 else "distributor",))
        for n in range(FIRMS)
    )
    return Facts(parties=(*entities, *others), flows=flows)


def _flows(
    draw: np.random.Generator,
    firms: Firms,
    who: IntArray,
    day: IntArray,
    slide: FloatArray,
    last: int,
) -> FlowTable:
    size = len(who)
    sells = who < FIRMS // 2
    names = np.array([_ref(n) for n in range(FIRMS)], dtype=object)[who]
    entity = np.array([f"party:{n}" for n in range(1, 1 + ENTITIES)], dtype=object)[
        draw.integers(0, ENTITIES, size)
    ]
    pair = (np.where(sells, names, entity), np.where(sells, entity, names))
    quantity = draw.integers(5, 500, size)
    price = draw.integers(500, 90_000, size)
    short = draw.random(size) < firms.short[who] + 0.5 * slide[:, 2]
    filled = np.where(short, draw.uniform(0.4, 0.95, size), 1.0)
    came = np.maximum(1, (quantity * filled).astype(np.int64))
    returned = draw.random(size) < firms.returns[who] * (1 + 6 * slide[:, 3])
    broken = draw.random(size) < 0.004 + 0.10 * slide[:, 4]
    arrives = day + draw.integers(8, 20, size) + (15 * slide[:, 2]).astype(np.int64)
    invoiced = arrives + draw.integers(1, 4, size)
    billed = np.where(broken, (came * 1.2).astype(np.int64) + 1, came)
    terms = firms.terms[who]
    # The anchor pays its suppliers in time; a distributor pays as it is able to.
    wait = terms + np.where(
        sells,
        draw.integers(-2, 3, size),
        firms.late[who] + draw.normal(0, 6, size) + 45 * slide[:, 1],
    )
    paid = invoiced + np.maximum(1, wait).astype(np.int64)
    keys = np.arange(1, size + 1)
    rows: dict[str, list[IntArray]] = {name: [] for name in COLUMNS}
    for kind, on, count, take in (
        (FlowKind.ORDER, day, quantity, np.ones(size, dtype=bool)),
        (FlowKind.DESPATCH, arrives - 2, came, np.ones(size, dtype=bool)),
        (FlowKind.RECEIPT, arrives, came, np.ones(size, dtype=bool)),
        (FlowKind.RETURN, arrives + 6, np.maximum(1, came // 2), returned),
        (FlowKind.INVOICE, invoiced, billed, np.ones(size, dtype=bool)),
        (FlowKind.PAYMENT, paid, billed, paid <= last),
    ):
        is_paid = kind == FlowKind.INVOICE
        values = (
            np.full(size, int(kind)),
            pair[0],
            pair[1],
            count * price,
            on,
            on + (terms if is_paid else 20),
            np.where(is_paid & (paid <= last), paid, MISSING),
            count * 1_000_000,
            np.where(kind == FlowKind.PAYMENT, MISSING, keys),
            keys if kind in (FlowKind.INVOICE, FlowKind.PAYMENT) else np.full(size, MISSING),
        )
        for name, column in zip(COLUMNS, values, strict=True):
            rows[name].append(column[take & (on <= last)])
    return flows_from_columns(
        {name: np.concatenate(parts).tolist() for name, parts in rows.items()}
    )
