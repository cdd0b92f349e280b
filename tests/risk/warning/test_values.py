from dataclasses import replace

from risk.findings import Severity
from risk.warning.values import Sign, Signal, graver, severity_of, signs_sorted

SIGN = Sign("b", Signal.ORDERS_CUT, Severity.WARN, "ppm", -400_000, -300_000, 30)


def test_each_key_once_the_graver_kept_in_one_order() -> None:
    high = replace(SIGN, severity=Severity.HIGH)
    first = replace(SIGN, party_ref="a")
    for told in ([SIGN, high, first], [first, high, SIGN]):
        assert signs_sorted(told) == (first, high)


def test_severities_have_an_order() -> None:
    assert graver("high", "warn")
    assert graver("warn", "info")
    assert not graver("warn", "warn")
    assert (severity_of(True), severity_of(False)) == ("high", "warn")
