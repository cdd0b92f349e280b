"""敞口与额度: the group in words, floating parts apart."""

from django.utils.translation import override

from risk.queries.limits import LimitRow
from scf.portals.risk_desk.exposure import floating_lines, group_note

NAMES = {"party:2": "北屿线束", "group:沧澜": "沧澜集团（合并）"}


def limit(scope: str, subject: str, base: int, floating: int, used: int) -> LimitRow:
    size = base + floating
    return LimitRow(1, scope, subject, "CNY", base, floating, 0, used, used, size - used)


GROUP = limit("group", "group:沧澜", 100_000, 0, 88_100)


def test_the_group_stands_first_in_words() -> None:
    with override("zh-hans"):
        assert "沧澜集团（合并）已占用 88.1%" in group_note([GROUP], NAMES, asked=0)
        assert "88.1% → 88.5%" in group_note([GROUP], NAMES, asked=400)
        assert "付款集团还没有额度" in group_note([], NAMES, asked=400)


def test_the_floating_part_is_told_apart() -> None:
    firm = limit("party", "party:2", 50_000, 10_000, 0)
    with override("zh-hans"):
        ((label, text),) = floating_lines([firm, GROUP], NAMES)
    assert label == "浮动额度 · 北屿线束"
    assert text == "600.00（基准 500.00，浮动 +100.00）"
