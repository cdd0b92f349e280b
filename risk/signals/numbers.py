"""Document numbers as a forger or a scanner alters them: which two may be one and the same.

Upper case; what a scanner confuses with a digit is that digit; zeros
in front of a run of digits and whatever separates the parts do not count. A short last part
(`-1`, `/A`, `R`) may be a suffix somebody put there: its number without it is only compared
with whole numbers, so that parts 1 and 2 of one invoice are not each other's copy.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PARTS: Final = re.compile(r"[A-Z0-9]+")
_DIGIT: Final = re.compile(r"\d")
_ZEROS: Final = re.compile(r"(?<!\d)0+(?=\d)")
_LETTER_BEHIND: Final = re.compile(r"(?<=\d{3})[A-Z]{1,4}$")
_SCANNED: Final = str.maketrans("OQDILZSBG", "000112586")
SUFFIX_MOST: Final = 2
BASE_LEAST: Final = 4
SEQUENCE_TAIL: Final = 3


@dataclass(frozen=True, slots=True)
class NumberKeys:
    """`own`: equal where two numbers differ in form only. `bases`: without a suffix."""

    own: tuple[str, ...]
    bases: tuple[str, ...]


@lru_cache(maxsize=200_000)
def number_keys(text: str) -> NumberKeys:
    """The keys of a document number; none for one without a digit."""
    upper = (text if text.isascii() else unicodedata.normalize("NFKC", text)).upper()
    parts = _PARTS.findall(upper)
    own = _forms(parts)
    bases: list[str] = []
    if len(parts) > 1 and len(parts[-1]) <= SUFFIX_MOST:
        bases += _forms(parts[:-1])
    if parts and _LETTER_BEHIND.search(parts[-1]):
        bases += _forms([*parts[:-1], _LETTER_BEHIND.sub("", parts[-1])])
    long = tuple(dict.fromkeys(base for base in bases if len(base) >= BASE_LEAST))
    return NumberKeys(own, long)


def number_slipped(one: str, other: str) -> bool:
    """Whether one slip of the pen makes one number of the other: a character more, less or
    other, or two neighbours swapped. Not where only the tail counts on: numbers in sequence
    differ like that."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = len(one) == len(other)
    if same and one[:-SEQUENCE_TAIL] == other[:-SEQUENCE_TAIL] and _tail_counts(one, other):
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if not same:
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2][::-1] == long[at : at + 2] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]


def _tail_counts(one: str, other: str) -> bool:
    return one[-SEQUENCE_TAIL:].isdigit() and other[-SEQUENCE_TAIL:].isdigit()


def _forms(parts: list[str]) -> tuple[str, ...]:
    if not any(_DIGIT.search(part) for part in parts):
        return ()
    read = [part.translate(_SCANNED) for part in parts]
    joined = "".join(read)
    spaced = "|".join(_ZEROS.sub("", part) for part in read)
    return (joined, spaced) if joined != spaced else (joined,)
