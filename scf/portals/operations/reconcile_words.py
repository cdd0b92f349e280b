"""Why a proposal was made, and what is wrong with an entry, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
}


def rule_word(rule: str) -> str:
    """How a match was found; a rule that nobody named shows as it is."""
    return str(RULES.get(rule, rule))


def kind_word(kind: str) -> str:
    """What an allocation went to."""
    return str(KINDS.get(kind, kind))


def reason_text(reason: Reason) -> str:
    """A reason's code with its facts; sums as people read them."""
    facts = dict(reason.facts)
    shown = [
        money(value) if name.endswith("_minor") and isinstance(value, int) else str(value)
        for name, value in facts.items()
    ]
    return f"{_reason_word(reason.code)} {' · '.join(shown)}".strip()


def _reason_word(code: str) -> str:
    words = {
        "reference": _("附言列明"),
        "number": _("号码整词一致"),
        "account": _("付款账号已备案"),
        "amount": _("金额等于未结"),
        "party": _("付款方"),
        "subset": _("相加等于该金额"),
        "ambiguous": _("不唯一，需人工"),
        "name": _("名字相似"),
        "short": _("短付"),
        "over": _("多付"),
    }
    return words.get(code, code)
