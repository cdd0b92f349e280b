"""What the refusals of the books say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "ledger.account_unknown": _(
        "账目表中没有科目 %(account)s（%(asset)s）。没有记账。请联系运营。"
    ),
    "ledger.accounts_same": _("借贷双方是同一个账户。没有记账。请核对后重试。"),
    "ledger.amount_invalid": _(
        "金额无效或超出可记录的范围。没有记账。请填写大于零、最多两位小数的金额。"
    ),
    "ledger.asset_conflict": _("资产 %(asset)s 已按不同的类型登记。没有改动。请联系运营。"),
    "ledger.asset_mixed": _("一笔记账不能混用不同的币种或资产。没有记账。请核对后重试。"),
    "ledger.asset_unknown": _("资产 %(asset)s 尚未登记。没有记账。请联系运营。"),
    "ledger.journal_unknown": _("没有这笔凭证（%(journal)s）。请从列表中重新选择。"),
    "ledger.key_conflict": _("这个请求编号已用于另一笔业务。没有重复记账。请刷新页面后重新提交。"),
    "ledger.limit_exceeded": _("余额不足，这笔业务没有执行，账户没有变动。请核对可用余额后重试。"),
    "ledger.pending_resolved": _("这笔冻结已经完成或释放。没有重复处理。请刷新页面查看结果。"),
    "ledger.pending_unknown": _("找不到这笔冻结。没有记账。请刷新页面后重试。"),
    "ledger.period_locked": _("%(locked_date)s 及以前的账期已经关闭。没有记账。请记入当前营业日。"),
    "ledger.quantity_invalid": _("数量 %(quantity)s 无效。没有保存。请填写最多六位小数的数字。"),
    "ledger.split_invalid": _("无法分配 %(total)s：没有可分配的份额。没有记账。请联系运营。"),
    "ledger.work_failed": _(
        "后台任务多次失败，已停止重试。没有保存半途的结果。请联系运营查看原因后重新执行。"
    ),
    "ledger.work_kills_workers": _(
        "后台任务多次中断工作进程，已停止执行。没有保存半途的结果。请联系运营。"
    ),
    "ledger.work_lost": _("这项任务已由另一个工作进程接手。本次结果没有保存，任务会照常完成。"),
    "ledger.work_unknown": _("没有这项后台任务。没有改动。请刷新列表。"),
}
