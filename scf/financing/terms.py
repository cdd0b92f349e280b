"""The terms on which a claim is bought, as data. Pure; frozen into every term sheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ledger.errors import DomainError
from ledger.rates import PPM, DayCount
from scf.network.calendar import Roll


class EarlyBenefit(StrEnum):
    """Who gains the interest that an early payment saves."""

    SUPPLIER = "supplier"
    INVESTORS = "investors"
    OBLIGOR = "obligor"


class LateAccrual(StrEnum):
    """Whether yield runs on past the due date."""

    NONE = "none"
    CONTRACT = "contract"


class AllocationRule(StrEnum):
    """How units are given to bids."""

    FIRST_COME = "first_come"
    PRO_RATA = "pro_rata"


@dataclass(frozen=True, slots=True)
class Terms:
    """Every term of a receivable series. Rates in ppm a year, simple; money in minor units.

    ``fee_rate_ppm`` is of principal and VAT-inclusive. The holdback sizes the residual.
    """

    rate_ppm: int
    fee_rate_ppm: int
    vat_rate_ppm: int
    holdback_ppm: int
    unit_price_minor: int
    day_count: DayCount = DayCount.ACT_365F
    roll: Roll = Roll.NONE
    early_benefit: EarlyBenefit = EarlyBenefit.SUPPLIER
    late_accrual: LateAccrual = LateAccrual.NONE
    grace_days: int = 5
    default_days: int = 90
    allocation: AllocationRule = AllocationRule.FIRST_COME
    subscription_days: int = 5
    tolerance_minor: int = 1_000
    tolerance_ppm: int = 1_000
    recourse: str = "dilution"
    set_off: str = "waived"
    waterfall: tuple[str, ...] = ("costs", "tax_withheld", "yield", "principal", "residual")

    def check(self) -> Terms:
        """Itself when sane; raises ``financing.terms_invalid`` naming the term."""
        bounds = {
            "rate_ppm": (0 <= self.rate_ppm <= PPM),
            "fee_rate_ppm": (0 <= self.fee_rate_ppm <= PPM),
            "vat_rate_ppm": (0 <= self.vat_rate_ppm <= PPM),
            "holdback_ppm": (0 <= self.holdback_ppm < PPM),
            "unit_price_minor": self.unit_price_minor > 0,
            "grace_days": 0 <= self.grace_days <= self.default_days,
            "subscription_days": self.subscription_days > 0,
        }
        for term, sane in bounds.items():
            if not sane:
                raise DomainError("financing.terms_invalid", term=term)
        return self


def terms_to_data(terms: Terms) -> dict[str, Any]:
    """A JSON-ready mapping."""
    return {**asdict(terms), "waterfall": list(terms.waterfall)}


def terms_from_data(data: dict[str, Any]) -> Terms:
    """The inverse of ``terms_to_data``; raises ``financing.terms_invalid``."""
    try:
        return Terms(
            **{
                **data,
                "day_count": DayCount(data["day_count"]),
                "roll": Roll(data["roll"]),
                "early_benefit": EarlyBenefit(data["early_benefit"]),
                "late_accrual": LateAccrual(data["late_accrual"]),
                "allocation": AllocationRule(data["allocation"]),
                "waterfall": tuple(data["waterfall"]),
            }
        ).check()
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("financing.terms_invalid", term=str(error)) from error
