"""One cell to one value: keys, dates, amounts, prices, quantities. Pure.

Each function raises ``CellError`` with the code of the issue; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from ledger.errors import DomainError
from ledger.money import parse_minor
from ledger.quantity import parse_micro
from scf.imports.plan import Fact
from scf.trade.numbering import key_normalise

YEAR_MIN, YEAR_MAX = 1990, 2099
KEY_MAX = 64
# 1,000,000,000,000.00: no single document of this trade is larger.
AMOUNT_MAX_MINOR = 10**14
QTY_MAX_MICRO = 10**17
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]([+-]?\d+)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,2}")
_FORMULA = re.compile(r"[=@\t\r]|[+\-][A-Za-z(]")
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_FALSE = frozenset({"", "0", "n", "no", "false", "否"})
_TRUE = frozenset({"1", "x", "y", "yes", "true", "是"})


class CellError(Exception):
    """A cell that cannot be read; ``code`` is the issue's."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class DateOrder(StrEnum):
    """How a column writes dates that are not year first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNKNOWN = "unknown"


def is_formula(text: str) -> bool:
    """The cell begins as a spreadsheet formula would; a number with a sign does not."""
    return _FORMULA.match(text) is not None


def key_parse(text: str, limit: int = KEY_MAX) -> str:
    """A document key, normalised; refuses formulas, lost digits (``5.1E+13``), over-long text."""
    if text.isalnum() and text.isascii() and len(text) <= limit:
        return text
    plain = key_normalise(text)
    if is_formula(plain):
        raise CellError("formula_cell")
    if _EXPONENT.fullmatch(plain):
        raise CellError("key_precision_lost")
    if len(plain) > limit:
        raise CellError("key_too_long", limit=limit)
    return plain


def _fixed(text: str, places: int) -> int | None:
    """The common case at once: plain digits with at most ``places`` decimals, scaled to a whole."""
    whole, dot, part = text.partition(".")
    if not (whole.isdigit() and text.isascii()) or len(whole) > 12:
        return None
    if not dot:
        return int(whole + "0" * places)
    if not part.isdigit() or len(part) > places:
        return None
    return int(whole + part.ljust(places, "0"))


def _number_plain(text: str) -> str:
    """A decimal number in plain notation: signs and thousands separators of ERP lists read."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = plain.strip()
    if _PLAIN.fullmatch(plain):
        return plain
    sign = ""
    if plain[-1:] == "-" and plain[:1] not in "+-":
        sign, plain = "-", plain[:-1].strip()
    elif plain[:1] in ("-", "\N{MINUS SIGN}", "+"):
        sign, plain = ("" if plain[0] == "+" else "-"), plain[1:].strip()
    plain = plain.removeprefix("¥").removeprefix("￥").replace("\u00a0", "").replace(" ", "")
    if _GROUPED.fullmatch(plain):
        return sign + plain.replace(",", "")
    if _EUROPEAN.fullmatch(plain):
        return sign + plain.replace(".", "").replace(",", ".")
    if _EXPONENT.fullmatch(plain):
        raise CellError("number_precision_lost") if plain.strip("0.eE+") else _Zero()
    if not re.fullmatch(r"\d+(?:\.\d*)?|\.\d+", plain):
        raise CellError("formula_cell" if is_formula(text) else "number_invalid")
    return sign + plain


def _sane(text: str, absurd: str) -> str:
    """The number in plain notation; refused where it has more digits than anything real."""
    plain = _number_plain(text)
    if len(plain.partition(".")[0].lstrip("-0")) > 13:
        raise CellError(absurd)
    return plain


class _Zero(Exception):
    """``0.00E+00`` is exactly nothing."""


def amount_parse(text: str, scale: int = 2) -> int:
    """Minor units of a currency with ``scale`` decimals; more decimals must be zeros."""
    try:
        fast = _fixed(text, scale)
        minor = parse_minor(_sane(text, "amount_absurd"), scale) if fast is None else fast
    except _Zero:
        return 0
    except DomainError:
        raise CellError("amount_precision", scale=scale) from None
    if abs(minor) > AMOUNT_MAX_MINOR:
        raise CellError("amount_absurd")
    return minor


def quantity_parse(text: str) -> int:
    """Millionths; negative quantities are refused."""
    micro = _micro(text, "quantity_invalid")
    if micro < 0:
        raise CellError("quantity_negative")
    if micro > QTY_MAX_MICRO:
        raise CellError("quantity_absurd")
    return micro


