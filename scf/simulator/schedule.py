"""Who orders when: heavy-tailed firms spread over seasonal days. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scf.network.calendar import Roll, business_day_roll
from scf.simulator.draws import Draws
from scf.simulator.season import growth_step, order_day_odds
from scf.simulator.values import ChainSpec, Firm, Item

_OTHER_ENTITY_SHARE = 0.2
_COMPANIES = ("1000", "2000", "3000")
_TIDY = ((1_000_000, 50_000), (100_000, 10_000), (10_000, 5_000))


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """One order to come: the day, the firm on the other side and the entity."""

    order_date: date
    firm: Firm
    company_code: str


def orders_plan(
    *, draws: Draws, spec: ChainSpec, firms: Sequence[Firm], count: int
) -> Iterator[OrderPlan]:
    """``count`` orders in order of date, firms drawn by their weight."""
    weights = np.array([firm.weight for firm in firms])
    drawn = draws.generator.choice(len(firms), size=count, p=weights / weights.sum())
    places = draws.generator.random(count)
    plans = []
    for firm_index, place in zip(drawn.tolist(), places.tolist(), strict=True):
        firm = firms[firm_index]
        other = draws.chance(_OTHER_ENTITY_SHARE)
        company = draws.pick(_COMPANIES) if other else firm.company_code
        odds = order_day_odds(spec=spec, company_code=company, growth=growth_step(firm.growth))
        plans.append((int(np.searchsorted(odds, place, side="right")), firm, company))
    plans.sort(key=lambda plan: plan[0])
    for day, firm, company in plans:
        yield OrderPlan(spec.first_date + timedelta(days=day), firm, company)


def quantity_draw(*, draws: Draws, item: Item, sigma: float) -> int:
    """A quantity as buyers write it: near the usual lot, in tidy steps of whole units."""
    milli = max(int(item.lot_milli * draws.spread(sigma)), 1_000)
    for least, step in _TIDY:
        if milli >= least:
            return milli // step * step
    return milli // 1_000 * 1_000


def payment_date_draw(*, draws: Draws, due_date: date, late_share: float, late_days: int) -> date:
    """When a payer pays: on the rolled due date, or some days late."""
    late = draws.between(1, late_days) if draws.chance(late_share) else 0
    return business_day_roll(day=due_date + timedelta(days=late), roll=Roll.FOLLOWING)


def parts_split(*, draws: Draws, total: int, count: int, step: int) -> list[int]:
    """``total`` in ``count`` positive parts, all but the last multiples of ``step``.

    Fewer parts when the total is too small to split.
    """
    parts: list[int] = []
    left = total
    for remaining in range(count, 1, -1):
        part = int(left / remaining * (0.7 + 0.6 * draws.uniform())) // step * step
        if part <= 0 or part >= left:
            break
        parts.append(part)
        left -= part
    return [*parts, left]
