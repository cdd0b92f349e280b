"""ISO 4217."""

from __future__ import annotations

import pytest

from scf.imports.parsers.currencies import SCALES, currency_normalise


@pytest.mark.parametrize(
    ("text", "code"), [(" cny ", "CNY"), ("RMB", "CNY"), ("人民币", "CNY"), ("XXX", ""), ("¤", "")]
)
def test_codes(text: str, code: str) -> None:
    assert currency_normalise(text) == code


def test_decimals() -> None:
    assert (SCALES["CNY"], SCALES["JPY"], SCALES["KWD"]) == (2, 0, 3)