def price_parse(text: str, scale: int = 2) -> int:
    """Millionths of a minor unit; at most 8 decimals for a currency with two."""
    micro = _micro(text, "price_invalid", shift=scale)
    if micro < 0:
        raise CellError("price_negative")
    if micro > AMOUNT_MAX_MINOR * 1_000:
        raise CellError("amount_absurd")
    return micro


def ratio_parse(text: str) -> int:
    """Parts per million from a percentage: ``13`` or ``13%`` is 130,000."""
    micro = _micro(text.strip().removesuffix("%"), "number_invalid")
    if not 0 <= micro <= 1_000 * 1_000_000:
        raise CellError("number_invalid")
    return micro // 100


def integer_parse(text: str, *, low: int = 0, high: int = 1_000_000_000) -> int:
    """A whole number within bounds."""
    micro = _micro(text, "number_invalid")
    if micro % 1_000_000 or not low <= micro // 1_000_000 <= high:
        raise CellError("number_invalid")
    return micro // 1_000_000


def flag_parse(text: str) -> bool:
    """Yes or no in the ways ERPs write it."""
    plain = text.strip().lower()
    if plain in _FALSE:
        return False
    if plain in _TRUE:
        return True
    raise CellError("flag_invalid")


def date_parse(text: str, order: DateOrder = DateOrder.UNKNOWN) -> date | None:
    """A date, or None for SAP's empty ones (``00000000``, ``00/00/0000``).

    ``order`` decides what is not written year first; unknown order is not guessed.
    """
    found: date | None
    if len(text) == 10 and text[4] == "-" and text.isascii():
        found = _date(text[:4], text[5:7], text[8:])
    else:
        found = _date_other(unicodedata.normalize("NFKC", text).strip(), order)
    if found is not None and not YEAR_MIN <= found.year <= YEAR_MAX:
        raise CellError("date_century", year=found.year)
    return found


def date_order(texts: Iterable[str]) -> DateOrder:
    """What a column's dates say about their own order; unknown when nothing decides it."""
    day_first = month_first = False
    for text in texts:
        match = _SLASHED.fullmatch(text.strip())
        if match is None or len(match[1]) > 2:
            continue
        if "." in text[: len(match[1]) + 1] or int(match[1]) > 12:
            day_first = True
        elif int(match[2]) > 12:
            month_first = True
    if day_first == month_first:
        return DateOrder.UNKNOWN
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST


def _micro(text: str, code: str, shift: int = 0) -> int:
    fast = _fixed(text, 6 + shift)
    if fast is not None:
        return fast
    try:
        plain = _sane(text, "quantity_absurd" if code == "quantity_invalid" else "amount_absurd")
        return parse_micro(plain if shift == 0 else _shifted(plain, shift))
    except _Zero:
        return 0
    except DomainError:
        raise CellError(code) from None
    except CellError as error:
        raise CellError(code if error.code == "number_invalid" else error.code) from None


def _shifted(plain: str, places: int) -> str:
    whole, _, part = plain.partition(".")
    part = part.ljust(places, "0")
    return f"{whole}{part[:places]}.{part[places:] or '0'}"


def _date_other(text: str, order: DateOrder) -> date | None:
    digits = re.sub(r"[\s/.\-:]", "", text)
    if not digits.strip("0"):
        return None
    if text.isdigit() and len(text) == 8:
        return _date(text[:4], text[4:6], text[6:])
    match = _CHINESE.fullmatch(text)
    if match:
        return _date(*match.groups())
    match = _SLASHED.fullmatch(text)
    if match is None:
        raise CellError("formula_cell" if is_formula(text) else "date_invalid")
    first, second, third = match.groups()
    if len(first) == 4:
        return _date(first, second, third)
    if int(first) > 12 or "." in text[: len(first) + 1]:
        order = DateOrder.DAY_FIRST
    elif int(second) > 12:
        order = DateOrder.MONTH_FIRST
    if order is DateOrder.UNKNOWN and first.lstrip("0") != second.lstrip("0"):
        raise CellError("date_ambiguous")
    day, month = (second, first) if order is DateOrder.MONTH_FIRST else (first, second)
    return _date(third, month, day)


def _date(year: str, month: str, day: str) -> date:
    try:
        number = int(year)
        if len(year) <= 2:
            number += 2000 if number < 70 else 1900
        return date(number, int(month), int(day))
    except ValueError:
        raise CellError("date_invalid") from None
