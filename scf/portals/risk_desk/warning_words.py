"""Warnings in words: signals, their figures, what they are about, and what happened to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.queries.warnings import WarningRow, WarningStep
from scf.portals.axes import AXES
from scf.portals.dates import day
from scf.portals.figures import count, money, percent
from scf.portals.risk_desk.words import SCOPES, Text

SIGNALS: Mapping[str, Text] = {
    "orders_cut": _l("核心企业减单"),
    "payment_slip": _l("付款变慢"),
    "concentration_jump": _l("集中度陡升"),
    "main_buyer_lost": _l("失去主要买方"),
    "new_cycle": _l("新出现的货款环"),
    "receipts_lag": _l("回款落后于发票"),
    "neighbour_default": _l("上下游违约"),
    "limit_use": _l("额度将用尽"),
}
# What the figure is, and from which side it counts.
MEANINGS: Mapping[str, Text] = {
    "orders_cut": _l("核心企业的订单，最近 90 天对基准"),
    "payment_slip": _l("付款天数偏离自己惯常的标准差倍数"),
    "concentration_jump": _l("集中度 HHI 的增加，最近 90 天对基准"),
    "main_buyer_lost": _l("失去的买方在基准期销售中的占比"),
    "new_cycle": _l("环里的企业数"),
    "receipts_lag": _l("最近 90 天到期的发票里已回款的部分"),
    "neighbour_default": _l("违约方在本企业往来中的占比"),
    "limit_use": _l("额度已用部分"),
}
OPERATORS: Mapping[str, str] = {
    "orders_cut": "≤",
    "receipts_lag": "<",
    "limit_use": ">",
}
ACTS: Mapping[str, Text] = {
    "raised": _l("发现"),
    "renewed": _l("再次看到"),
    "worsened": _l("加重"),
    "eased": _l("减轻"),
    "acknowledged": _l("有人在办"),
    "snoozed": _l("暂缓"),
    "woke": _l("暂缓到期"),
    "escalated": _l("上报"),
    "resolved": _l("办结"),
    "expired": _l("信号消失，自动失效"),
}
SIDES: Mapping[str, Text] = {
    "buyers": _l("买方"),
    "suppliers": _l("供方"),
    "buyer": _l("买方"),
    "supplier": _l("供方"),
    "itself": _l("付款集团自身"),
}
ROW_KINDS: Mapping[str, Text] = {
    "order": _l("订单"),
    "despatch": _l("发货"),
    "receipt": _l("收货"),
    "return": _l("退货"),
    "invoice": _l("发票"),
    "credit_note": _l("贷项"),
    "payment": _l("付款"),
    "proceeds": _l("放款"),
    "repayment": _l("还款"),
}


def figure(signal: str, unit: str, value: int) -> str:
    """−63.1%, 2.5 σ, 3 家; a share is without a sign, a change with it."""
    if unit == "deviations":
        return f"{percent((value + 50) // 100, 1)} σ"
    if unit == "count":
        return _("%(n)s 家") % {"n": count(value)}
    sign = "+" if signal == "concentration_jump" and value > 0 else ""
    if signal == "concentration_jump":
        return sign + percent((value + 50) // 100, 2)
    return f"{percent(value, 1)}%"


def threshold(row: WarningRow) -> str:
    """≤ −30.0%."""
    return f"{OPERATORS.get(row.signal, '≥')} {figure(row.signal, row.unit, row.threshold)}"


def detail(row: WarningRow, names: Mapping[str, str]) -> str:
    """What the figure is made of, in one line; `names` are firms by reference."""
    tell = DETAILS.get(row.signal)
    return tell(row.facts, names) if tell else ""


def _orders(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    base = _("上年同期") if facts["base"] == "year_before" else _("前 90 天")
    return _("现 %(now)s，%(base)s %(before)s") % {
        "now": money(facts["now_minor"]),
        "base": base,
        "before": money(facts["base_minor"]),
    }


def _slip(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return _("现 %(now)s 天，惯常 %(usual)s 天") % {
        "now": facts["now_days"],
        "usual": facts["usual_days"],
    }


def _concentration(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return _("%(side)s HHI 由 %(before)s 到 %(now)s") % {
        "side": SIDES[facts["side"]],
        "before": percent((facts["base_ppm"] + 50) // 100, 2),
        "now": percent((facts["now_ppm"] + 50) // 100, 2),
    }


def _buyer(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return _("%(partner)s 由 %(before)s 到 %(now)s") % {
        "partner": facts["partner"],
        "before": money(facts["base_minor"]),
        "now": money(facts["now_minor"]),
    }


def _ring(facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return " → ".join(names.get(ref, ref) for ref in str(facts["ring"]).split(">"))


def _receipts(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return _("到期 %(due)s，已回 %(paid)s") % {
        "due": money(facts["due_minor"]),
        "paid": money(facts["paid_minor"]),
    }


def _neighbour(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    if facts["side"] == "itself":
        return _("%(day)s 起违约") % {"day": facts["defaulted"]}
    return _("%(side)s %(partner)s %(day)s 起违约") % {
        "side": SIDES[facts["side"]],
        "partner": facts["partner"],
        "day": facts["defaulted"],
    }


def _limit(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return _("%(scope)s：已用 %(used)s，共 %(total)s") % {
        "scope": SCOPES[facts["scope"]],
        "used": money(facts["used_minor"]),
        "total": money(facts["total_minor"]),
    }


DETAILS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "orders_cut": _orders,
    "payment_slip": _slip,
    "concentration_jump": _concentration,
    "main_buyer_lost": _buyer,
    "new_cycle": _ring,
    "receipts_lag": _receipts,
    "neighbour_default": _neighbour,
    "limit_use": _limit,
}


def step_detail(row: WarningRow, step: WarningStep, people: Mapping[str, str]) -> str:
    """Who, what and why of one line of the history."""
    facts, said = step.facts, []
    if step.act in ("raised", "renewed", "worsened", "eased"):
        said.append(figure(row.signal, row.unit, facts["value"]))
        said.append(str(AXES["severity"][facts["severity"]].text))
    if step.act == "snoozed":
        said.append(_("到 %(day)s") % {"day": facts["until"]})
    if step.act == "escalated":
        said.append(_("给 %(name)s") % {"name": people.get(facts["to"], facts["to"])})
    if step.by_ref:
        said.append(people.get(step.by_ref, step.by_ref))
    return " · ".join([*said, step.note] if step.note else said)


def until_words(row: WarningRow) -> str:
    """A snoozed one says until when."""
    return (
        _("暂缓到 %(day)s") % {"day": day(row.snoozed_until_date)} if row.snoozed_until_date else ""
    )
