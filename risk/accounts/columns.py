"""A table of figures by account that grows column by column."""

import numpy as np

from risk.arrays import FloatArray, ratio, sums
from risk.facts import IntArray


class Columns:
    """Named columns of equal length; where an account has nothing to measure, 0."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._columns: dict[str, FloatArray] = {}

    def add(self, name: str, values: FloatArray) -> None:
        """A column as it is; what is not a number becomes 0."""
        self._columns[name] = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)

    def count(self, name: str, account: IntArray) -> None:
        """How often each account is named."""
        self.add(name, sums(account, np.ones(len(account)), self.size))

    def mean(self, name: str, account: IntArray, value: FloatArray) -> None:
        """Mean by account."""
        count = sums(account, np.ones(len(account)), self.size)
        self.add(name, ratio(sums(account, value, self.size), count, otherwise=0.0))

    def most(self, name: str, account: IntArray, value: FloatArray) -> None:
        """Largest by account."""
        found = np.full(self.size, -np.inf)
        np.maximum.at(found, account, value)
        self.add(name, found)

    def least(self, name: str, account: IntArray, value: FloatArray) -> None:
        """Smallest by account."""
        found = np.full(self.size, np.inf)
        np.minimum.at(found, account, value)
        self.add(name, found)

    def of(self, name: str) -> FloatArray:
        """A column by its name."""
        return self._columns[name]

    def names(self) -> tuple[str, ...]:
        """Names in order of their adding."""
        return tuple(self._columns)

    def table(self) -> FloatArray:
        """Accounts by columns."""
        return np.column_stack(list(self._columns.values()))


def neighbour_means(
    source: IntArray, target: IntArray, value: FloatArray, size: int
) -> tuple[FloatArray, FloatArray]:
    """Mean and largest value at the targets of each source's edges."""
    count = sums(source, np.ones(len(source)), size)
    most = np.zeros(size)
    np.maximum.at(most, source, value[target])
    return ratio(sums(source, value[target], size), count, otherwise=0.0), most
