"""A firm's figure beside those of firms like it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.arrays import FloatArray
from risk.facts import IntArray, PartyFact

# In this order a firm with several roles counts as the first it has.
ROLE_ORDER: Final = ("anchor", "obligor", "supplier", "distributor")
STRIP: Final = (10, 25, 50, 75, 90)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PeerGroup:
    """`members` are compared with each other; `judged` are those whose own group this is.

    `basis` says why: "role_sector", "role" or "all".
    """

    basis: str
    members: IntArray
    judged: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """By group the percentiles of `STRIP` (None without figures), by firm its percentile.

    Percentile: share of peers below, equal ones counting half, in whole percent; -1 where
    the firm has no figure.
    """

    strips: tuple[tuple[float, ...] | None, ...]
    percentile: IntArray


def main_role(party: PartyFact) -> str:
    """The role that decides who a firm's peers are."""
    return next((role for role in ROLE_ORDER if role in party.roles), "other")


def peer_groups(parties: Sequence[PartyFact], *, least: int) -> tuple[PeerGroup, ...]:
    """Every firm judged once: among firms of its role and sector, of its role where those
    are fewer than `least`, or among all firms where these are too."""
    members: dict[Key, list[int]] = defaultdict(list)
    for index, party in enumerate(parties):
        for key in _keys(party):
            members[key].append(index)
    judged: dict[Key, list[int]] = defaultdict(list)
    for index, party in enumerate(parties):
        judged[next(k for k in _keys(party) if len(members[k]) >= least or k == ())].append(index)
    basis = {0: "all", 1: "role", 2: "role_sector"}
    return tuple(
        PeerGroup(
            basis=basis[len(key)],
            members=np.array(members[key], dtype=np.int64),
            judged=np.array(judged[key], dtype=np.int64),
        )
        for key in sorted(judged)
    )


def standing(values: FloatArray, *, groups: Sequence[PeerGroup]) -> Standing:
    """Place every firm's figure among its peers'; NaN is no figure."""
    percentile = np.full(len(values), -1, dtype=np.int64)
    strips: list[tuple[float, ...] | None] = []
    for group in groups:
        known = values[group.members]
        ranked = np.sort(known[~np.isnan(known)])
        strips.append(tuple(np.percentile(ranked, STRIP).tolist()) if len(ranked) else None)
        own = group.judged[~np.isnan(values[group.judged])]
        if len(own):
            below = np.searchsorted(ranked, values[own], side="left")
            upto = np.searchsorted(ranked, values[own], side="right")
            percentile[own] = (50 * (below + upto) + len(ranked) // 2) // len(ranked)
    return Standing(strips=tuple(strips), percentile=percentile)


def _keys(party: PartyFact) -> tuple[Key, ...]:
    role = main_role(party)
    return ((role, party.sector), (role,), ()) if party.sector else ((role,), ())
