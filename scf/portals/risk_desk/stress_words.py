"""Words of the stress lab: what breaks, and under which assumptions."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.stress.scenario import Scenario

Text = str | Promise

KINDS: Mapping[str, Text] = {
    "base": _l("照常（只看违约概率）"),
    "late_30": _l("全部晚付 30 天"),
    "late_60": _l("全部晚付 60 天"),
    "sector": _l("一个行业下滑"),
    "top_firm": _l("系统性影响最大的企业停产"),
    "logistics": _l("物流中断"),
    "obligor": _l("付款主体违约"),
}


def scenario_words(scenario: Scenario, *, name: str = "") -> str:
    """The scenario in a line: 行业「钢材」下滑 30%."""
    if scenario.kind == "sector":
        share = scenario.fall_ppm // 10_000
        return _("行业「%(sector)s」下滑 %(share)s%%") % {"sector": scenario.sector, "share": share}
    if scenario.kind == "logistics":
        return _("物流中断 %(days)s 天") % {"days": scenario.stop_days}
    if scenario.kind == "obligor":
        return _("%(name)s 违约") % {"name": name or scenario.party_ref}
    return str(KINDS[scenario.kind])


def assumptions(scenario: Scenario) -> list[tuple[str, str]]:
    """What holds in every scenario, label and value, as published with the result."""
    return [
        (_("违约相关性"), f"{scenario.correlation_ppm // 10_000}%"),
        (_("违约后收回"), f"{scenario.recovery_ppm // 10_000}%"),
        (_("收回所需天数"), str(scenario.recovery_days)),
        (_("产出损失转为违约的比例"), f"{scenario.contagion_ppm // 10_000}%"),
        (_("模拟次数"), f"{scenario.draws:,}"),
    ]
