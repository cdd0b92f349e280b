import pytest

from risk.policy import WarningPolicy
from risk.warning.limit_use import LimitUse, limit_use
from risk.warning.values import PPM_MOST


def limit(total: int, used: int, subject: str = "party:2>party:1") -> LimitUse:
    return LimitUse(7, "pair", subject, "CNY", total, used)


@pytest.mark.parametrize(
    ("used", "severities"),
    [(0, []), (900, []), (901, ["warn"]), (999, ["warn"]), (1_000, ["high"]), (1_300, ["high"])],
)
def test_above_ninety_percent(used: int, severities: list[str]) -> None:
    signs = limit_use([limit(1_000, used)], policy=WarningPolicy())
    assert [str(sign.severity) for sign in signs] == severities


def test_a_pair_s_limit_is_about_the_seller() -> None:
    (sign,) = limit_use([limit(1_000, 950)], policy=WarningPolicy())
    assert (sign.party_ref, sign.value, sign.threshold) == ("party:2", 950_000, 900_000)
    assert sign.subject == "pair:party:2>party:1:CNY"
    assert sign.valid_days == 7


def test_a_limit_lowered_to_nothing_is_past_any_share() -> None:
    (sign,) = limit_use([limit(0, 1)], policy=WarningPolicy())
    assert (sign.value, sign.severity) == (PPM_MOST, "high")
