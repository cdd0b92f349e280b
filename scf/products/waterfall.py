"""What a receipt pays: accrued yield, principal, early benefit, residual; then per holder. Pure.

Interest is cumulative within one interest period, half up. A payment that repays principal ends
the period: the next one starts on its value date with the principal left and drops the remainder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.errors import InvariantViolated
from ledger.quantity import split_largest_remainder
from ledger.rates import days_between, interest_minor, year_basis
from scf.financing.terms import EarlyBenefit, LateAccrual, Terms


@dataclass(frozen=True, slots=True)
class Position:
    """What investors are owed: principal outstanding and the running interest period.

    ``foregone_minor`` is interest that early payments saved, kept until principal is whole.
    """

    principal_minor: int
    period_start_date: date
    interest_paid_minor: int
    foregone_minor: int
    due_date: date


@dataclass(frozen=True, slots=True)
class Split:
    """One run of the waterfall, in minor units, and the position after it."""

    cash_minor: int
    interest_minor: int
    principal_minor: int
    obligor_benefit_minor: int
    residual_minor: int
    owed_minor: int
    after: Position

    @property
    def investors_minor(self) -> int:
        return self.interest_minor + self.principal_minor


@dataclass(frozen=True, slots=True)
class Holder:
    """A holding with what it was paid so far; ties in a split go to the lower id."""

    id: int
    units: int
    cash_paid_minor: int
    interest_paid_minor: int


@dataclass(frozen=True, slots=True)
class HolderPart:
    id: int
    cash_minor: int
    interest_minor: int


def _interest(*, principal: int, start: date, end: date, terms: Terms) -> int:
    days = max(0, days_between(start, end, terms.day_count))
    return interest_minor(
        principal_minor=principal,
        rate_ppm=terms.rate_ppm,
        days=days,
        basis=year_basis(terms.day_count),
    )


def accrued_minor(*, position: Position, on: date, terms: Terms) -> int:
    """Interest of the running period up to ``on`` (exclusive), less nothing: the period's total.

    Yield stops at the due date unless ``late_accrual`` is contract.
    """
    end = on if terms.late_accrual is LateAccrual.CONTRACT else min(on, position.due_date)
    return _interest(
        principal=position.principal_minor, start=position.period_start_date, end=end, terms=terms
    )


def interest_due_minor(*, position: Position, on: date, terms: Terms) -> int:
    """Accrued less paid in the running period."""
    return accrued_minor(position=position, on=on, terms=terms) - position.interest_paid_minor


def owed_minor(*, position: Position, on: date, terms: Terms) -> int:
    """Principal and interest that investors are owed if paid on ``on``."""
    return position.principal_minor + interest_due_minor(position=position, on=on, terms=terms)


def _foregone(*, position: Position, principal: int, on: date, terms: Terms) -> int:
    """Interest to the due date that repaying ``principal`` on ``on`` saves."""
    if on >= position.due_date or principal == 0:
        return 0
    left = position.principal_minor - principal
    start, due = position.period_start_date, position.due_date
    scheduled = _interest(principal=position.principal_minor, start=start, end=due, terms=terms)
    earned = _interest(principal=position.principal_minor, start=start, end=on, terms=terms)
    still_to_earn = _interest(principal=left, start=on, end=due, terms=terms)
    return max(0, scheduled - earned - still_to_earn)


def distribute(*, position: Position, cash_minor: int, on: date, terms: Terms) -> Split:
    """Run the waterfall over ``cash_minor`` received with value date ``on``.

    Order: accrued yield, principal, early benefit (once principal is whole), residual.
    """
    due = interest_due_minor(position=position, on=on, terms=terms)
    interest = min(cash_minor, max(0, due))
    principal = min(cash_minor - interest, position.principal_minor)
    foregone = position.foregone_minor + _foregone(
        position=position, principal=principal, on=on, terms=terms
    )
    rest = cash_minor - interest - principal
    whole = principal == position.principal_minor
    benefit = min(rest, foregone) if whole else 0
    to_investors = benefit if terms.early_benefit is EarlyBenefit.INVESTORS else 0
    to_obligor = benefit if terms.early_benefit is EarlyBenefit.OBLIGOR else 0
    if principal:
        after = Position(
            principal_minor=position.principal_minor - principal,
            period_start_date=on,
            interest_paid_minor=0,
            foregone_minor=0 if whole else foregone,
            due_date=position.due_date,
        )
    else:
        after = replace(position, interest_paid_minor=position.interest_paid_minor + interest)
    return Split(
        cash_minor=cash_minor,
        interest_minor=interest + to_investors,
        principal_minor=principal,
        obligor_benefit_minor=to_obligor,
        residual_minor=rest - to_investors - to_obligor,
        owed_minor=position.principal_minor + max(0, due),
        after=after,
    )


def split_holders(
    *, holders: Sequence[Holder], investors_minor: int, interest_minor_: int
) -> list[HolderPart]:
    """Split cash over holders by units from the cumulative total; pay cumulative less paid.

    Largest remainder, ties to the lower holding id; the interest part is split likewise and
    principal is the rest, so that parts never drift however often money comes.
    """
    cash_paid = {holder.id: holder.cash_paid_minor for holder in holders}
    interest_paid = {holder.id: holder.interest_paid_minor for holder in holders}
    cash = _cumulative(holders=holders, new_minor=investors_minor, paid=cash_paid, caps=None)
    interest = _cumulative(
        holders=holders, new_minor=interest_minor_, paid=interest_paid, caps=cash
    )
    return [
        HolderPart(
            id=holder.id,
            cash_minor=cash[holder.id] - holder.cash_paid_minor,
            interest_minor=interest[holder.id] - holder.interest_paid_minor,
        )
        for holder in holders
    ]


def _cumulative(
    *,
    holders: Sequence[Holder],
    new_minor: int,
    paid: Mapping[int, int],
    caps: Mapping[int, int] | None,
) -> dict[int, int]:
    """Cumulative shares by largest remainder, never below what was paid nor above ``caps``.

    Largest remainder is not monotone in the total (the Alabama paradox), so a share may fall a
    fen below what its holder has already: that holder keeps it, and the fen comes off the
    highest ids that have more than they were paid.
    """
    total = new_minor + sum(paid.values())
    shares = split_largest_remainder(total, [(holder.id, holder.units) for holder in holders])
    for each in shares:
        shares[each] = max(shares[each], paid[each])
        if caps is not None:
            shares[each] = min(shares[each], caps[each])
    missing = total - sum(shares.values())
    for each in sorted(shares, reverse=missing < 0):
        room = (total if caps is None else caps[each]) - shares[each]
        step = min(missing, room) if missing > 0 else -min(-missing, shares[each] - paid[each])
        shares[each] += step
        missing -= step
    if missing:
        raise InvariantViolated(f"{missing} fen of a distribution belong to nobody")
    return shares


def recourse_needed_minor(
    *, position: Position, claim_open_minor: int, recourse_open_minor: int, terms: Terms
) -> int:
    """What the open claim and recourse lack to make investors whole at the due date."""
    owed = owed_minor(position=position, on=position.due_date, terms=terms)
    return max(0, owed - claim_open_minor - recourse_open_minor)
