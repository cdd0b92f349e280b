"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "financing.terms_invalid": _("条款 %(term)s 的取值不成立。没有保存。请改正后重试。"),
    "financing.not_priceable": _(
        "这笔应收款已到期或金额太小，不足一份，无法报价。没有改动。请选择其他应收款。"
    ),
    "financing.quote_unknown": _("没有这份报价，或不属于贵司。请从报价列表中选择。"),
    "financing.quote_not_open": _("这份报价已不在有效状态。没有改动。请重新取得报价。"),
    "financing.quote_stale": _(
        "报价 %(quote)s 只在当天有效，或单据在报价后有变化。没有提交。请重新取得报价。"
    ),
    "financing.quote_taken": _("报价 %(quote)s 已经提交过。没有再次提交。请到出让记录查看进度。"),
    "financing.consent_missing": _("请先阅读并勾选转让条款。没有提交。"),
    "financing.claim_unknown": _("没有这笔债权，或不属于您的席位。请从列表中选择。"),
    "financing.fingerprint_taken": _(
        "发票 %(invoice)s 已在另一笔出让中，不能再次出让。没有提交。请查看出让记录。"
    ),
    "financing.kyb_invalid": _(
        "%(party)s 的企业认证未通过或已过期。没有改动。请先在公司资料中更新认证。"
    ),
    "financing.currency_foreign": _("目前只能出让人民币应收款（这笔是 %(currency)s）。没有改动。"),
    "financing.not_ready": _(
        "应收款 %(invoice)s 暂不能出让（%(missing)s）。没有改动。请先补齐缺少的条件。"
    ),
    "financing.not_withdrawable": _(
        "%(claim)s 已由核心企业确权，不能单方撤回。没有改动。请联系运营台。"
    ),
    "financing.not_confirmable": _("%(claim)s 现在不能确权。没有签署。请刷新列表查看最新状态。"),
    "financing.reauthentication_needed": _("签署前请再次输入密码。没有签署。"),
    "financing.reason_missing": _("请写明原因。没有改动。"),
    "financing.key_missing": _("付款主体还没有签署密钥。没有签署。请联系运营台开通。"),
    "financing.key_unusable": _("签署密钥无法解开。没有签署。请联系运营台检查密钥配置。"),
    "financing.not_revocable": _(
        "%(claim)s 没有确权，或已在募集、已出让，不能撤销确权。没有改动。募集中的产品请由运营取消。"
    ),
    "financing.revoke_waiting": _("%(claim)s 的撤销请求正在等供应商答复。没有再次发送。"),
    "financing.revoke_unasked": _("付款主体没有请求撤销 %(claim)s 的确权。没有改动。请刷新页面。"),
    "financing.not_written_off": _(
        "%(claim)s 不在已核销、有减值且未冻结的状态，不能亏损了结。没有过账。请先完成核销。"
    ),
    "financing.recovery_waiting": _(
        "%(claim)s 还有收回的款没有分配。没有过账。请先完成分配，再亏损了结。"
    ),
    "financing.nobody_to_ask": _(
        "%(invoice)s 现在轮到贵司自己，没有提醒任何人。请看页面上的下一步。"
    ),
    "financing.registry_found": _(
        "登记查询发现 %(claim)s 与 %(against)s 冲突。没有登记。请运营核查后再试。"
    ),
    "financing.claim_not_payable": _("%(claim)s 现在不能入账。没有过账。请核对债权状态。"),
    "financing.claim_overpaid": _(
        "金额超过 %(claim)s 的未结余额。没有过账。请把多出的部分记为预收。"
    ),
    "financing.not_disputed": _("%(claim)s 没有未决的争议。没有改动。请刷新页面。"),
    "financing.nothing_open": _("%(claim)s 没有未结余额。没有核销。"),
}
