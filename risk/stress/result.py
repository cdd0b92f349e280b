"""A stress run's result as data: whole numbers and words, the same bytes every time."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from ledger.errors import DomainError
from ledger.rates import PPM
from risk.canonical import canonical_bytes, sha256_hex
from risk.facts import IntArray
from risk.stress.cascade import Cascade, cascade_run
from risk.stress.cash import CashGap, cash_gaps, loss_minor
from risk.stress.facts import Product, StressFacts, facts_dump
from risk.stress.scenario import Scenario, scenario_check, scenario_data
from risk.stress.simulation import (
    Outcome,
    Pool,
    Progress,
    normal_threshold,
    pool_simulate,
    quantile_minor,
)

SCHEMA: Final = 1
BINS: Final = 24
SHOWN: Final = 20
WORST: Final = 990_000
OPEN_DAYS_LEAST: Final = 30  # a claim at or past its due date is not safer for being late


def stress_bytes(facts: StressFacts, scenario: Scenario, *, progress: Progress) -> bytes:
    """The result's canonical bytes; see `stress_payload`."""
    return canonical_bytes(stress_payload(facts, scenario, progress=progress))


def stress_payload(facts: StressFacts, scenario: Scenario, *, progress: Progress) -> dict[str, Any]:
    """Everything a page shows of a run. Raises `risk.scenario_invalid`, `risk.party_unknown`,
    `risk.pool_empty` (no claim to lose on: nothing is guessed)."""
    scenario_check(scenario)
    if not facts.products:
        raise DomainError("risk.pool_empty")
    cascade = cascade_run(facts, scenario)
    units = sorted({facts.unit_of(product.obligor_ref) for product in facts.products})
    pool = _pool(facts, scenario, cascade, units)
    outcome = pool_simulate(
        pool,
        correlation=scenario.correlation_ppm / PPM,
        draws=scenario.draws,
        seed=scenario.seed,
        progress=progress,
    )
    failed = frozenset(
        firm.ref for firm, fails in zip(facts.firms, cascade.failed, strict=True) if fails
    )
    gaps = cash_gaps(facts.products, as_of=facts.as_of, failed_refs=failed, scenario=scenario)
    return {
        "schema": SCHEMA,
        "as_of": facts.as_of.isoformat(),
        "snapshot_hash": facts.snapshot_hash,
        "facts_hash": sha256_hex(facts_dump(facts)),
        "scenario": scenario_data(scenario),
        "pool": _totals(facts.products),
        "losses": _losses(outcome),
        "histogram": histogram(outcome.totals),
        "investors": _investors(pool, outcome),
        "contributors": _contributors(facts, pool, outcome, units, cascade),
        "products": _products(facts.products, pool, outcome),
        "gaps": [_gap(gap) for gap in gaps],
        "cascade": _cascade(facts, cascade),
    }


def _pool(facts: StressFacts, scenario: Scenario, cascade: Cascade, units: list[str]) -> Pool:
    place = {unit: number for number, unit in enumerate(units)}
    firms = {firm.ref: number for number, firm in enumerate(facts.firms)}
    unit = np.array([place[facts.unit_of(p.obligor_ref)] for p in facts.products], dtype=np.int64)
    weakest = np.zeros(len(units), dtype=np.int64)
    own = np.array([cascade.pd_ppm[firms[p.obligor_ref]] for p in facts.products], dtype=np.int64)
    # Who stands and falls together does so with the weakest of them.
    np.maximum.at(weakest, unit, own)
    days = [
        max((p.due_date - facts.as_of).days, OPEN_DAYS_LEAST) + scenario.late_days
        for p in facts.products
    ]
    investors = sorted({ref for p in facts.products for ref, _ in p.holders})
    held = np.zeros((len(investors), len(facts.products)), dtype=bool)
    number = {ref: row for row, ref in enumerate(investors)}
    for column, product in enumerate(facts.products):
        for ref, _ in product.holders:
            held[number[ref], column] = True
    return Pool(
        unit=unit,
        units=len(units),
        threshold=normal_threshold(weakest[unit], np.array(days, dtype=np.int64)),
        loss_minor=np.array([loss_minor(p, scenario) for p in facts.products], dtype=np.int64),
        held=held,
    )


def _totals(products: Sequence[Product]) -> dict[str, int]:
    return {
        "products": len(products),
        "face_minor": sum(p.face_minor for p in products),
        "principal_minor": sum(p.principal_minor for p in products),
        "buffer_minor": sum(p.buffer_minor for p in products),
        "investors": len({ref for p in products for ref, _ in p.holders}),
    }


def _losses(outcome: Outcome) -> dict[str, int]:
    worst = np.sort(outcome.totals)[-outcome.tail :]
    return {
        "expected_minor": mean(int(outcome.totals.sum()), len(outcome.totals)),
        "p95_minor": quantile_minor(outcome.totals, ppm=950_000),
        "p99_minor": quantile_minor(outcome.totals, ppm=WORST),
        "tail_mean_minor": mean(int(worst.sum()), outcome.tail),
        "largest_minor": int(outcome.totals.max()),
        "without_ppm": int((outcome.totals == 0).sum()) * PPM // len(outcome.totals),
    }


