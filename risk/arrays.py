"""Small tools on arrays that many measures share."""

import numpy as np
import numpy.typing as npt

from risk.facts import MISSING, IntArray

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


def ratio(
    part: FloatArray | IntArray, whole: FloatArray | IntArray, *, otherwise: float = np.nan
) -> FloatArray:
    """part / whole, and `otherwise` where the whole is not above zero."""
    empty = np.full(len(part), otherwise)
    found: FloatArray = np.divide(part, whole, out=empty, where=whole > 0)
    return found


def sums(index: IntArray, weight: FloatArray | IntArray, size: int) -> FloatArray:
    """Sums of weights by index, as floats (exact for whole numbers below 2**53)."""
    found: FloatArray = np.bincount(index, weights=weight, minlength=size).astype(np.float64)
    return found


def place_of(keys: IntArray, wanted: IntArray) -> IntArray:
    """Position of each wanted key among sorted keys; -1 where it is not there or missing."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.clip(np.searchsorted(keys, wanted), 0, len(keys) - 1)
    return np.where((keys[place] == wanted) & (wanted != MISSING), place, -1)
