"""Why a proposal was made, and what is wrong with an entry, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.access.refusals import refusals
from scf.portals.figures import money
from scf.settlement.values import Reason, Rule

RULES: Mapping[str, str | Promise] = {
    Rule.STRUCTURED: gettext_lazy("结构化附言"),
    Rule.NUMBER: gettext_lazy("发票号整词"),
    Rule.EXACT: gettext_lazy("备案账号 + 唯一余额"),
    Rule.SUBSET: gettext_lazy("唯一组合"),
    Rule.DEPOSIT: gettext_lazy("投资人入金"),
    Rule.OLDEST: gettext_lazy("先到期先还"),
    Rule.NAME: gettext_lazy("名字相似"),
    Rule.MANUAL: gettext_lazy("人工指定"),
}
KINDS: Mapping[str, str | Promise] = {
    "claim": gettext_lazy("付款主体还款"),
    "recourse": gettext_lazy("供应商追索款"),
    "repurchase": gettext_lazy("供应商回购款"),
    "turnover": gettext_lazy("供应商转交误付款"),
    "deposit": gettext_lazy("投资人入金"),
    "on_account": gettext_lazy("记为预收"),
    "payout": gettext_lazy("付款到账"),
    "return": gettext_lazy("付款退汇"),
    "contra": gettext_lazy("与另一笔流水对冲"),
    "bank_charge": gettext_lazy("银行手续费，由平台承担"),
}


def rule_word(rule: str) -> str:
    """How a match was found; a rule that nobody named shows as it is."""
    return str(RULES.get(rule, rule))


def kind_word(kind: str) -> str:
    """What an allocation went to."""
    return str(KINDS.get(kind, kind))


def reason_text(reason: Reason) -> str:
    """A reason's code with its facts; sums as people read them."""
    shown = [
        money(value) if name.endswith("_minor") and isinstance(value, int) else str(value)
        for name, value in reason.facts
        if name != "party"  # the page names the payer beside its account
    ]
    return f"{_reason_word(reason.code)} {' · '.join(shown)}".strip()


def _reason_word(code: str) -> str:
    words = {
        "number": _("号码整词一致"),
        "payer_account": _("付款账号已备案"),
        "payer_unknown": _("付款账号未备案"),
        "payer_differs": _("付款方不是债务人"),
        "amount_exact": _("金额等于未结"),
        "over": _("多付，余额记预收"),
        "short": _("短付"),
        "short_small": _("短付在容差内，结清"),
        "short_of_several": _("几张合计短付，请指定"),
        "not_unique": _("不唯一，需人工"),
        "sum_unique": _("唯一组合"),
        "investor": _("投资人账户"),
        "payer_owes": _("投资人另有欠款"),
        "oldest_signed": _("已签先到期先还"),
        "oldest_unsigned": _("先到期先还，未签规则"),
        "nothing_open": _("付款方没有未结款"),
        "name_like": _("名字相似"),
        "payout_amount": _("金额等于在途付款"),
        "payee_account": _("收款账号一致"),
        "contra_amount": _("金额相等，方向相反"),
        "fee_covers": _("平台费足以承担"),
    }
    return words.get(code, code)


def hold_word(code: str) -> str:
    """Why a statement waits."""
    words = {
        "unbalanced": _("期初加流水不等于期末"),
        "gap": _("缺前一张对账单"),
    }
    return words.get(code, code)


def exception_word(code: str) -> str:
    """What is wrong with an entry: the bank's line, or the refusal that stopped its match."""
    words = {
        "debit_unknown": _("没有付款指令的扣款"),
        "debit_amount_differs": _("扣款金额与付款指令不符"),
        "debit_uncovered": _("没有付款指令的扣款，未分配款不足，尚未入账"),
        "return_does_not_fit": _("退回的款项与付款不符"),
        "suspense_short": _("未分配款被不明扣款占用"),
    }
    if code.startswith("debit_of_"):
        return _("已有结果的付款又被扣款")
    return words.get(code) or str(refusals().get(code, code))
