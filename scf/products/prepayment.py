"""A prepayment that earns (PRODUCT: prepayment product): what a period yields, what a draw redeems,
what cash pays. Pure; money in minor units, rates in ppm a year.

The whole claim on the anchor stands in the series; a part of it is sold in units (SALE), the rest
is the distributor's subordinated first loss. SELF sells nothing: the units are the distributor's.
A draw ends an interest period; each period's interest is rounded once, half up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.errors import DomainError, InvariantViolated
from ledger.money import format_minor
from ledger.quantity import split_largest_remainder
from ledger.rates import DayCount, days_between, interest_minor, year_basis


@dataclass(frozen=True, slots=True)
class PrepayTerms:
    """Rates of a prepayment series. The rebate runs on what is undelivered, the investors' rate
    on what is sold, the fee on what is sold (SALE) or on what is undelivered (SELF)."""

    rebate_rate_ppm: int
    rate_ppm: int
    fee_rate_ppm: int
    unit_price_minor: int
    day_count: DayCount = DayCount.ACT_365F


@dataclass(frozen=True, slots=True)
class PrepayPosition:
    """Where a series stands: claim not yet delivered or let go, principal of the units sold (0 for
    SELF), units outstanding, and when the running period began."""

    undelivered_minor: int
    principal_minor: int
    units: int
    period_start_date: date

    @property
    def first_loss_minor(self) -> int:
        """What the distributor loses before investors do (all of it where nothing is sold)."""
        return self.undelivered_minor - self.principal_minor


@dataclass(frozen=True, slots=True)
class PeriodEarned:
    """One period: what the anchor owes in rebate, and who has a part in it."""

    days: int
    rebate_minor: int
    yield_minor: int
    fee_minor: int

    @property
    def distributor_minor(self) -> int:
        """The distributor's net when the rebate is paid in full; negative would cost it money."""
        return self.rebate_minor - self.yield_minor - self.fee_minor


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """A draw of ``amount_minor`` at list price: units redeemed, cash the distributor first pays,
    what the period earned, and the position once it is paid."""

    amount_minor: int
    units: int
    redemption_minor: int
    earned: PeriodEarned
    after: PrepayPosition


@dataclass(frozen=True, slots=True)
class PrepaySplit:
    """One run of the waterfall: yield, principal, fee, distributor."""

    yield_minor: int
    principal_minor: int
    fee_minor: int
    distributor_minor: int

    @property
    def investors_minor(self) -> int:
        return self.yield_minor + self.principal_minor


def period_earned(*, position: PrepayPosition, on: date, terms: PrepayTerms) -> PeriodEarned:
    """What the running period has earned by ``on``, cumulative, half up."""
    days = days_between(position.period_start_date, on, terms.day_count)
    if days < 0:
        raise InvariantViolated(f"a period ends on {on} before it began")
    basis = year_basis(terms.day_count)

    def earned(minor: int, rate_ppm: int) -> int:
        return interest_minor(principal_minor=minor, rate_ppm=rate_ppm, days=days, basis=basis)

    fee_base = position.principal_minor or position.undelivered_minor
    return PeriodEarned(
        days=days,
        rebate_minor=earned(position.undelivered_minor, terms.rebate_rate_ppm),
        yield_minor=earned(position.principal_minor, terms.rate_ppm),
        fee_minor=earned(fee_base, terms.fee_rate_ppm),
    )


def draw_plan(
    *, position: PrepayPosition, amount_minor: int, on: date, terms: PrepayTerms
) -> DrawPlan:
    """What a draw redeems: its share of the units, rounded up, so that what stands behind the
    units that stay never gets thinner; the last draw redeems all.

    Raises ``products.draw_too_large``, ``products.draw_too_small`` (not one unit's worth).
    """
    if amount_minor > position.undelivered_minor:
        raise DomainError(
            "products.draw_too_large", undelivered=format_minor(position.undelivered_minor)
        )
    if amount_minor <= 0:
        raise DomainError("products.draw_too_small")
    units = -(-amount_minor * position.units // position.undelivered_minor)
    sold = position.principal_minor > 0
    redemption = units * terms.unit_price_minor if sold else 0
    after = replace(
        position,
        undelivered_minor=position.undelivered_minor - amount_minor,
        principal_minor=position.principal_minor - redemption,
        units=position.units - units,
        period_start_date=on,
    )
    earned = period_earned(position=position, on=on, terms=terms)
    return DrawPlan(amount_minor, units, redemption, earned, after)


def prepay_distribute(
    *, cash_minor: int, yield_owed_minor: int, principal_owed_minor: int, fee_owed_minor: int
) -> PrepaySplit:
    """The waterfall: investors' yield, their principal, the fee, and the rest the distributor's."""
    left = cash_minor
    parts = []
    for owed in (yield_owed_minor, principal_owed_minor, fee_owed_minor):
        paid = min(left, owed)
        parts.append(paid)
        left -= paid
    return PrepaySplit(parts[0], parts[1], parts[2], left)


def units_redeem(*, holders: Sequence[tuple[int, int]], units: int) -> dict[int, int]:
    """Units taken from each holder (holding id, units held) in a draw: by units, largest
    remainder, ties to the lower id. Raises when more than are held are to be redeemed."""
    held = sum(number for _holding, number in holders)
    if units > held:
        raise InvariantViolated(f"{units} units redeemed of {held}")
    return split_largest_remainder(units, list(holders))
