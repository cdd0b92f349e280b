"""What the refusals of risk say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "risk.amount_invalid": _("占用额度的金额必须大于零。没有占用额度。请核对金额。"),
    "risk.case_moved": _("案件在您查看之后有变化。没有结案。请刷新后按最新情况处理。"),
    "risk.case_party_unknown": _("确认欺诈须点明案件中的企业（%(parties)s）。没有提交。请选择。"),
    "risk.case_unknown": _("没有这个案件。没有改动。请刷新列表。"),
    "risk.case_waits": _("这个案件已有一项结案意见等待复核。没有改动。请先处理那一项。"),
    "risk.change_pending": _("%(subject)s 已有一笔额度调整等待复核。没有新增。请先处理那一笔。"),
    "risk.calibration_early": _(
        "校准用的数据须晚于训练的分界日 %(split)s。没有校准。请换一段更晚的数据。"
    ),
    "risk.card_few": _(
        "好样本 %(good)s 个、坏样本 %(bad)s 个，不够训练或校准（各须至少 20 个）。没有生成评分卡。"
    ),
    "risk.card_invalid": _("评分卡的内容不完整（%(problem)s）。没有改动。请重新训练。"),
    "risk.card_known": _("评分卡 %(card)s 已在草稿或使用中。没有新增。"),
    "risk.card_nothing": _("没有一个变量能区分好坏。没有生成评分卡。请增加变量或数据。"),
    "risk.card_kind": _(
        "没有这种评分卡（%(card)s）。可用：application、fraud、transaction、collection。"
    ),
    "risk.card_unknown": _("没有这张评分卡。没有改动。请刷新列表。"),
    "risk.card_unsettled": _("逻辑回归走了 %(steps)s 步仍未收敛。没有生成评分卡。请检查数据。"),
    "risk.change_stale": _(
        "%(subject)s 的浮动额度在提出后已由系统移动。没有生效。请退回，按现在的浮动重新提出。"
    ),
    "risk.column_missing": _("文件中没有 %(column)s 这一列。没有训练。请核对列名。"),
    "risk.column_unreadable": _(
        "%(column)s 既不是数字也不是日期，却有 %(labels)s 个不同的值。没有训练。请去掉这一列。"
    ),
    "risk.feature_leaks": _(
        "变量 %(feature)s 在决定当时还不知道，或者本身就是结果（%(rows)s 行）。没有训练。请去掉它。"
    ),
    "risk.target_unreadable": _("目标 %(column)s 不是 0/1，也不是可比较的数。没有训练。"),
    "risk.change_unknown": _("没有这笔额度调整。没有改动。请刷新列表。"),
    "risk.decision_stale": _("这家企业已有更新的风控结论。没有改动。请刷新后按最新结论处理。"),
    "risk.decision_unknown": _("没有这条风控决定。没有改动。请刷新列表。"),
    "risk.facts_uneven": _("交来的数据列长短不一（%(columns)s）。没有生成快照。请联系运营。"),
    "risk.four_eyes": _("提出人不能自己复核。没有改动。请由另一位同事复核。"),
    "risk.gate_closed": _(
        "风控关口尚未放行（%(outcome)s），不能出让。没有扣款，也没有占用额度。请联系风控。"
    ),
    "risk.gate_open": _("这家企业已经放行，不需要越权。没有改动。"),
    "risk.grant_unknown": _(
        "没有这种放行范围（%(grant)s）。没有改动。请选择全部放行或只放具名发票。"
    ),
    "risk.item_not_yours": _("这一项现在由%(owner)s负责。没有改动。请刷新列表，或请其转交。"),
    "risk.item_not_taken": _("这一项不在您名下。没有提交。请先领取，或请负责人处理。"),
    "risk.item_taken": _("%(owner)s已先领取。没有改动。请与其联系，或请复核席转交。"),
    "risk.item_unknown": _("没有这一项待办。没有改动。请刷新列表。"),
    "risk.edge_unknown": _("%(supplier)s 与 %(buyer)s 之间没有这一层的往来。请从图上重新选择。"),
    "risk.layer_unknown": _("没有这一层（%(layers)s）。请在货物、发票、资金中至少选一层。"),
    "risk.limit_exceeded": _(
        "额度不足：%(subject)s 还可用 %(free_minor)s，本次需要 %(asked_minor)s。没有占用额度。请减少金额，或请风控调整额度。"
    ),
    "risk.limit_invalid": _("额度无效：%(subject)s。没有改动。额度不能小于零。"),
    "risk.limit_missing": _("%(subject)s 还没有额度。没有占用额度。请风控先核定额度。"),
    "risk.outcome_unknown": _("没有这种结案结论（%(outcome)s）。没有提交。请从列表中选择。"),
    "risk.override_dates": _("越权期限须在今天与 %(until)s 之间。没有提交。请改期限。"),
    "risk.override_pending": _("这家企业已有一笔越权申请等待复核。没有新增。请先处理那一笔。"),
    "risk.override_unknown": _("没有这笔越权申请。没有改动。请刷新列表。"),
    "risk.party_blocked": _(
        "这家企业因已确认的欺诈案件被停止出让。没有占用额度，也没有放行。请找风控处理案件。"
    ),
    "risk.party_twice": _("企业 %(party)s 在数据中出现两次。没有生成快照。请联系运营。"),
    "risk.party_unknown": _("快照中没有企业 %(party)s。没有生成报告。请先导入它的单据并重新运行。"),
    "risk.policy_invalid": _("规则中有不认识的项目（%(names)s）。没有运行。请核对规则。"),
    "risk.reason_missing": _("请写明理由。没有提交。"),
    "risk.report_missing": _("%(date)s 没有有效的风控报告。没有作出决定。请先运行风控。"),
    "risk.report_unknown": _("没有这份报告。请从列表中重新选择。"),
    "risk.reservation_conflict": _(
        "这笔业务已按不同的金额占用过额度。没有重复占用。请刷新页面后重试。"
    ),
    "risk.reservation_unknown": _("这笔业务没有占用额度。没有改动。请联系风控。"),
    "risk.run_missing": _("还没有完成的风控运行，没有可看的产业链。请先运行风控。"),
    "risk.run_unknown": _("没有这次风控运行。请刷新列表。"),
    "risk.snapshot_unknown": _("没有这份快照。没有运行。请重新发起风控运行。"),
    "risk.pool_empty": _("没有未兑付的产品，没有可测的资产池。没有结果。有产品发行后再运行。"),
    "risk.scenario_invalid": _("情景参数无效（%(names)s）。没有运行。请改正后重试。"),
    "risk.stress_unknown": _("没有这次压力测试，或还没有结果。请刷新列表。"),
    "risk.step_refused": _("当前状态（%(current)s）不能改为 %(to)s。没有改动。请刷新页面。"),
    "risk.view_nameless": _("视图没有名字。没有保存。请写一个名字。"),
    "risk.view_too_long": _(
        "视图的名字最多 %(most)s 个字，展开的企业也不能太多。没有保存。请缩短。"
    ),
    "risk.view_unknown": _("没有这个视图，或者不是您的。没有改动。请刷新页面。"),
    "risk.views_full": _("最多保存 %(most)s 个视图。没有保存。请先删掉不用的。"),
    "risk.collection_ended": _("这笔欠款已经结束，不能再记录。没有改动。请刷新列表。"),
    "risk.collection_unknown": _("没有这笔催收。没有改动。请刷新列表。"),
    "risk.contact_word_unknown": _("没有这种联系方式或结果（%(word)s）。没有记录。请重新选择。"),
    "risk.escalate_to_oneself": _("不能上报给自己。没有改动。请选择另一位同事。"),
    "risk.promise_amount": _(
        "承诺金额须大于零，且不超过未付的 %(open_minor)s。没有记录。请改金额。"
    ),
    "risk.promise_dates": _("承诺日期须在今天与 %(until)s 之间。没有记录。请改日期。"),
    "risk.snooze_dates": _("暂缓须到明天之后、最迟 %(until)s。没有改动。请改日期。"),
    "risk.warning_unknown": _("没有这条预警。没有改动。请刷新列表。"),
}
