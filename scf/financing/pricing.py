"""What a receivable is worth today: units, proceeds, fee, residual, all-in yearly cost. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.errors import DomainError
from ledger.rates import PPM, days_between, interest_minor, year_basis
from scf.financing.terms import Terms


@dataclass(frozen=True, slots=True)
class PriceReceipt:
    """One quote in figures. All amounts in minor units; ``annual_cost_ppm`` simple, all fees in."""

    face_minor: int
    start_date: date
    due_date: date
    days: int
    holdback_minor: int
    units: int
    principal_minor: int
    interest_minor: int
    rounding_minor: int
    fee_minor: int
    fee_net_minor: int
    vat_minor: int
    proceeds_minor: int
    residual_minor: int
    cost_minor: int
    annual_cost_ppm: int


def price(*, face_minor: int, start_date: date, due_date: date, terms: Terms) -> PriceReceipt:
    """Price a claim of ``face_minor`` due on ``due_date`` and sold on ``start_date``.

    Units are whole: floor(target / (1 + rate x days / basis) / unit price), so that principal
    and interest to the due date never exceed the face less the holdback.
    Raises ``financing.not_priceable`` when it is due already or too small for one unit.
    """
    days = days_between(start_date, due_date, terms.day_count)
    basis = year_basis(terms.day_count)
    if days <= 0 or face_minor <= 0:
        raise DomainError("financing.not_priceable", face_minor=face_minor, days=days)
    holdback = -(-face_minor * terms.holdback_ppm // PPM)
    target = face_minor - holdback
    units = target * PPM * basis // (terms.unit_price_minor * (PPM * basis + terms.rate_ppm * days))
    if units == 0:
        raise DomainError("financing.not_priceable", face_minor=face_minor, days=days)
    principal = units * terms.unit_price_minor
    interest = interest_minor(
        principal_minor=principal, rate_ppm=terms.rate_ppm, days=days, basis=basis
    )
    fee = interest_minor(
        principal_minor=principal, rate_ppm=terms.fee_rate_ppm, days=days, basis=basis
    )
    fee_net = net_of_vat(gross_minor=fee, vat_rate_ppm=terms.vat_rate_ppm)
    proceeds = principal - fee
    cost = interest + fee
    return PriceReceipt(
        face_minor=face_minor,
        start_date=start_date,
        due_date=due_date,
        days=days,
        holdback_minor=holdback,
        units=units,
        principal_minor=principal,
        interest_minor=interest,
        rounding_minor=target - principal - interest,
        fee_minor=fee,
        fee_net_minor=fee_net,
        vat_minor=fee - fee_net,
        proceeds_minor=proceeds,
        residual_minor=face_minor - principal - interest,
        cost_minor=cost,
        annual_cost_ppm=annual_cost_ppm(
            cost_minor=cost, proceeds_minor=proceeds, days=days, basis=basis
        ),
    )


def net_of_vat(*, gross_minor: int, vat_rate_ppm: int) -> int:
    """The part of a VAT-inclusive amount that is not tax, rounded half up."""
    divisor = PPM + vat_rate_ppm
    return (2 * gross_minor * PPM + divisor) // (2 * divisor)


def annual_cost_ppm(*, cost_minor: int, proceeds_minor: int, days: int, basis: int) -> int:
    """What the money costs a year, simple, in ppm of the proceeds, rounded half up."""
    if proceeds_minor <= 0 or days <= 0:
        raise DomainError("financing.not_priceable", face_minor=proceeds_minor, days=days)
    divisor = proceeds_minor * days
    return (2 * cost_minor * basis * PPM + divisor) // (2 * divisor)
