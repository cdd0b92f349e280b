"""Seeded chance: numpy's generator, handed out one number at a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

_BLOCK = 65_536
_NORMAL = NormalDist()
T = TypeVar("T")


class Draws:
    """A stream of draws that depends on ``seed`` and ``stream`` alone.

    Drawing in blocks makes one number as cheap as a list access; a stream of its own for
    every part of the chain keeps the others as they were when one part changes.
    """

    def __init__(self, *, seed: int, stream: str) -> None:
        self.generator = np.random.default_rng([seed, *stream.encode()])
        self._block: list[float] = []
        self._next = 0

    def uniform(self) -> float:
        """In [0, 1)."""
        if self._next >= len(self._block):
            self._block = self.generator.random(_BLOCK).tolist()
            self._next = 0
        value = self._block[self._next]
        self._next += 1
        return value

    def chance(self, probability: float) -> bool:
        """True with ``probability``."""
        return self.uniform() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, all alike."""
        return choices[int(self.uniform() * len(choices))]

    def spread(self, sigma: float) -> float:
        """A log-normal factor with median 1."""
        clipped = min(max(self.uniform(), 1e-6), 1 - 1e-6)
        return float(np.exp(sigma * _NORMAL.inv_cdf(clipped)))

    def digits(self, count: int) -> str:
        """A string of ``count`` digits that does not begin with 0."""
        return str(self.between(10 ** (count - 1), 10**count - 1))
