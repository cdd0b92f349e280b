"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "network.programme_unknown": _("没有这个项目（%(programme)s）。请核对项目代码。"),
    "network.party_unknown": _("没有这家企业。请从列表中重新选择。"),
    "network.account_unknown": _("没有这个银行账户。请从公司资料中重新选择。"),
    "network.account_missing": _(
        "这家企业还没有通过核验的收款账户。没有付款。请先在公司资料中添加并核验账户。"
    ),
    "network.membership_unknown": _("这个席位不属于您。请从您的席位中选择。"),
    "network.business_date_moved": _(
        "营业日 %(business_date)s 已由他人日终。没有重复日终。请刷新页面。"
    ),
    "network.approval_unknown": _("没有这项待复核事项，或不在您的席位上。请刷新列表。"),
    "network.approval_pending": _("这项已提交，正等待另一人复核。没有重复提交。"),
    "network.approval_decided": _("这项已由他人复核完毕。没有再次执行。请刷新列表。"),
    "network.approval_changed": _("内容在您查看之后有变化。没有执行。请重新查看后再复核。"),
    "network.four_eyes": _("经办人不能复核自己提交的事项。没有执行。请另一位复核人处理。"),
    "network.seat_cannot_make": _("您的席位只能查看，不能经办。请联系本单位的经办人。"),
    "network.seat_cannot_check": _("您的席位不能复核。没有执行。请联系本单位的复核人。"),
    "network.transition_refused": _(
        "现在的状态（%(current)s）不能变为 %(to)s。没有改动。请刷新页面查看最新状态。"
    ),
    "network.business_day_unknown": _("没有这次日终记录。请刷新页面。"),
    "network.not_a_demo": _("%(programme)s 不是演示项目，营业日只能逐日日终。没有改动。"),
    "network.day_under_way": _(
        "%(day)s 的日终已在进行。没有再排一次。请等进度走完，再继续下一天。"
    ),
    "network.account_holder": _(
        "户名须与企业名称一致：%(party)s。没有提交，仍付到原账户。请核对变更函。"
    ),
    "network.account_number": _("账号须为 6 到 34 位数字或字母。没有提交。请重新填写。"),
    "network.account_unchecked": _(
        "请写明怎样向企业核实（回电的号码和人）。没有提交，仍付到原账户。"
    ),
    "network.account_in_use": _(
        "还有付给 %(party)s 原账户的付款没有报送。没有变更。请先报送或取消那批付款。"
    ),
    "network.kyb_dates": _("%(party)s 认证通过须有将来的有效期。没有登记。请填写有效至。"),
    "network.days_invalid": _("营业日数须在 1 和 %(most)s 之间。没有改动。"),
}
