"""Why documents agree or not, in words: the match's reason codes with their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.portals.figures import money, quantity

WORDS: Mapping[str, str | Promise] = {
    "receipt_missing": gettext_lazy("收货差 %(qty)s 件"),
    "over_receipt": gettext_lazy("比收货多开 %(qty)s 件"),
    "over_order": gettext_lazy("比订单多开 %(qty)s 件"),
    "over_delivery_allowed": gettext_lazy("超交 %(qty)s 件，在订单允许之内"),
    "price_high": gettext_lazy("比订单价多 %(difference)s"),
    "price_low": gettext_lazy("比订单价少 %(difference)s"),
    "price_high_within_tolerance": gettext_lazy("比订单价多 %(difference)s，容差内"),
    "price_low_within_tolerance": gettext_lazy("比订单价少 %(difference)s，容差内"),
    "no_order_reference": gettext_lazy("发票没有写订单号"),
    "order_suggested": gettext_lazy("有一个相近的订单，只作提示"),
    "invoice_reversed": gettext_lazy("发票已冲销"),
    "invoice_duplicate": gettext_lazy("同号发票已有一张"),
    "erp_blocked": gettext_lazy("ERP 中冻结付款"),
    "invoice_incomplete": gettext_lazy("发票不完整"),
    "advance_invoice": gettext_lazy("预开发票，货未到"),
    "partner_differs": gettext_lazy("订单属于另一家供应商"),
    "order_cancelled": gettext_lazy("订单已取消"),
    "currency_differs": gettext_lazy("币种不同：订单 %(order)s，发票 %(invoice)s"),
    "consignment": gettext_lazy("寄售，领用后才确认"),
    "buy_back": gettext_lazy("登记有回购，不是真实出售"),
    "fully_credited": gettext_lazy("已被贷项全额冲抵"),
    "no_quantity": gettext_lazy("发票没有数量"),
    "self_billed": gettext_lazy("买方自开发票"),
    "unit_differs": gettext_lazy("单位不同：%(unit)s 与 %(other)s"),
    "rounding_sum": gettext_lazy("各行尾差合计略大，容差内"),
    "nothing_payable": gettext_lazy("没有应付金额"),
    "credited": gettext_lazy("贷项 %(amount)s"),
    "paid": gettext_lazy("ERP 已付 %(amount)s"),
    "no_lines": gettext_lazy("发票没有明细行"),
    "invoice_withdrawn": gettext_lazy("发票所在的导入已撤销"),
    "invoice_disappeared": gettext_lazy("来源系统中已没有这张发票"),
    "return_line": gettext_lazy("属于退货订单行"),
}
SILENT = frozenset({"order_suggested", "self_billed"})


def reason_text(reason: Mapping[str, str | int]) -> str:
    """One reason as a clause; an unknown code shows itself."""
    sentence = WORDS.get(str(reason.get("code", "")))
    if sentence is None:
        return str(reason.get("code", ""))
    facts = dict(reason)
    facts["qty"] = quantity(int(reason.get("qty_micro", 0)))
    facts["difference"] = money(abs(int(reason.get("difference_minor", 0))))
    facts["amount"] = money(int(reason.get("amount_minor", 0)))
    return str(sentence) % facts


def reasons_text(reasons: Iterable[Mapping[str, str | int]]) -> str:
    """All reasons that matter, without repeats."""
    texts = [reason_text(one) for one in reasons if one.get("code") not in SILENT]
    return _("；").join(dict.fromkeys(texts))


def shortfall_micro(reasons: Iterable[Mapping[str, str | int]]) -> int:
    """The quantity that receipts lack, in millionths; 0 when none does."""
    return sum(int(one["qty_micro"]) for one in reasons if one.get("code") == "receipt_missing")
