"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "settlement.file_empty": _("文件里没有对账单。没有入账。请从网银重新下载后再导入。"),
    "settlement.file_unreadable": _(
        "读不懂这个文件（%(place)s：%(detail)s）。没有入账。请核对是否为银行原始文件。"
    ),
    "settlement.file_entities": _(
        "这个 XML 声明了实体或 DTD，已拒收。没有入账。请从网银重新下载原始文件。"
    ),
    "settlement.file_kind": _(
        "这是 %(found)s，不是日终对账单（camt.053）。没有入账。请下载日终对账单。"
    ),
    "settlement.file_encoding": _(
        "文件既不是 UTF-8 也不是 GB18030。没有入账。请用银行原始文件，不要另存。"
    ),
    "settlement.file_too_large": _(
        "文件超过 %(limit)s 字节。没有入账。请按日下载对账单后分别导入。"
    ),
    "settlement.column_missing": _("缺少列“%(column)s”。没有入账。请按对账单格式导出。"),
    "settlement.cell_invalid": _(
        "%(place)s 的“%(column)s”写着“%(value)s”，读不出来。没有入账。请改正这一格后重新导入。"
    ),
    "settlement.amount_absurd": _(
        "%(place)s 的金额“%(value)s”不成立。没有入账。请核对银行原始文件。"
    ),
    "settlement.account_other": _(
        "对账单账号 %(account)s 不是本项目的托管户。没有入账。请选对文件或切换项目。"
    ),
    "settlement.currency_other": _(
        "对账单币种 %(found)s，项目记账币种 %(expected)s。没有入账。请选对账户的对账单。"
    ),
    "settlement.statement_future": _(
        "对账单日期 %(to_date)s 晚于营业日 %(business_date)s。没有入账。请先日终，再导入。"
    ),
    "settlement.statement_early": _("%(month)s 还没有开始，没有出具对账单。请选择更早的月份。"),
    "settlement.statement_long": _(
        "%(month)s 以来的流水太多，没有出具对账单。请联系运营台分段出具。"
    ),
    "settlement.statement_unknown": _("没有这份对账单。请从列表中重新选择。"),
    "settlement.statement_posted": _("这份对账单已经入账。没有重复入账。请刷新页面。"),
    "settlement.reason_missing": _("请写明原因。没有做任何改动。"),
    "settlement.entry_unknown": _("没有这笔银行流水。请从列表中重新选择。"),
    "settlement.entry_unposted": _(
        "这笔流水还没有入账（对账单待确认）。没有分配。请先处理对账单。"
    ),
    "settlement.entry_overallocated": _(
        "这笔流水只剩 %(open)s 未分配，不够 %(amount)s。没有分配。请刷新后重新选择。"
    ),
    "settlement.entry_proposed": _("这笔流水已有待复核的分配。没有重复提交。请先处理那一笔。"),
    "settlement.line_invalid": _(
        "分配行不成立：金额须大于零，且不超过对象的未结金额。没有提交。请改正后再提交。"
    ),
    "settlement.item_unknown": _("这项未结款已不在未结清单上。没有分配。请刷新后重新选择。"),
    "settlement.match_unknown": _("没有这项分配建议。请刷新列表。"),
    "settlement.match_changed": _(
        "提交之后流水或未结款有变化。没有入账。请经办人按新的余额重新提交。"
    ),
    "settlement.allocation_unknown": _("没有这笔分配，或已经撤销。请刷新页面。"),
    "settlement.allocation_fixed": _(
        "付款的银行回执不能撤销。没有改动。若银行记错，请等银行的更正流水。"
    ),
    "settlement.undo_spent": _("这笔钱已经用出或分配，不能撤销。没有改动。请用一笔新的更正处理。"),
    "settlement.batch_unknown": _("没有这个付款批次。请从列表中重新选择。"),
    "settlement.batch_state": _("批次现在是“%(state)s”，不能这样操作。没有改动。请刷新页面。"),
    "settlement.payout_unknown": _("没有这笔付款。请从列表中重新选择。"),
    "settlement.payout_uncovered": _(
        "应付余额不足以支付 %(payee)s 的 %(amount)s。整批没有发送。请撤销本批后重新备付。"
    ),
    "settlement.payout_reissued": _("这笔付款已有新的指令。没有重复备付。请看新批次。"),
    "settlement.account_changed": _(
        "%(payee)s 的收款账户在复核后有变化。整批没有发送。请撤销本批后重新备付。"
    ),
    "settlement.refund_amount": _("退款金额须大于零。没有过账。请重新填写。"),
    "settlement.refund_uncovered": _("暂存款不足 %(amount)s。没有过账。请按现有暂存款重新填写。"),
    "settlement.withdrawal_unknown": _("没有这笔提现申请。请从列表中重新选择。"),
    "settlement.withdrawal_amount": _("提现金额须大于零。没有提交。请重新填写。"),
    "settlement.withdrawal_uncovered": _(
        "可用余额不足 %(amount)s。没有提交，也没有扣款。请按可用余额重新填写。"
    ),
    "settlement.withdrawal_key": _(
        "同一请求编号已用于另一笔提现。没有重复提交。请刷新页面后再提交。"
    ),
}
