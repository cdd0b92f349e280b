"""Bytes to rows of text: encodings confirmed by a strict decode, CSV dialects by the header. Pure."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ledger.errors import DomainError

CELL_MAX = 1_000_000
_DELIMITERS = ",;\t|"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def text_decode(data: bytes) -> tuple[str, str]:
    """(text, encoding). UTF-8, GB18030 or UTF-16 with or without a mark.

    Raises ``imports.encoding_unknown`` when no strict decode gives sensible text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if b"\x00" in data[:4096]:
        even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
        if max(even, odd) < 4 * min(even, odd) + 1:
            raise DomainError("imports.encoding_unknown", place=data.index(b"\x00"))
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _strict(data, encoding), encoding
    if b"\x00" in data:
        raise DomainError("imports.encoding_unknown", place=data.index(b"\x00"))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        place = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise DomainError("imports.encoding_unknown", place=place) from None
    if not _is_sensible(text):
        raise DomainError("imports.encoding_unknown", place=place)
    return text, "gb18030"


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number of the row's first line, cells) of each row, blank ones included.

    Raises ``imports.csv_broken`` with the line where a quote is never closed.
    """
    csv.field_size_limit(CELL_MAX)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    started = 1
    try:
        for cells in reader:
            yield started, cells
            started = reader.line_num + 1
    except csv.Error:
        raise DomainError("imports.csv_broken", line=started) from None


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DomainError("imports.encoding_unknown", place=error.start) from None
    if "\x00" in text:
        raise DomainError("imports.encoding_unknown", place=text.index("\x00"))
    return text


def _is_sensible(text: str) -> bool:
    """GB18030 decodes almost anything: most of what is not ASCII must be everyday Chinese.

    Everyday characters stand in the first level of GB 2312, punctuation in its first rows;
    bytes of another encoding scatter over the rare ones.
    """
    sample = [each for each in text[:200_000] if ord(each) > 127]
    if any(unicodedata.category(each) in ("Co", "Cn", "Cc", "Cs") for each in set(sample)):
        return False
    common = sum(1 for each in sample if _is_common(each))
    return common * 10 >= len(sample) * 6


@lru_cache(maxsize=8192)
def _is_common(character: str) -> bool:
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= first <= 0xD7 or 0xA1 <= first <= 0xA3


def _delimiter(text: str) -> str:
    """The separator that the first written lines agree on."""
    lines = [line for line in text[:20_000].splitlines() if line.strip(" ,;|\t")][:10]
    if not lines:
        return ","
    counts = {
        mark: max(sum(1 for piece in line.split('"')[::2] for c in piece if c == mark)
                  for line in lines)
        for mark in _DELIMITERS
    }  # fmt: skip
    best = max(_DELIMITERS, key=lambda mark: (counts[mark], -_DELIMITERS.index(mark)))
    return best if counts[best] else ","
