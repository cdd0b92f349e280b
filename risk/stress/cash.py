"""When money is missing: what investors are due and what will have come by then.

One path a product, without chance: claims are paid at their due date or as late as the
scenario says; a failed obligor pays its recovery later. Chance is in the simulation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.rates import PPM
from risk.stress.facts import Product
from risk.stress.scenario import Scenario


@dataclass(frozen=True, slots=True)
class CashGap:
    """A product that cannot pay on its day: how much is missing, and when it is made up for
    (None: never in full; `never_minor` is what stays missing)."""

    ref: str
    on_date: date
    needed_minor: int
    short_minor: int
    covered_date: date | None
    never_minor: int


def cash_gaps(
    products: Sequence[Product],
    *,
    as_of: date,
    failed_refs: frozenset[str],
    scenario: Scenario,
) -> tuple[CashGap, ...]:
    """The products that come up short, the earliest first.

    What is still owed on `as_of` has not come, whatever its due date: nothing is counted as
    received before that day.
    """
    gaps = []
    for product in products:
        fails = product.obligor_ref in failed_refs
        came = recovered_minor(product, scenario) if fails else product.face_minor
        wait = scenario.recovery_days if fails else scenario.late_days
        on = max(product.due_date + timedelta(days=wait), as_of)
        needed = product.principal_minor + product.interest_minor
        in_time = came if on <= product.payment_date else 0
        if in_time < needed:
            whole = came >= needed
            gaps.append(
                CashGap(
                    ref=product.ref,
                    on_date=product.payment_date,
                    needed_minor=needed,
                    short_minor=needed - in_time,
                    covered_date=on if whole else None,
                    never_minor=max(0, needed - came),
                )
            )
    return tuple(sorted(gaps, key=lambda gap: (gap.on_date, gap.ref)))


def recovered_minor(product: Product, scenario: Scenario) -> int:
    """What a defaulted obligor still pays on a claim, rounded down."""
    return product.face_minor * scenario.recovery_ppm // PPM


def loss_minor(product: Product, scenario: Scenario) -> int:
    """Principal that investors lose for good when the claim's obligor defaults: the buffer
    and the interest go first."""
    return max(0, product.principal_minor - recovered_minor(product, scenario))