def histogram(totals: IntArray) -> dict[str, Any]:
    """Draws by loss: the first bin holds those without any, the others are of one width.
    `edges` are the upper ends, inclusive."""
    largest = int(totals.max(initial=0))
    width = max(1, -(-largest // BINS))
    place = -(-totals // width)
    count = np.bincount(place, minlength=1).tolist()
    return {"width_minor": width, "edges": [n * width for n in range(len(count))], "draws": count}


def _investors(pool: Pool, outcome: Outcome) -> dict[str, int]:
    count = len(pool.held)
    if not count:
        return {"count": 0, "below_mean_ppm": 0, "below_tail_ppm": 0, "any_below_ppm": 0}
    draws = len(outcome.totals)
    worst = np.lexsort((np.arange(draws), -outcome.totals))[: outcome.tail]
    return {
        "count": count,
        "below_mean_ppm": mean(int(outcome.below.sum()) * PPM, draws * count),
        "below_tail_ppm": mean(int(outcome.below[worst].sum()) * PPM, outcome.tail * count),
        "any_below_ppm": int((outcome.below > 0).sum()) * PPM // draws,
    }


def _contributors(
    facts: StressFacts, pool: Pool, outcome: Outcome, units: list[str], cascade: Cascade
) -> list[dict[str, Any]]:
    """Obligor groups by what they add to the worst draws, then to the expected loss."""
    draws = len(outcome.totals)
    expected, tail, certain, principal = np.zeros((4, len(units)), dtype=np.int64)
    np.add.at(expected, pool.unit, pool.loss_minor * outcome.defaults)
    np.add.at(tail, pool.unit, pool.loss_minor * outcome.tail_defaults)
    np.add.at(certain, pool.unit, pool.loss_minor)
    np.add.at(principal, pool.unit, [p.principal_minor for p in facts.products])
    chance = np.zeros(len(units), dtype=np.int64)
    for number, product in enumerate(facts.products):
        own = int(cascade.pd_ppm[facts.place_of(product.obligor_ref)])
        chance[pool.unit[number]] = max(int(chance[pool.unit[number]]), own)
    names = {facts.unit_of(firm.ref): firm.group or firm.name for firm in facts.firms}
    rows: list[dict[str, Any]] = [
        {
            "unit": unit,
            "name": names[unit],
            "pd_ppm": int(chance[place]),
            "principal_minor": int(principal[place]),
            "expected_minor": mean(int(expected[place]), draws),
            "tail_mean_minor": mean(int(tail[place]), outcome.tail),
            "if_fails_minor": int(certain[place]),
        }
        for place, unit in enumerate(units)
    ]
    rows.sort(key=lambda r: (-r["tail_mean_minor"], -r["if_fails_minor"], r["unit"]))
    return rows[:SHOWN]


def _products(products: Sequence[Product], pool: Pool, outcome: Outcome) -> list[dict[str, Any]]:
    draws = len(outcome.totals)
    rare = draws - -(-draws * WORST // PPM)  # draws beyond the 99%
    return [
        {
            "ref": product.ref,
            "number": product.number,
            "obligor_ref": product.obligor_ref,
            "principal_minor": product.principal_minor,
            "buffer_minor": product.buffer_minor,
            "expected_minor": mean(int(pool.loss_minor[n]) * int(outcome.defaults[n]), draws),
            "p99_minor": int(pool.loss_minor[n]) if outcome.defaults[n] > rare else 0,
            "if_fails_minor": int(pool.loss_minor[n]),
            "default_ppm": int(outcome.defaults[n]) * PPM // draws,
            "payment_date": product.payment_date.isoformat(),
        }
        for n, product in enumerate(products)
    ]


def _gap(gap: CashGap) -> dict[str, Any]:
    return {
        "ref": gap.ref,
        "on_date": gap.on_date.isoformat(),
        "needed_minor": gap.needed_minor,
        "short_minor": gap.short_minor,
        "covered_date": _text(gap.covered_date),
        "never_minor": gap.never_minor,
    }


def _cascade(facts: StressFacts, cascade: Cascade) -> dict[str, Any]:
    hit = np.flatnonzero(cascade.loss_ppm > 0)
    order = hit[np.lexsort((hit, -cascade.loss_ppm[hit]))][:SHOWN]
    return {
        "lost_ppm": cascade.lost_ppm,
        "hit": len(hit),
        "failed": [facts.firms[n].name for n in np.flatnonzero(cascade.failed)[:SHOWN].tolist()],
        "firms": [
            {
                "ref": facts.firms[n].ref,
                "name": facts.firms[n].name,
                "loss_ppm": int(cascade.loss_ppm[n]),
                "pd_before_ppm": facts.firms[n].pd_ppm,
                "pd_after_ppm": int(cascade.pd_ppm[n]),
            }
            for n in order.tolist()
        ],
    }


def mean(total: int, count: int) -> int:
    """A mean in whole units, half up."""
    return (2 * total + count) // (2 * count)


def _text(on: date | None) -> str:
    return "" if on is None else on.isoformat()
