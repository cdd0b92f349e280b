"""Rates, units, account numbers, hashes and large sums as people read them. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.money import MINUS, format_minor
from scf.portals.dates import language_kind

PPM_OF_PERCENT = 10_000
WAN_MINOR = 10_000 * 100
YI_MINOR = 100_000_000 * 100
EN_STEPS = ((10**11, "bn"), (10**8, "m"), (10**5, "k"))


def money(minor: int) -> str:
    """Fen as 1,000,000.00 with a true minus; never brackets, never a currency."""
    return format_minor(minor)


def money_signed(minor: int) -> str:
    """Fen with + or a true minus; zero has no sign."""
    return f"+{format_minor(minor)}" if minor > 0 else format_minor(minor)


def percent(ppm: int, places: int = 2) -> str:
    """Parts per million as a percentage without its sign: 55,000 is 5.50; half up."""
    step = PPM_OF_PERCENT // 10**places
    scaled = (abs(ppm) + step // 2) // step
    whole, part = divmod(scaled, 10**places)
    sign = MINUS if ppm < 0 and scaled else ""
    return f"{sign}{whole:,}.{part:0{places}d}" if places else f"{sign}{whole:,}"


def rate(ppm: int) -> str:
    """Parts per million as 5.50%."""
    return f"{percent(ppm)}%"


def count(value: int) -> str:
    """9,372, with a true minus."""
    return f"{MINUS}{-value:,}" if value < 0 else f"{value:,}"


def units(value: int) -> str:
    """9,372 份 / 9,372 units."""
    return ngettext("%(n)s 份", "%(n)s 份", value) % {"n": count(value)}


def quantity(micro: int) -> str:
    """Millionths of a unit without trailing zeros: 12,500,000,000 is 12,500."""
    whole, part = divmod(abs(micro), 1_000_000)
    tail = f".{part:06d}".rstrip("0").rstrip(".")
    return f"{MINUS if micro < 0 else ''}{whole:,}{tail}"


def unit_price(price_micro: int, *, per: int = 1) -> str:
    """Minor units times a million, per ``per`` pieces, as money with at least two decimals."""
    whole, part = divmod(abs(price_micro), 100_000_000)
    tail = f"{part:08d}".rstrip("0").ljust(2, "0")
    text = f"{MINUS if price_micro < 0 else ''}{whole:,}.{tail}"
    return text if per == 1 else f"{text} / {count(per)}"


def money_compact(minor: int) -> str:
    """Fen for charts and limits only: 386 万, 8.81 亿; 3.86m in English."""
    sign = MINUS if minor < 0 else ""
    size = abs(minor)
    if language_kind() == "en":
        for step, name in EN_STEPS:
            if size >= step:
                return f"{sign}{_three(size, step)}{name}"
        return f"{sign}{size // 100:,}"
    if size >= YI_MINOR:
        return f"{sign}{_three(size, YI_MINOR)} {_('亿')}"
    if size >= WAN_MINOR:
        return f"{sign}{_three(size, WAN_MINOR)} {_('万')}"
    return f"{sign}{size // 100:,}"


def _three(size: int, step: int) -> str:
    """About three figures: 8.81, 38.6, 386; half up."""
    places = 2 if size < 10 * step else 1 if size < 100 * step else 0
    scaled = (size * 10**places + step // 2) // step
    whole, part = divmod(scaled, 10**places)
    return f"{whole:,}.{part:0{places}d}" if places else f"{whole:,}"


def masked(number: str) -> str:
    """···· 4471: all that a page shows of an account number."""
    tail = "".join(number.split())[-4:]
    return f"···· {tail}"


def short_hash(digest: str, head: int = 4, tail: int = 4) -> str:
    """7c1e…a94f: a hash shortened in the middle."""
    return digest if len(digest) <= head + tail + 1 else f"{digest[:head]}…{digest[-tail:]}"
