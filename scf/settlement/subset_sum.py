"""Which of a few amounts add up to a payment, and whether only one choice does. Pure."""

from __future__ import annotations

from collections.abc import Sequence

# Two halves of at most 13 give at most 4,096 + 8,192 sums: a budget in steps, not in time.
SUBSET_ITEMS_MAX = 25


def subset_sums(*, values: Sequence[int], target: int, limit: int) -> list[tuple[int, ...]]:
    """Up to ``limit`` sets of places whose values (all above zero) add up to ``target``.

    Fewer than ``limit`` answers are all there are. Meet in the middle; raises ValueError beyond
    ``SUBSET_ITEMS_MAX`` values.
    """
    if len(values) > SUBSET_ITEMS_MAX:
        raise ValueError(f"{len(values)} values are more than {SUBSET_ITEMS_MAX}")
    half = len(values) // 2
    left: dict[int, list[int]] = {}
    for mask, total in enumerate(_sums(values[:half])):
        kept = left.setdefault(total, [])
        if len(kept) < limit:
            kept.append(mask)
    found: list[tuple[int, ...]] = []
    for mask, total in enumerate(_sums(values[half:])):
        for other in left.get(target - total, ()):
            chosen = other | mask << half
            if chosen:
                found.append(tuple(at for at in range(len(values)) if chosen >> at & 1))
            if len(found) == limit:
                return found
    return found


def _sums(values: Sequence[int]) -> list[int]:
    """The sum of every subset, at the index of its bit mask."""
    sums = [0]
    for value in values:
        sums += [total + value for total in sums]
    return sums
