"""Jurisdiction as data: who may buy, how many holders, how long. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.errors import DomainError
from scf.network.calendar import calendar_months_add
from scf.network.values import InvestorClass


@dataclass(frozen=True, slots=True)
class RulePack:
    """One jurisdiction's rules for private units over receivables."""

    code: str
    investor_classes: frozenset[str]
    holder_cap: int
    like_series_months: int
    tenor_months: int
    tenor_months_with_reason: int
    registry_buffer_days: int
    disclosure: str  # code of the wording on the product page


RULE_PACKS = {
    "cn": RulePack(
        code="cn",
        investor_classes=frozenset({InvestorClass.QUALIFIED_INSTITUTION}),
        holder_cap=200,
        like_series_months=6,
        tenor_months=6,
        tenor_months_with_reason=12,
        registry_buffer_days=90,
        disclosure="cn_private_no_guarantee",
    )
}


def rule_pack_get(*, code: str) -> RulePack:
    """Raises ``products.rule_pack_unknown``."""
    found = RULE_PACKS.get(code)
    if found is None:
        raise DomainError("products.rule_pack_unknown", rule_pack=code)
    return found


def investor_check(*, pack: RulePack, investor_class: str) -> None:
    """Raises ``products.investor_not_eligible``."""
    if investor_class not in pack.investor_classes:
        raise DomainError("products.investor_not_eligible", investor_class=investor_class)


def holders_check(*, pack: RulePack, holders: int) -> None:
    """``holders`` counts pending bids and like series too. Raises ``products.holder_cap``."""
    if holders > pack.holder_cap:
        raise DomainError("products.holder_cap", cap=pack.holder_cap, holders=holders)


def tenor_check(*, pack: RulePack, start: date, due: date, reason: str = "") -> None:
    """Tenor from confirmation to due date in calendar months. Raises ``products.tenor_too_long``."""
    months = pack.tenor_months_with_reason if reason else pack.tenor_months
    if due > calendar_months_add(day=start, months=months):
        raise DomainError("products.tenor_too_long", months=months, due_date=due.isoformat())
