"""The chart of accounts, as data. The database's copy is `ledger/sql/chart.sql`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ledger.errors import DomainError

Side = Literal["debit", "credit"]
Family = Literal["currency", "claim", "yield", "recourse", "rebate", "unit"]


@dataclass(frozen=True, slots=True)
class AccountCode:
    """One code of the chart: what it holds, on which side it grows, and whether zero is a wall."""

    family: Family
    code: str
    side: Side
    limited: bool = True
    hot: bool = False


CHART: tuple[AccountCode, ...] = (
    # Client money. Only the escrow mirror has a debit balance; everything else is owed to somebody.
    AccountCode("currency", "bank.escrow", "debit", limited=False, hot=True),
    AccountCode("currency", "unallocated", "credit"),
    AccountCode("currency", "available", "credit"),
    AccountCode("currency", "hold", "credit"),
    AccountCode("currency", "payable", "credit"),
    AccountCode("currency", "fee_payable", "credit"),
    AccountCode("currency", "clearing", "credit"),
    AccountCode("currency", "collection", "credit"),
    AccountCode("currency", "on_account", "credit"),
    # Claims: who owes, and who is entitled to be paid.
    AccountCode("claim", "obligor", "debit"),
    AccountCode("claim", "obligor_written_off", "debit"),
    AccountCode("claim", "entitled", "credit"),
    AccountCode("claim", "released", "credit"),
    AccountCode("recourse", "recourse_debtor", "debit"),
    AccountCode("recourse", "entitled", "credit"),
    AccountCode("yield", "yield_contra", "debit"),
    AccountCode("yield", "due", "credit"),
    AccountCode("rebate", "rebate_debtor", "debit"),
    AccountCode("rebate", "entitled", "credit"),
    # Units of a series: supply is credited once to issue; a redeemed unit never comes back.
    AccountCode("unit", "authorised", "debit"),
    AccountCode("unit", "issue", "credit"),
    AccountCode("unit", "held", "credit"),
    AccountCode("unit", "redeemed", "credit"),
)
# The kind of a journal that takes an accrual back: its yield was never paid (proof 4 leaves it out).
ACCRUAL_REVERSED = "accrual.reversed"
_BY_KEY = {(entry.family, entry.code): entry for entry in CHART}
_SUFFIXES: dict[str, Family] = {
    "claim": "claim",
    "yield": "yield",
    "recourse": "recourse",
    "rebate": "rebate",
}


def asset_family(asset: str) -> Family:
    """The family of an asset code: "CNY" currency, "CNY.claim" claim, "U:7" unit.

    Raises DomainError("ledger.asset_unknown").
    """
    if asset.startswith("U:"):
        return "unit"
    currency, dot, suffix = asset.partition(".")
    if not dot and currency:
        return "currency"
    if currency and suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    raise DomainError("ledger.asset_unknown", asset=asset)


def account_code(*, code: str, asset: str) -> AccountCode:
    """The chart's entry for a code in an asset. Raises DomainError ledger.account_unknown, asset_unknown."""
    entry = _BY_KEY.get((asset_family(asset), code))
    if entry is None:
        raise DomainError("ledger.account_unknown", account=code, asset=asset)
    return entry
