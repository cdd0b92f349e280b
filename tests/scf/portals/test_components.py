"""Values of the components say the right words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from scf.portals import components as parts

AT = datetime(2026, 3, 18, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "when", "text"),
    [
        ("done", AT, "03-18 16:30"),
        ("future", date(2026, 6, 16), "预计 06-16"),
        ("late", date(2026, 3, 17), "应于 03-17"),
        ("now", "今日 18:00 前", "今日 18:00 前"),
        ("now", None, ""),
    ],
)
def test_steps_say_when(state: parts.StepState, when: date | str | None, text: str) -> None:
    with translation.override("zh-hans"):
        assert parts.Step("到账", state, when).when_text() == text


def test_the_reader_finds_the_own_seat_in_the_four_eyes_strip() -> None:
    with translation.override("zh-hans"):
        maker, checker, rule = parts.four_eyes(
            maker="沈越", made_at=AT, reader="沈越", checker="周衡 或 苏澜", rule="5 万以上须双人", reader_is_maker=True
        )  # fmt: skip
        assert (maker.who, maker.here, maker.label) == ("沈越（您）", True, "经办 16:30")
        assert (checker.who, checker.here) == ("周衡 或 苏澜", False)
        assert rule.who == "5 万以上须双人"
        _maker, checker, _rule = parts.four_eyes(
            maker="沈越", made_at=AT, reader="周衡", checker="", rule="", reader_is_maker=False
        )
        assert (checker.who, checker.here) == ("周衡（您）", True)


def test_sums_become_figures_lines_and_legs() -> None:
    assert parts.figure_money("未到期", 529_980_000).value == "5,299,800.00"
    assert parts.receipt_line("尾款", 5_009_003, signed=True).amount == "+50,090.03"
    assert parts.leg_money("a", "b", 138_654).amount == "1,386.54"
    assert parts.balance_change("未分配", 0, -1).after == "−0.01"


def test_progress_rounds_the_time_left_up_and_knows_when_it_cannot_know() -> None:
    assert parts.Progress("核对", 28_410, 42_186, rate=9_200).left_seconds == 2
    assert parts.Progress("核对", 28_410, None, rate=9_200).left_seconds is None
    assert parts.Progress("核对", 28_410, 42_186).left_seconds is None


def test_wizard_steps_before_the_current_one_are_done() -> None:
    steps = parts.wizard_steps(["上传", "识别", "检查"], at=1, notes=["a.csv"])
    assert [(one.state, one.note) for one in steps] == [("done", "a.csv"), ("on", ""), ("todo", "")]


def test_a_t_account_pads_its_shorter_side() -> None:
    account = parts.TAccount("应付", "CNY", "payable", credits=(("交割", "1.00", True), ("划出", "2.00", False)))  # fmt: skip
    assert [left for left, _right in account.pairs()] == [None, None]
