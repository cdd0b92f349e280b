"""Why a debt is not paid: disputed, cannot pay, will not pay, each with its reasons.

A dispute comes first, since a debt that is not agreed says nothing about the debtor. Then
whatever shows that the money is not there. Only a debtor that is neither, and pays others or
breaks its word, is taken to be unwilling; until then it is not known.
"""

from dataclasses import dataclass

from ledger.rates import PPM
from risk.collection.values import Cause, CollectionPolicy, Debt, Debtor


@dataclass(frozen=True, slots=True)
class CauseFound:
    """The cause and the codes of what speaks for it, with the figure behind each."""

    cause: Cause
    reasons: tuple[tuple[str, int], ...]


def cause_of(debt: Debt, debtor: Debtor, *, policy: CollectionPolicy) -> CauseFound:
    """The first cause for which anything speaks, in the order of this module."""
    for cause, reasons in (
        (Cause.DISPUTED, _disputes(debt, debtor)),
        (Cause.CANNOT, _cannot(debt, debtor, policy)),
        (Cause.WILL_NOT, _will_not(debt, debtor, policy)),
    ):
        if reasons:
            return CauseFound(cause, tuple(reasons))
    return CauseFound(Cause.UNCLEAR, (("days_late", debt.days_late),))


def _disputes(debt: Debt, debtor: Debtor) -> list[tuple[str, int]]:
    found = [("flagged", 1)] if debt.is_disputed else []
    return found + ([("says_disputes", 1)] if debtor.last_outcome == "disputes" else [])


def _cannot(debt: Debt, debtor: Debtor, policy: CollectionPolicy) -> list[tuple[str, int]]:
    found = []
    if debtor.verdict == "DISTRESS":
        found.append(("verdict_distress", 1))
    if debtor.defaulted:
        found.append(("defaulted", 1))
    if debtor.last_outcome == "cannot_pay":
        found.append(("says_cannot", 1))
    share = debtor.late_minor * PPM // debtor.owed_minor if debtor.owed_minor > 0 else 0
    is_long = debt.days_late >= policy.late_share_after_days
    if is_long and debtor.late_minor > debt.open_minor and share >= policy.late_share_cannot_ppm:
        found.append(("most_is_late", share))
    return found


def _will_not(debt: Debt, debtor: Debtor, policy: CollectionPolicy) -> list[tuple[str, int]]:
    found = []
    if debtor.last_outcome == "refuses":
        found.append(("says_refuses", 1))
    if debtor.promises_broken:
        found.append(("broke_promises", debtor.promises_broken))
    ago = debtor.paid_other_days
    if (
        ago is not None
        and ago <= policy.paid_other_within_days
        and ago < debt.days_late
        and debt.days_late > policy.will_not_after_days
    ):
        found.append(("pays_others", ago))
    return found
