"""Journal kinds in words, as the business rooms name them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "claim.confirmed": gettext_lazy("确权"),
    "series.frozen_terms": gettext_lazy("条款书固定"),
    "subscription.held": gettext_lazy("认购冻结"),
    "subscription.withdrawn": gettext_lazy("撤回认购"),
    "series.closed": gettext_lazy("交割"),
    "series.cancelled": gettext_lazy("募集取消"),
    "series.accrued": gettext_lazy("计提收益"),
    "series.distributed": gettext_lazy("分配"),
    "claim.collected": gettext_lazy("收款"),
    "claim.recovered": gettext_lazy("核销后收回"),
    "recourse.collected": gettext_lazy("追索款"),
    "claim.credit_note": gettext_lazy("贷项"),
    "claim.repurchase_offset": gettext_lazy("以未付款抵回购"),
    "claim.repurchase_paid": gettext_lazy("回购款"),
    "claim.repurchased": gettext_lazy("债权退回"),
    "claim.written_off": gettext_lazy("核销"),
    "claim.let_go": gettext_lazy("确权了结（未出让）"),
    "series.closed_at_loss": gettext_lazy("亏损了结"),
    "accrual.reversed": gettext_lazy("冲回计提"),
    "bank.receipt": gettext_lazy("银行收款"),
    "bank.unexplained": gettext_lazy("无指令扣款"),
    "bank.charge": gettext_lazy("银行手续费"),
    "deposit.booked": gettext_lazy("投资人入金"),
    "on_account.booked": gettext_lazy("记为预收"),
    "on_account.refunded": gettext_lazy("退回预收"),
    "payout.sent": gettext_lazy("付款报送"),
    "payout.confirmed": gettext_lazy("付款到账"),
    "payout.rejected": gettext_lazy("付款被银行退回"),
    "payout.returned": gettext_lazy("付款到账后退汇"),
    "withdrawal.requested": gettext_lazy("提现预留"),
    "withdrawal.cancelled": gettext_lazy("提现取消"),
}
_UNDONE = ".undone"


def kind_word(kind: str) -> str:
    """A journal's kind in words; one that nobody named shows as it is."""
    if kind.endswith(_UNDONE):
        return _("撤销：%(kind)s") % {"kind": kind_word(kind.removesuffix(_UNDONE))}
    return str(KINDS.get(kind, kind))
