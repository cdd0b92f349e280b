"""Every state of every axis: its word and its class; words.py looks them up.

Classes: n grey ring, w water (ready), b blue (under way), g green (proved or paid), a amber
diamond (waits for a person), r red square (broken or overdue). A state that is missing here fails
a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Word:
    """A state in words, and its class."""

    text: Text
    tone: str


def _axis(**states: tuple[Text, str]) -> dict[str, Word]:
    return {state: Word(text, tone) for state, (text, tone) in states.items()}


AXES: Mapping[str, Mapping[str, Word]] = {
    "claim": _axis(
        draft=(_p("债权", "草稿"), "n"),
        submitted=(_p("债权", "已提交"), "b"),
        withdrawn=(_p("债权", "已撤回"), "n"),
        rejected=(_p("债权", "未通过"), "r"),
        matched=(_p("债权", "已核对"), "b"),
        confirmed=(_p("债权", "已确权"), "b"),
        refused=(_p("债权", "拒绝确权"), "r"),
        expired=(_p("债权", "已过期"), "n"),
        registered=(_p("债权", "已登记"), "b"),
        revoked=(_p("债权", "已撤销确权"), "n"),
        assigned=(_p("债权", "已转让"), "g"),
        released=(_p("债权", "已解除"), "n"),
        settled=(_p("债权", "已结清"), "g"),
        repurchased=(_p("债权", "已回购"), "a"),
        written_off=(_p("债权", "已核销"), "r"),
        closed_at_loss=(_p("债权", "亏损了结"), "r"),
    ),
    "flag": _axis(
        disputed=(_("有争议"), "a"),
        upheld=(_("争议成立"), "a"),
        dismissed=(_("争议不成立"), "n"),
        diluted=(_("已折让"), "a"),
        misdirected=(_("付错对象"), "r"),
        turned_over=(_("已转交"), "g"),
        frozen=(_("已冻结"), "r"),
        unfrozen=(_("已解冻"), "n"),
        impaired=(_("有减值"), "r"),
    ),
    "match": _axis(
        ready=(_("可出让"), "w"),
        matched=(_p("核对", "一致"), "g"),
        tolerance=(_("容差内"), "g"),
        awaiting_invoice=(_("待发票"), "n"),
        awaiting_receipt=(_("待收货"), "a"),
        over_quantity=(_("超量"), "a"),
        price_block=(_("价格不符"), "a"),
        no_order=(_("无订单"), "r"),
        duplicate=(_("重复"), "r"),
        reversed=(_("已冲销"), "n"),
    ),
    # What a receivable is to its supplier today: documents, financing and payment in one word.
    "receivable": _axis(
        ready=(_("可出让"), "w"),
        basket=(_("待贵司复核"), "a"),
        checking=(_("核对中"), "b"),
        confirming=(_("待核心企业确权"), "b"),
        registering=(_("登记中"), "b"),
        preparing=(_("待上架"), "b"),
        raising=(_("募集中"), "b"),
        raised=(_("已募满"), "w"),
        funded=(_("已放款"), "g"),
        due=(_("今日到期"), "b"),
        late=(_("付款人逾期"), "r"),
        misdirected=(_("付错对象"), "r"),
        frozen=(_("已冻结"), "r"),
        settled=(_p("债权", "已结清"), "g"),
        repurchased=(_p("债权", "已回购"), "a"),
        written_off=(_p("债权", "已核销"), "r"),
        closed_at_loss=(_p("债权", "亏损了结"), "r"),
        gate=(_("待风控准入"), "a"),
        kyb=(_("认证过期"), "a"),
        too_small=(_("金额太小"), "n"),
        overdue_unsold=(_("已过到期日"), "n"),
        no_due_date=(_("缺到期日"), "a"),
        paid=(_("付款人已付"), "n"),
        awaiting_receipt=(_("待收货"), "a"),
        awaiting_invoice=(_("待开票"), "a"),
        over_quantity=(_("超量"), "a"),
        price_block=(_("价格不符"), "a"),
        no_order=(_("无订单"), "r"),
        duplicate=(_("重复"), "r"),
        reversed=(_("已冲销"), "n"),
        nothing_financeable=(_("无可融资额"), "n"),
    ),
    # Where a claim stands at the obligor's desk.
    "confirmation": _axis(
        waiting=(_("待经办"), "a"),
        prepared=(_("待签署"), "b"),
        signed=(_p("债权", "已确权"), "g"),
        refused=(_p("确权", "已退回"), "r"),
        lapsed=(_("过期未确权"), "n"),
        withdrawn=(_("供应商已撤回"), "n"),
        let_go=(_p("债权", "已撤销确权"), "n"),
    ),
    # Who is to be paid: as on the invoice, or whoever holds the claim now.
    "payee": _axis(
        same=(_("原账户"), "n"),
        changed=(_("改付托管户"), "a"),
    ),
    # What an obligor does about one due date of one payee.
    "plan": _axis(
        scheduled=(_("未到期"), "n"),
        due=(_("今日到期"), "b"),
        soon=(_("本周到期"), "b"),
        overdue=(_("逾期"), "r"),
        paid=(_("已付"), "g"),
        misdirected=(_("付错对象"), "r"),
        suspected=(_("疑似付错"), "a"),
    ),
    "offering": _axis(
        draft=(_p("系列", "草稿"), "n"),
        listed=(_("募集中"), "b"),
        funded=(_("已募满"), "w"),
        issued=(_("已发行"), "g"),
        redeemed=(_p("系列", "已兑付"), "n"),
        cancelled=(_("未成立"), "n"),
        impaired=(_p("系列", "有减值"), "r"),
        closed_at_loss=(_p("系列", "亏损了结"), "r"),
    ),
    "holding": _axis(
        scheduled=(_("未到期"), "n"),
        due=(_("今日到期"), "b"),
        grace=(_("宽限中"), "a"),
        overdue=(_("逾期"), "r"),
        defaulted=(_("违约"), "r"),
        paid=(_("已付"), "g"),
        redeemed=(_p("系列", "已兑付"), "n"),
        closed_at_loss=(_p("系列", "亏损了结"), "r"),
    ),
    "payment": _axis(
        scheduled=(_("未到期"), "n"),
        due=(_("今日到期"), "b"),
        partial=(_("部分付款"), "a"),
        grace=(_("宽限中"), "a"),
        overdue=(_("逾期"), "r"),
        defaulted=(_("违约"), "r"),
        paid=(_("已付"), "g"),
    ),
    "payout": _axis(
        prepared=(_("待复核"), "a"),
        approved=(_p("付款", "已批准"), "b"),
        cancelled=(_p("付款", "已取消"), "n"),
        sent=(_("已报送"), "b"),
        unknown=(_("待银行结果"), "a"),
        confirmed=(_("已到账"), "g"),
        rejected=(_("银行退回"), "r"),
        returned=(_("到账后退回"), "r"),
    ),
    "prepayment": _axis(
        ordered=(_("已下单"), "n"),
        prepaid=(_("已预付"), "b"),
        acknowledged=(_("已承诺"), "b"),
        packaged=(_("已打包"), "w"),
        withdrawn=(_p("预付款", "已撤回"), "n"),
        sold=(_p("预付款", "已转让"), "g"),
        active=(_("生效中"), "g"),
        closed=(_("已结束"), "n"),
        expired=(_("已到期"), "a"),
        refund_due=(_("应退款"), "a"),
        refunded=(_("已退款"), "g"),
        anchor_default=(_("核心企业违约"), "r"),
        written_off=(_p("预付款", "已核销"), "r"),
        closed_at_loss=(_p("预付款", "亏损了结"), "r"),
        cancelled=(_p("预付款", "已取消"), "n"),
    ),
    "draw": _axis(
        requested=(_("已申请"), "b"),
        redeemed=(_p("提货", "已赎回"), "w"),
        released=(_("已放货"), "b"),
        shipped=(_("已发货"), "b"),
        part_received=(_("部分收货"), "a"),
        received=(_("已收货"), "g"),
        returned=(_("已退货"), "a"),
        restored=(_("已恢复"), "b"),
        lapsed=(_("已失效"), "n"),
        refund_due=(_p("提货", "应退款"), "a"),
        refunded=(_p("提货", "已退款"), "g"),
        anchor_default=(_p("提货", "核心企业违约"), "r"),
        written_off=(_p("提货", "已核销"), "r"),
        closed_at_loss=(_p("提货", "亏损了结"), "r"),
        shipped_unreleased=(_("未放先发"), "r"),
    ),
    "verdict": _axis(
        EXPANSION=(_("扩张"), "g"),
        STEADY=(_("稳定"), "g"),
        OVERTRADING=(_("过度扩张"), "a"),
        DISTRESS=(_("困境"), "r"),
        ABSTAIN=(_("弃权（证据不足）"), "n"),
    ),
    "verdict_change": _axis(
        worse=(_("变差"), "a"),
        better=(_("变好"), "b"),
        same=(_p("结论", "未变"), "n"),
        new=(_("首次评估"), "w"),
    ),
    "partner_change": _axis(
        new=(_p("往来", "新来"), "b"),
        lost=(_p("往来", "离开"), "a"),
        more=(_p("往来", "增加"), "n"),
        less=(_p("往来", "减少"), "n"),
        same=(_p("往来", "未变"), "n"),
    ),
    "warning": _axis(
        open=(_p("预警", "待处理"), "a"),
        acknowledged=(_p("预警", "处理中"), "b"),
        snoozed=(_p("预警", "已暂缓"), "n"),
        escalated=(_p("预警", "已上报"), "r"),
        resolved=(_p("预警", "已办结"), "g"),
        expired=(_p("预警", "已失效"), "n"),
    ),
    "collection": _axis(
        open=(_p("催收", "待催"), "a"),
        promised=(_p("催收", "有承诺"), "b"),
        collected=(_p("催收", "已收回"), "g"),
        ended=(_p("催收", "不再欠款"), "n"),
    ),
    "promise": _axis(
        pending=(_p("承诺", "未到期"), "b"),
        kept=(_p("承诺", "已兑现"), "g"),
        broken=(_p("承诺", "落空"), "r"),
        replaced=(_p("承诺", "已改期"), "n"),
    ),
    "cause": _axis(
        disputed=(_p("原因", "有争议"), "a"),
        cannot=(_p("原因", "无力支付"), "r"),
        will_not=(_p("原因", "不愿支付"), "r"),
        unclear=(_p("原因", "未明"), "n"),
    ),
    "gate": _axis(
        passed=(_p("准入", "通过"), "g"),
        named_only=(_("只做具名发票"), "a"),
        overridden=(_("人工放行"), "a"),
        failed=(_p("准入", "未通过"), "r"),
        refused=(_p("准入", "已拒绝"), "r"),
        referred=(_("待人工判断"), "a"),
        missing=(_("尚未评估"), "n"),
    ),
    "import": _axis(
        uploaded=(_("已上传"), "b"),
        reading=(_("读取中"), "b"),
        mapping=(_("待对应列"), "a"),
        checking=(_("检查中"), "a"),
        dry_run=(_("预演"), "w"),
        committing=(_("入库中"), "b"),
        committed=(_("已入库"), "g"),
        undone=(_p("导入", "已撤销"), "n"),
        failed=(_p("导入", "失败"), "r"),
        rejected=(_p("导入", "已拒收"), "r"),
    ),
    "quote": _axis(
        open=(_p("报价", "有效"), "w"),
        accepted=(_p("报价", "已同意"), "g"),
        expired=(_p("报价", "已失效"), "n"),
        withdrawn=(_p("报价", "已撤回"), "n"),
        refused=(_p("报价", "被拒绝"), "r"),
    ),
    "subscription": _axis(
        held=(_("已冻结资金"), "b"),
        allotted=(_("已配售"), "g"),
        voided=(_("已解冻退回"), "n"),
    ),
    "withdrawal": _axis(
        requested=(_p("提现", "已申请"), "a"),
        instructed=(_p("提现", "已制单"), "b"),
        sent=(_p("提现", "已报送"), "b"),
        cancelled=(_p("提现", "已取消"), "n"),
    ),
    "statement": _axis(
        held=(_p("对账单", "暂存"), "a"),
        posted=(_p("对账单", "已入账"), "g"),
    ),
    "cash_match": _axis(
        submitted=(_("待他人复核"), "a"),
        applied=(_p("入账", "已入账"), "g"),
        refused=(_p("入账", "已退回"), "r"),
        undone=(_p("入账", "已撤销"), "n"),
    ),
    "business_day": _axis(
        open=(_p("营业日", "开放"), "w"),
        closing=(_p("营业日", "日终中"), "a"),
        closed=(_p("营业日", "已日终"), "g"),
    ),
    "entry": _axis(
        unallocated=(_p("流水", "待处理"), "a"),
        partly=(_("部分入账"), "a"),
        exception=(_p("流水", "异常"), "r"),
        allocated=(_p("流水", "已入账"), "g"),
    ),
    "approval": _axis(
        pending=(_p("复核", "待复核"), "a"),
        approved=(_p("复核", "已通过"), "g"),
        refused=(_p("复核", "已退回"), "r"),
        withdrawn=(_p("复核", "已撤回"), "n"),
    ),
    "kyb": _axis(
        pending=(_p("认证", "待认证"), "a"),
        verified=(_p("认证", "已认证"), "g"),
        expired=(_p("认证", "已过期"), "r"),
        rejected=(_p("认证", "未通过"), "r"),
    ),
    "severity": _axis(
        error=(_p("问题", "拦截"), "r"),
        warning=(_p("问题", "提醒"), "a"),
        note=(_p("问题", "提示"), "n"),
        info=(_p("问题", "提示"), "n"),
        warn=(_p("问题", "提醒"), "a"),
        high=(_p("问题", "严重"), "r"),
    ),
    "case": _axis(
        open=(_p("案件", "待调查"), "a"),
        investigating=(_p("案件", "调查中"), "b"),
        closed=(_p("案件", "已结案"), "n"),
    ),
    "scorecard": _axis(
        draft=(_p("评分卡", "待批准"), "a"),
        approved=(_p("评分卡", "在用"), "g"),
        declined=(_p("评分卡", "已退回"), "r"),
        retired=(_p("评分卡", "已停用"), "n"),
    ),
    "drift": _axis(
        few=(_p("偏移", "企业太少"), "n"),
        ok=(_p("偏移", "稳定"), "g"),
        warn=(_p("偏移", "留意"), "a"),
        stop=(_p("偏移", "停用"), "r"),
    ),
    "outcome": _axis(
        accepted=(_("可入库"), "g"),
        unchanged=(_("未变"), "n"),
        quarantined=(_("隔离"), "r"),
        ignored=(_("忽略"), "n"),
    ),
    "work": _axis(
        ready=(_p("任务", "排队中"), "n"),
        leased=(_p("任务", "进行中"), "b"),
        running=(_p("任务", "进行中"), "b"),
        done=(_p("任务", "已完成"), "g"),
        failed=(_p("任务", "失败"), "r"),
        dead=(_p("任务", "已停"), "r"),
        queued=(_p("任务", "排队中"), "n"),
    ),
}
