"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "products.rule_pack_unknown": _("没有规则包 %(rule_pack)s。没有改动。请联系运营台。"),
    "products.investor_not_eligible": _("本产品只向合格机构投资人开放。没有冻结资金。"),
    "products.holder_cap": _(
        "持有人已达上限 %(cap)s 户（含待定认购和同类产品）。没有冻结资金。请选择其他产品。"
    ),
    "products.tenor_too_long": _(
        "到期日 %(due_date)s 超过确权后 %(months)s 个月的期限上限。没有挂牌。"
    ),
    "products.template_missing": _("还没有设置产品条款（%(kind)s）。请运营台先建立条款模板。"),
    "products.series_unknown": _("没有这期产品，或您无权查看。请从产品列表中选择。"),
    "products.series_exists": _("债权 %(claim)s 已有一期产品。没有重复建立。"),
    "products.term_sheet_frozen": _("%(series)s 的条款书已经固定，不能再改。没有改动。"),
    "products.claim_not_ready": _("债权 %(claim)s 还没有完成确权和登记。没有挂牌。"),
    "products.not_open": _("%(series)s 现在不接受认购。没有冻结资金。请选择其他产品。"),
    "products.units_invalid": _("份数须在 1 和 %(most)s 之间。没有冻结资金。"),
    "products.bid_unknown": _("找不到这笔认购。没有改动。请从持仓页的认购记录里打开。"),
    "products.bid_binding": _(
        "%(series)s 已募满或已结束募集，认购不能再撤回。没有改动。未成立时冻结资金自动退回。"
    ),
    "products.draw_too_large": _(
        "提货超过未提货余额 %(undelivered)s。没有改动。请按未提货余额重新填写。"
    ),
    "products.draw_too_small": _("提货金额须大于零。没有改动。请重新填写。"),
    "products.units_left": _("只剩 %(left)s 份，不够 %(units)s 份。没有冻结资金。请减少份数。"),
    "products.key_conflict": _(
        "这次提交与之前的一次编号相同而内容不同。没有冻结资金。请重新填写。"
    ),
    "products.not_funded": _("%(series)s 还没有募满，不能交割。没有改动。"),
    "products.frozen": _("%(series)s 已冻结。没有改动。请先由两人解冻。"),
    "products.not_frozen": _("%(series)s 没有冻结。没有改动。"),
}
