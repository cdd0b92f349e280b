"""Money: integers in minor units. The only place, with quantity, where Decimal may appear."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.errors import DomainError

MINUS = "\N{MINUS SIGN}"
MINOR_MAX = 2**63 - 1
_PLAIN = re.compile(
    r"(?P<sign>[-+\u2212]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?", re.ASCII
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency, in minor units (fen for CNY)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __str__(self) -> str:
        return f"{format_minor(self.minor)} {self.currency}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise DomainError("ledger.asset_mixed", left=self.currency, right=other.currency)
        return other.minor


def parse_minor(text: str, scale: int = 2) -> int:
    """Minor units from a person's or a file's decimal text: "1,000.5" is 100050 at scale 2.

    Full-width digits and both minus signs are read; further decimals must be zeros.
    Raises DomainError("ledger.amount_invalid").
    """
    plain = text.strip().translate(_FULL_WIDTH)
    match = _PLAIN.fullmatch(plain)
    if match is None or not (match["whole"] or match["part"]):
        raise DomainError("ledger.amount_invalid", amount=text[:40])
    part = (match["part"] or "").ljust(scale, "0")
    if part[scale:].strip("0") or len(plain) > 40:
        raise DomainError("ledger.amount_invalid", amount=text[:40])
    minor = int((match["whole"] or "0").replace(",", "") + part[:scale])
    if minor > MINOR_MAX:
        raise DomainError("ledger.amount_invalid", amount=text[:40])
    return -minor if match["sign"] in ("-", MINUS) else minor


def format_minor(minor: int, scale: int = 2) -> str:
    """ "1,000,000.00" with a true minus sign for negative amounts."""
    whole, part = divmod(abs(minor), 10**scale)
    sign = MINUS if minor < 0 else ""
    return f"{sign}{whole:,}.{part:0{scale}d}" if scale else f"{sign}{whole:,}"
