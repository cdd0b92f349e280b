"""Units of measure: one name per unit, and exact conversion where physics gives one. Pure.

SAP internal codes, ISO/UN codes and Chinese names meet here. Two units of different
dimensions, or one that is only a package (a box, a drum), do not convert.
"""

from __future__ import annotations

from functools import lru_cache

from ledger.errors import DomainError

# name -> (dimension, numerator, denominator) towards the dimension's base unit
_FACTORS: dict[str, tuple[str, int, int]] = {
    "PCS": ("piece", 1, 1),
    "DZ": ("piece", 12, 1),
    "MPC": ("piece", 1000, 1),
    "MG": ("mass", 1, 1_000_000),
    "G": ("mass", 1, 1000),
    "KG": ("mass", 1, 1),
    "TO": ("mass", 1000, 1),
    "MM": ("length", 1, 1000),
    "CM": ("length", 1, 100),
    "M": ("length", 1, 1),
    "KM": ("length", 1000, 1),
    "ML": ("volume", 1, 1000),
    "L": ("volume", 1, 1),
    "M3": ("volume", 1000, 1),
    "MIN": ("time", 1, 60),
    "H": ("time", 1, 1),
}
_ALIASES: dict[str, str] = {
    **dict.fromkeys(("EA", "PC", "ST", "PCE", "C62", "个", "件", "只", "台", "套", "支"), "PCS"),
    **dict.fromkeys(("打", "DZN"), "DZ"),
    **dict.fromkeys(("千个", "千件", "TH", "MIL"), "MPC"),
    **dict.fromkeys(("克", "GRM"), "G"),
    **dict.fromkeys(("千克", "公斤", "KGM"), "KG"),
    **dict.fromkeys(("吨", "T", "TNE", "TON"), "TO"),
    **dict.fromkeys(("毫米", "MMT"), "MM"),
    **dict.fromkeys(("厘米", "CMT"), "CM"),
    **dict.fromkeys(("米", "MTR"), "M"),
    **dict.fromkeys(("公里", "千米", "KMT"), "KM"),
    **dict.fromkeys(("毫升", "MLT"), "ML"),
    **dict.fromkeys(("升", "LTR"), "L"),
    **dict.fromkeys(("立方米", "MTQ", "CBM"), "M3"),
    **dict.fromkeys(("小时", "STD", "HUR", "HR"), "H"),
    **dict.fromkeys(("分钟",), "MIN"),
}


@lru_cache(maxsize=1024)
def unit_normalise(text: str) -> str:
    """One name per unit: ``EA``, ``ST`` and ``件`` are ``PCS``; an unknown unit is itself."""
    plain = text.strip().upper()
    return _ALIASES.get(plain, plain) or "PCS"


def unit_convert(*, qty_micro: int, unit: str, to: str) -> int:
    """Quantity in another unit, in millionths, rounded down.

    Raises ``trade.unit_unknown`` where the two have no fixed ratio.
    """
    if unit == to:
        return qty_micro
    source, target = unit_normalise(unit), unit_normalise(to)
    if source == target:
        return qty_micro
    left, right = _FACTORS.get(source), _FACTORS.get(target)
    if left is None or right is None or left[0] != right[0]:
        raise DomainError("trade.unit_unknown", unit=unit, other=to)
    return qty_micro * left[1] * right[2] // (left[2] * right[1])
