"""Quantities and shares in integers: nothing is lost when a total is split or a line is priced."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from ledger.errors import DomainError

MICRO = 1_000_000
_MICRO_MAX = 2**63 - 1


def split_largest_remainder(total: int, weights: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Split `total` over (id, weight) pairs in proportion, exactly; the odd pieces go to the largest
    remainders, ties to the lower id.

    Raises DomainError("ledger.split_invalid") for a negative total or weight, a repeated id, or when
    there is something to split and no weight to split it by.
    """
    whole = sum(weight for _, weight in weights)
    ids = {each for each, _ in weights}
    if total < 0 or any(weight < 0 for _, weight in weights) or len(ids) != len(weights):
        raise DomainError("ledger.split_invalid", total=total)
    if whole == 0:
        if total:
            raise DomainError("ledger.split_invalid", total=total)
        return {each: 0 for each, _ in weights}
    shares = {each: total * weight // whole for each, weight in weights}
    by_remainder = sorted(weights, key=lambda pair: (-(total * pair[1] % whole), pair[0]))
    for each, _ in by_remainder[: total - sum(shares.values())]:
        shares[each] += 1
    return shares


def parse_micro(text: str) -> int:
    """Integer millionths of a unit from decimal text: "1.5" is 1_500_000.

    Raises DomainError("ledger.quantity_invalid") for anything finer than a millionth or not a number.
    """
    try:
        scaled = Decimal(text.strip().replace(",", "")) * MICRO
    except InvalidOperation:
        raise DomainError("ledger.quantity_invalid", quantity=text[:40]) from None
    if not scaled.is_finite() or abs(scaled) > _MICRO_MAX or scaled != int(scaled):
        raise DomainError("ledger.quantity_invalid", quantity=text[:40])
    return int(scaled)


def format_micro(micro: int) -> str:
    """Shortest exact text: 1_500_000 is "1.5", 2_000_000 is "2"."""
    whole, part = divmod(abs(micro), MICRO)
    sign = "\N{MINUS SIGN}" if micro < 0 else ""
    return f"{sign}{whole:,}.{part:06d}".rstrip("0").rstrip(".")


def line_minor(*, qty_micro: int, price_micro: int, price_unit: int = 1) -> int:
    """Value of a line in minor units, half away from zero: quantity x price / price unit.

    `price_micro` is minor units x 1e6 per `price_unit` pieces; `qty_micro` is pieces x 1e6.
    Raises DomainError("ledger.quantity_invalid") when the price unit is not positive.
    """
    if price_unit <= 0:
        raise DomainError("ledger.quantity_invalid", quantity=price_unit)
    divisor = MICRO * MICRO * price_unit
    product = qty_micro * price_micro
    rounded = (2 * abs(product) + divisor) // (2 * divisor)
    return -rounded if product < 0 else rounded
