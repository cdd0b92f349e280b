"""Who stands behind whom: firms with one owner, telephone or address, or of one group.

A key that many firms have says little (an office tower, a bookkeeper's telephone) and is left
out. The anchor's own entities are related by design and left out too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from risk.arrays import BoolArray
from risk.facts import MISSING, IntArray, PartyFact

KEYS: Final = ("owner", "phone", "address")


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """For each kind of key a number a firm, -1 where it has none that counts. `group` is the
    declared one; `cluster` numbers firms that any key or group joins, over any way round."""

    owner: IntArray
    phone: IntArray
    address: IntArray
    group: IntArray
    cluster: IntArray

    def shared(self, firms: Sequence[int]) -> tuple[str, ...]:
        """The kinds of keys that at least two of these firms have in common."""
        at = np.array(sorted(set(firms)), dtype=np.int64)
        kinds = []
        for kind in KEYS:
            known = getattr(self, kind)[at]
            known = known[known != MISSING]
            if len(np.unique(known)) < len(known):
                kinds.append(kind)
        return tuple(kinds)

    def together(self, one: int, other: int) -> bool:
        """Whether two firms are of one cluster."""
        return bool(self.cluster[one] == self.cluster[other])


def relations_of(
    parties: Sequence[PartyFact], *, anchor: BoolArray, key_most: int
) -> Relations:  # fmt: skip
    """The relations of a chain; keys of more than `key_most` firms do not count."""
    numbers = {
        kind: _numbers([getattr(party, f"{kind}_key") for party in parties], anchor, key_most)
        for kind in KEYS
    }
    group = _numbers([party.group for party in parties], anchor, len(parties))
    return Relations(
        **numbers, group=group, cluster=_clusters(len(parties), [*numbers.values(), group])
    )


def _numbers(keys: Sequence[str], anchor: BoolArray, most: int) -> IntArray:
    if not keys:
        return np.zeros(0, dtype=np.int64)
    names, place, count = np.unique(np.array(keys), return_inverse=True, return_counts=True)
    known = (names != "") & (count <= most)
    return np.where(known[place] & ~anchor, place, MISSING).astype(np.int64)


def _clusters(size: int, columns: Sequence[IntArray]) -> IntArray:
    """Firms and keys are nodes; what hangs together is one cluster."""
    firms: list[IntArray] = []
    keys: list[IntArray] = []
    nodes = size
    for column in columns:
        own = np.flatnonzero(column != MISSING)
        firms.append(own)
        keys.append(column[own] + nodes)
        nodes += size + 1
    one, other = np.concatenate(firms), np.concatenate(keys)
    links = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(nodes, nodes))
    _, label = connected_components(links, directed=False)
    return np.asarray(label[:size], dtype=np.int64)
