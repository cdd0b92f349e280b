"""The risk desk's words: tests with their figures, measures, breaks, findings, scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from scf.network.queries import parties_get, user_names
from scf.network.values import ref_id
from scf.portals.figures import count, money, percent

Text = str | Promise

TESTS: Mapping[str, Text] = {
    "history": _l("交易历史"),
    "reconciled": _l("三流核对率"),
    "orders_growth": _l("订单增长"),
    "shipment_gap": _l("发货与订单之差"),
    "purchases_growth": _l("采购投入增长"),
    "dpo_rise": _l("应付天数增加"),
    "overdue": _l("逾期占比"),
    "request_need": _l("申请额 ÷ 需求"),
    "orders_fall": _l("订单下滑"),
    "dpo_jump": _l("应付天数陡增"),
    "overdue_payables": _l("逾期应付增加"),
    "dso_jump": _l("应收周转变慢"),
    "fill_rate": _l("满足率过低"),
    "returns": _l("退货倍数"),
    "suppliers_lost": _l("供应商流失"),
    "prepay_rise": _l("预付占比上升"),
    "request_excess": _l("申请额超出需求"),
    "refinanced": _l("以新还旧"),
    "distressed_customers": _l("困境客户占销售"),
}
# What is a change from the base window: shown with its sign.
CHANGES = frozenset(
    {
        "orders_growth",
        "orders_fall",
        "purchases_growth",
        "dpo_rise",
        "dpo_jump",
        "dso_jump",
        "overdue_payables",
        "prepay_rise",
    }
)
MULTIPLES = frozenset({"request_need", "request_excess", "returns"})
OPERATORS: Mapping[str, str] = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}

VERDICTS: Mapping[str, Text] = {
    "EXPANSION": _l("订单、发货和采购一起增长，账款没有变慢。"),
    "STEADY": _l("没有扩张到全部条件，也没有足够的困境迹象。"),
    "OVERTRADING": _l("订单在增长，但钱转得更慢，自有资金跟不上。"),
    "DISTRESS": _l("困境迹象达到两项或以上。"),
    "ABSTAIN": _l("历史或核对不足，机器不作判断，交由人工。"),
}
GATES: Mapping[str, Text] = {
    "passed": _l("可以出让应收款。"),
    "named_only": _l("只做具名发票，不给循环额度。"),
    "overridden": _l("由两人越权放行，到期自动失效。"),
    "failed": _l("不能出让；可由两人越权放行。"),
    "referred": _l("须由人作出决定，之前不能出让。"),
    "missing": _l("没有在有效期内的决定，不能出让。"),
}
GRANTS: Mapping[str, Text] = {
    "named_only": _l("只放具名发票"),
    "full": _l("全部放行"),
}

MEASURES: Mapping[str, Text] = {
    "anchor_share": _l("对核心企业的销售占比"),
    "buyer_hhi": _l("买方集中度 HHI"),
    "supplier_hhi": _l("供方集中度 HHI"),
    "dependency": _l("对最大买方的依赖"),
    "bargaining_gap": _l("议价差"),
    "hops_to_anchor": _l("到核心企业的层数"),
    "hops_from_anchor": _l("自核心企业的层数"),
    "trophic_level": _l("营养级高度"),
    "pagerank": _l("PageRank（同业均值 = 1）"),
    "k_core": _l("k 核"),
    "upstreamness": _l("上游度"),
    "betweenness": _l("中介度"),
    "esri_down": _l("ESRI 向下游损失"),
    "esri_up": _l("ESRI 向上游损失"),
    "esri": _l("ESRI 系统性损失"),
    "debtrank": _l("DebtRank 违约波及"),
}
# Shares of the whole chain: most are below one percent.
SMALL: frozenset[str] = frozenset({"betweenness", "esri_down", "esri_up", "esri", "debtrank"})
BOW_TIES: Mapping[str, Text] = {
    "core": _l("循环核心内"),
    "in": _l("核心上游"),
    "out": _l("核心下游"),
    "other": _l("核心之外"),
}

BREAKS: Mapping[str, Text] = {
    "no_order": _l("没有订单"),
    "party_differs": _l("单据双方不符"),
    "item_differs": _l("货物不符"),
    "price_differs": _l("价格不符"),
    "not_received": _l("没有收货"),
    "quantity_differs": _l("数量不符"),
    "invoice_before_receipt": _l("发票先于收货"),
    "paid_before_receipt": _l("付款先于收货"),
    "overpaid": _l("付款多于发票"),
}
# The side of a break that does not agree with the others: its cell is red.
SIDES: Mapping[str, str] = {
    "no_order": "order",
    "party_differs": "order",
    "item_differs": "order",
    "not_received": "receipt",
    "paid_before_receipt": "payment",
    "overpaid": "payment",
}

FINDINGS: Mapping[str, Text] = {
    **BREAKS,
    "ring": _l("货款成环"),
    "search_stopped": _l("环路搜索到步数上限"),
    "number_altered": _l("发票号码改动后重复"),
    "goods_invoiced_twice": _l("同一批货开了两次票"),
    "financed_above_face": _l("融资合计超过票面"),
    "returned": _l("融资款绕回本企业或关联方"),
    "to_related": _l("融资款直接转给关联方"),
    "trace_stopped": _l("资金追踪到步数上限"),
    "no_carrier": _l("有收货、没有承运发货"),
    "not_delivered": _l("有收货、承运从未送达"),
    "receipt_before_despatch": _l("收货早于发货"),
    "despatch_reused": _l("同一发货单重复使用"),
    "receipts_lag": _l("收货越来越落后于开票"),
    "spike": _l("开票量突增"),
    "spike_before_request": _l("申请前开票量突增"),
    "tenor_longer": _l("账期拉长"),
    "invoice_to_itself": _l("给自己开票"),
    "trade_in_own_group": _l("集团内部交易"),
    "trade_with_own_owner": _l("与同一负责人的企业交易"),
    "amount_not_positive": _l("金额不为正的行"),
}

SCOPES: Mapping[str, Text] = {
    "party": pgettext_lazy("额度", "企业"),
    "pair": pgettext_lazy("额度", "企业对付款人"),
    "group": pgettext_lazy("额度", "付款集团"),
}
CHANGE_STATES: Mapping[str, Text] = {
    "pending": _l("待复核"),
    "approved": _l("已生效"),
    "declined": _l("已退回"),
}
FIRM_ROLES: Mapping[str, Text] = {
    "anchor": _l("核心企业"),
    "obligor": _l("付款主体"),
    "supplier": _l("供应商"),
    "distributor": _l("经销商"),
}
LAYERS: Mapping[str, Text] = {
    "goods": pgettext_lazy("关系", "货物"),
    "invoice": pgettext_lazy("关系", "发票"),
    "cash": pgettext_lazy("关系", "资金"),
}
SIDE_WORDS: Mapping[str, Text] = {
    "supplier": pgettext_lazy("关系", "供方"),
    "buyer": pgettext_lazy("关系", "买方"),
}
FLOW_KINDS: Mapping[str, Text] = {
    "order": _l("订单"),
    "despatch": _l("发货"),
    "receipt": _l("收货"),
    "return": _l("退货"),
    "invoice": _l("发票"),
    "credit_note": _l("红字发票"),
    "payment": _l("回款"),
    "proceeds": _l("融资到账"),
    "repayment": _l("归还融资"),
}


def figure_text(code: str, unit: str, value: int | None) -> str:
    """A figure of a test as people read it: +31.4%, +24 天, 1.12 ×, or — where it is unknown."""
    if value is None:
        return "—"
    sign = "+" if code in CHANGES and value > 0 else ""
    if unit == "days":
        number = f"{sign}{count(value)}"
        return _("%(n)s 天") % {"n": number}
    if unit == "minor":
        return money(value)
    if code in MULTIPLES:
        return f"{percent((value + 50) // 100, 2)} ×"
    return f"{sign}{percent(value, 1)}%"


def threshold_text(code: str, unit: str, operator: str, threshold: int) -> str:
    """≥ +10.0%."""
    return f"{OPERATORS[operator]} {figure_text(code, unit, threshold)}"


def measure_text(code: str, unit: str, value: int | None) -> str:
    """68.2% for shares, 0.51 for indices, whole numbers for counts."""
    if value is None:
        return "—"
    if unit == "count":
        return count(value)
    if code in ("anchor_share", "dependency"):
        return f"{percent(value, 1)}%"
    if code in SMALL:
        shown = (value + 50) // 100
        return f"{shown // 10_000}.{shown % 10_000:04d}"
    return percent((value + 50) // 100, 2)


def finding_word(code: str) -> Text:
    """A finding in words; dropped rows are named by their reason, others show as they are."""
    return FINDINGS.get(code, _("数据质量提示") if code.startswith("rows_") else code)


def user_words(refs: Iterable[str]) -> dict[str, str]:
    """``user:8`` -> display name, "" -> the machine; for many in one query."""
    ids = {ref: ref_id(ref) for ref in set(refs) if ref.startswith("user:")}
    names = user_names(user_ids=ids.values())
    return {"": _("系统")} | {ref: names.get(number, ref) for ref, number in ids.items()}


def user_number(ref: str) -> int | None:
    """The user behind ``user:8``; None where the machine or a set-up acted."""
    return ref_id(ref) if ref.startswith("user:") else None


def subject_words(refs: Iterable[str]) -> dict[str, str]:
    """What limits are about: a firm's name, seller → obligor, or a group; in one query."""
    wanted = set(refs)
    parts = {part for ref in wanted for part in ref.split(">") if part.startswith("party:")}
    known = parties_get(party_ids=[ref_id(part) for part in parts])
    names = {part: known[ref_id(part)].name for part in parts if ref_id(part) in known}
    return {ref: _subject(ref, names) for ref in wanted}


def _subject(ref: str, names: Mapping[str, str]) -> str:
    if ref.startswith("group:"):
        return _("%(group)s集团（合并）") % {"group": ref.removeprefix("group:")}
    return " → ".join(names.get(part, part) for part in ref.split(">"))
