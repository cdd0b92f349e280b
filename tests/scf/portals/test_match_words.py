"""The match's reasons in words."""

import re
from pathlib import Path

from scf.portals.match_words import WORDS, reason_text, reasons_text, shortfall_micro

ROOT = Path(__file__).parents[3]


def test_a_shortfall_says_how_many_pieces() -> None:
    reasons: list[dict[str, str | int]] = [
        {"line": "1", "code": "receipt_missing", "qty_micro": 120_000_000}
    ]
    assert reasons_text(reasons) == "收货差 120 件"
    assert shortfall_micro(reasons) == 120_000_000


def test_a_price_difference_says_how_much() -> None:
    assert reason_text({"code": "price_high", "difference_minor": 125_00}) == "比订单价多 125.00"


def test_repeats_and_side_remarks_are_left_out() -> None:
    reasons = [{"code": "no_order_reference"}, {"code": "order_suggested"}] * 2
    assert reasons_text(reasons) == "发票没有写订单号"


def test_every_reason_of_the_match_has_words() -> None:
    source = "".join(
        (ROOT / "scf" / "trade" / name).read_text("utf-8")
        for name in ("matching.py", "receivable_value.py", "price_check.py")
    )
    codes = set(re.findall(r'"code": "([a-z_]+)"', source))
    codes |= set(re.findall(r'code = "([a-z_]+)"', source))
    assert codes
    assert codes <= set(WORDS)
