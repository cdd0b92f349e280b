"""Collection in words: what is owed, why it is not paid, what to do, what was said."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.queries.collections import CollectionRow, CollectionStep, PromiseRow
from scf.portals.axes import AXES
from scf.portals.figures import count, money, percent
from scf.portals.risk_desk.words import Text

KINDS: Mapping[str, Text] = {
    "claim": _l("到期应收款"),
    "recourse": _l("追索"),
    "turnover": _l("转交误付款"),
    "repurchase": _l("回购款"),
}
CHANNELS: Mapping[str, Text] = {
    "phone": _l("电话"),
    "message": _l("即时消息"),
    "email": _l("邮件"),
    "letter": _l("函件"),
    "visit": _l("上门"),
    "meeting": _l("会议"),
}
OUTCOMES: Mapping[str, Text] = {
    "reached": _l("已联系上"),
    "no_answer": _l("未联系上"),
    "promised": _l("承诺付款"),
    "disputes": _l("提出异议"),
    "cannot_pay": _l("称无力支付"),
    "refuses": _l("拒绝支付"),
}
ACTIONS: Mapping[str, Text] = {
    "wait": _l("先不动作"),
    "remind": _l("发提醒"),
    "call": _l("打电话"),
    "settle": _l("先解决争议"),
    "plan": _l("商定分期"),
    "letter": _l("发催收函"),
    "visit": _l("上门拜访"),
}
REASONS: Mapping[str, Text] = {
    "flagged": _l("账上标记有争议"),
    "says_disputes": _l("对方提出异议"),
    "verdict_distress": _l("企业报告为困境"),
    "defaulted": _l("有违约记录"),
    "says_cannot": _l("对方称无力支付"),
    "most_is_late": _l("欠款大半已逾期"),
    "says_refuses": _l("对方拒绝支付"),
    "broke_promises": _l("曾失信"),
    "pays_others": _l("同期在付别家的款"),
    "days_late": _l("还看不出原因"),
}
FACTORS: Mapping[str, Text] = {
    "history": _l("自己的付款历史"),
    "disputed": _l("有争议"),
    "promises_kept": _l("守过的承诺"),
    "promises_broken": _l("失信的承诺"),
    "large": _l("金额远大于惯常"),
    "distress": _l("困境或违约"),
}
STEPS: Mapping[str, Text] = {
    "opened": _l("进入催收"),
    "paid": _l("到账"),
    "cause": _l("原因改判"),
    "promised": _l("承诺付款"),
    "kept": _l("承诺兑现"),
    "broken": _l("承诺落空"),
    "collected": _l("全部收回"),
    "ended": _l("不再欠款"),
}


def chances(row: CollectionRow) -> str:
    """42% / 78% / 91%, rounded down: what is not certain is never shown as 100%."""
    shown = (row.chance_7_ppm, row.chance_30_ppm, row.chance_60_ppm)
    return " / ".join(f"{percent(ppm // 10_000 * 10_000, 0)}%" for ppm in shown)


def promise_words(promise: PromiseRow | None) -> str:
    """50,000.00 · 04-02 前."""
    if promise is None:
        return ""
    return _("%(sum)s · %(day)s 前") % {
        "sum": money(promise.amount_minor),
        "day": promise.by_date.isoformat()[5:],
    }


def reason_words(row: CollectionRow) -> str:
    """What speaks for the cause."""
    return _("、").join(str(REASONS.get(str(code), code)) for code, _value in row.reasons)


def factor_lines(row: CollectionRow) -> list[tuple[Text, str]]:
    """What the chance is made of: each factor with its figure."""
    return [
        (FACTORS.get(code, code), _factor(str(code), int(value), int(multiplier)))
        for code, value, multiplier in row.factors
    ]


def _factor(code: str, value: int, multiplier_ppm: int) -> str:
    if code == "history":
        return _("迟付过 %(n)s 次") % {"n": count(value)}
    return f"× {percent((multiplier_ppm + 50) // 100, 2)}"


def step_words(step: CollectionStep, people: Mapping[str, str]) -> str:
    """The figures of one line of the history."""
    facts, said = step.facts, []
    if step.act in ("promised", "kept", "broken"):
        said.append(money(facts["promised_minor"]))
        said.append(_("%(day)s 前") % {"day": facts["by"]})
    if step.act in ("kept", "broken", "paid", "collected"):
        said.append(_("到账 %(sum)s") % {"sum": money(facts["paid_minor"])})
    if step.act in ("opened", "paid"):
        said.append(_("未付 %(sum)s") % {"sum": money(facts["open_minor"])})
    if step.act == "cause":
        words = AXES["cause"]
        said.append(f"{words[facts['before']].text} → {words[facts['cause']].text}")
    if step.by_ref:
        said.append(people.get(step.by_ref, step.by_ref))
    return " · ".join(said)
