"""What the lines of the inbox say: code -> sentence with the facts of the notification."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.access.refusals import facts_told

NOTICES: Mapping[str, str | Promise] = {
    "financing.claim.matched": gettext_lazy(
        "%(invoice)s 等待确权，金额 %(amount_minor)s，%(due_date)s 到期"
    ),
    "financing.claim.confirmed": gettext_lazy("%(invoice)s 已由付款人确权，金额 %(amount_minor)s"),
    "financing.claim.registered": gettext_lazy("%(invoice)s 已登记，可以列入发行"),
    "financing.claim.revoke_asked": gettext_lazy("付款人请求撤销 %(invoice)s 的确权，等贵司答复"),
    "financing.claim.let_go": gettext_lazy("%(invoice)s 的确权已了结，没有出让，指纹和额度已释放"),
    "financing.claim.diluted": gettext_lazy("%(invoice)s 有贷项，应收减少；请看余额与追索"),
    "financing.claim.misdirected": gettext_lazy("%(invoice)s 的货款付给了供应商，须转交托管户"),
    "financing.claim.written_off": gettext_lazy("%(invoice)s 已核销，面额 %(amount_minor)s"),
    "financing.payment.due": gettext_lazy("%(invoice)s 今日到期，应付 %(amount_minor)s"),
    "financing.payment.overdue": gettext_lazy("%(invoice)s 已逾期，未付 %(amount_minor)s"),
    "financing.payment.defaulted": gettext_lazy("%(invoice)s 已违约，未付 %(amount_minor)s"),
    "products.series.listed": gettext_lazy(
        "%(series)s 开始募集，年化 %(rate_ppm)s，共 %(amount_minor)s"
    ),
    "products.series.funded": gettext_lazy("%(series)s 已募满 %(amount_minor)s，可以交割"),
    "products.series.issued": gettext_lazy("%(series)s 已交割，本金 %(amount_minor)s"),
    "products.series.cancelled": gettext_lazy("%(series)s 未成立，冻结的资金已全部退回"),
    "products.series.closed_at_loss": gettext_lazy("%(series)s 亏损了结，不再有回款"),
    "products.series.distributed": gettext_lazy("%(series)s 有一笔回款已分配"),
    "settlement.entry.exception": gettext_lazy(
        "%(name)s 的一笔银行流水 %(amount_minor)s 须人工处理"
    ),
    "settlement.statement.held": gettext_lazy("对账单 %(number)s 待确认，没有入账"),
    "settlement.payout.rejected": gettext_lazy(
        "付给 %(payee)s 的 %(amount_minor)s 被银行退回，等待新的付款指令"
    ),
    "settlement.payout.returned": gettext_lazy(
        "付给 %(payee)s 的 %(amount_minor)s 到账后退汇，等待新的付款指令"
    ),
    "asked.confirm": gettext_lazy("%(supplier)s 请贵司确权 %(invoice)s"),
    "asked.document": gettext_lazy("%(supplier)s 请贵司补齐 %(invoice)s 的单据"),
    "asked.list": gettext_lazy("%(supplier)s 请运营安排 %(invoice)s 的登记与挂牌"),
    "asked.kyb": gettext_lazy("%(supplier)s 请运营更新企业认证（%(invoice)s 等待出让）"),
    "asked.gate": gettext_lazy("%(supplier)s 请风控给出准入结论（%(invoice)s 等待出让）"),
    "network.account.changed": gettext_lazy(
        "贵司的收款账户已变更；如非贵司要求，请立即联系平台运营"
    ),
    "network.party.checked": gettext_lazy("贵司的企业认证已更新"),
    "risk.warning.escalated": gettext_lazy("%(by)s 把 %(name)s 的预警上报给您：%(reason)s"),
    "risk.promise.broken": gettext_lazy(
        "%(debtor)s 没有按承诺付款：%(invoice)s，未付 %(open_minor)s"
    ),
    "network.day_end.finished": gettext_lazy("日终完成，下一个营业日已开始"),
}


def notice_text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for a notification in the active language; an unknown code shows itself."""
    sentence = NOTICES.get(code)
    if sentence is None:
        return _("有一件事需要您看：%(code)s") % {"code": code}
    return str(sentence) % facts_told(facts)
