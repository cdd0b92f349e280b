"""Document numbers as keys: always text, normalised by type, the raw text kept beside. Pure."""

from __future__ import annotations

import re
import unicodedata

_FLOAT_TAIL = re.compile(r"\A(\d+)\.0+\Z")
_NOT_ALNUM = re.compile(r"[\W_]+", re.UNICODE)


def key_normalise(text: str) -> str:
    """A document key as text: trimmed, NFKC, and ``4500000233.0`` without its ``.0``.

    Leading zeros stay: in a key they count.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    whole = _FLOAT_TAIL.match(plain)
    return whole.group(1) if whole else plain


def line_normalise(text: str) -> str:
    """A line number without leading zeros: SAP writes ``00010`` and ``10`` for the same line."""
    plain = key_normalise(text)
    return plain.lstrip("0") or "0" if plain.isdigit() else plain


def invoice_number_normalise(text: str) -> str:
    """An invoice number as one key for ``INV-001``, ``inv 001`` and its full-width twin."""
    # Capitals may be longer (ß is SS); the key has the number's own limit.
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text)).upper()[:64]
