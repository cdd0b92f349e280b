"""A receivable's life as a timeline: documents, acceptance, confirmation, issue, payment.

Steps are never removed; what is to come is dashed with its expected date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.portals.components import Step
from scf.portals.figures import money, quantity
from scf.portals.match_words import reasons_text
from scf.trade.queries_evidence import EvidenceLine
from scf.trade.values import ReceivableFacts

Text = str | Promise
CODES: Mapping[str, Text] = {
    "draft": gettext_lazy("经办同意报价"),
    "submitted": gettext_lazy("复核通过，已提交"),
    "withdrawn": gettext_lazy("已撤回"),
    "rejected": gettext_lazy("复查未通过"),
    "matched": gettext_lazy("单据与准入复查通过"),
    "refused": gettext_lazy("付款主体退回"),
    "confirmed": gettext_lazy("付款主体已确权"),
    "expired": gettext_lazy("过期未确权"),
    "registered": gettext_lazy("已登记，已通知转让"),
    "revoked": gettext_lazy("确权已撤销"),
    "released": gettext_lazy("已解除登记"),
    "listed": gettext_lazy("开始募集"),
    "funded": gettext_lazy("募满"),
    "issued": gettext_lazy("款券同时交割"),
    "cancelled": gettext_lazy("募集未成立"),
    "assigned": gettext_lazy("债权已转让，放款"),
    "collected": gettext_lazy("收到付款"),
    "collected_undone": gettext_lazy("入账已撤销"),
    "credit_note": gettext_lazy("贷项扣减"),
    "disputed": gettext_lazy("付款主体提出争议"),
    "disputed_ended": gettext_lazy("争议了结"),
    "misdirected": gettext_lazy("付款付错了对象"),
    "misdirected_ended": gettext_lazy("误付款已转交"),
    "frozen": gettext_lazy("已冻结"),
    "unfrozen": gettext_lazy("已解冻"),
    "settled": gettext_lazy("已结清"),
    "redeemed": gettext_lazy("投资人已兑付"),
    "repurchase_demand": gettext_lazy("要求回购"),
    "repurchased": gettext_lazy("已回购"),
    "revoke_asked": gettext_lazy("付款主体请求撤销确权"),
    "revoke_declined": gettext_lazy("供应商不同意撤销"),
    "written_off": gettext_lazy("已核销"),
    "closed_at_loss": gettext_lazy("亏损了结"),
    "payment_scheduled": gettext_lazy("未到期"),
    "payment_due": gettext_lazy("到期日"),
    "payment_grace": gettext_lazy("宽限期"),
    "payment_overdue": gettext_lazy("逾期"),
    "payment_defaulted": gettext_lazy("违约"),
    "payment_paid": gettext_lazy("已付清"),
    "distributed": gettext_lazy("已分配给投资人"),
}
BAD = frozenset(
    {"rejected", "refused", "expired", "misdirected", "frozen", "payment_overdue", "payment_defaulted",
     "written_off", "closed_at_loss", "repurchase_demand", "cancelled"}
)  # fmt: skip
ENDED = frozenset(
    {"withdrawn", "rejected", "refused", "expired", "revoked", "released", "settled",
     "repurchased", "written_off", "closed_at_loss"}
)  # fmt: skip
QUIET = frozenset({"system", ""})


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known of the time to come: who confirms by when, when it is due, what comes back."""

    obligor: str
    confirm_by: date | None
    deadline: date | None
    due_date: date | None
    proceeds_minor: int
    residual_minor: int


def document_steps(receivable: ReceivableFacts, lines: Sequence[EvidenceLine]) -> list[Step]:
    """Order, receipt, invoice and the match; what lacks is amber."""
    steps = []
    orders = [line for line in lines if line.kind == "order"]
    receipts = [line for line in lines if line.kind == "receipt"]
    if orders:
        steps.append(Step(_("下单"), "done", orders[0].on_date, orders[0].number))
    if receipts:
        total = quantity(sum(line.qty_micro for line in receipts))
        steps.append(
            Step(
                _("收货 %(qty)s 件") % {"qty": total},
                "done",
                max(line.on_date for line in receipts),
                receipts[-1].number,
            )
        )
    number = _("发票 %(number)s") % {"number": receivable.invoice_number}
    steps.append(Step(_("开票"), "done", receivable.invoice_date, number))
    why = reasons_text(receivable.reasons)
    if receivable.match_state.passes:
        steps.append(Step(_("三单核对一致"), "done", None, why))
    else:
        steps.append(Step(_("三单核对有差异"), "late", "", why))
    return steps


def claim_life(claim_steps: Sequence[Mapping[str, Any]]) -> list[Step]:
    """What has happened to a claim and its series, oldest first."""
    return [_happened(step) for step in claim_steps]


def _happened(step: Mapping[str, Any]) -> Step:
    code, facts = step["code"], step["facts"]
    parts = []
    if step["by"] not in QUIET:
        parts.append(str(step["by"]))
    if "amount_minor" in facts:
        parts.append(money(int(facts["amount_minor"])))
    parts += [str(facts[key]) for key in ("registration", "series", "reason") if facts.get(key)]
    title = CODES.get(code, code)
    return Step(title, "bad" if code in BAD else "done", step["business_date"], " · ".join(parts))


def ahead_steps(state: str, ahead: Ahead) -> list[Step]:
    """What is to come from a claim's state on; the first one is where it stands now."""
    if state in ENDED:
        return []
    due = _("%(obligor)s付款，返尾款 %(sum)s") % {
        "obligor": ahead.obligor,
        "sum": money(ahead.residual_minor),
    }
    pay_out = _("募集满额、放款 %(sum)s") % {"sum": money(ahead.proceeds_minor)}
    plan = [
        ("", _("等贵司同意报价"), None, _("今天的报价在日终前有效")),
        ("draft", _("等贵司复核"), None, _("须由另一人同意")),
        ("submitted", _("复查单据与准入"), None, ""),
        ("matched", _("%(obligor)s确权") % {"obligor": ahead.obligor}, ahead.confirm_by,
         _("超过 5 个营业日未确权自动失效")),
        ("confirmed", _("登记、转让通知"), None, _("登记号与通知凭证将显示在此")),
        ("registered", pay_out, ahead.deadline, _("款券同时交割")),
        ("assigned", due, ahead.due_date, ""),
    ]  # fmt: skip
    at = [key for key, *_rest in plan].index(state)
    steps = [Step(plan[at][1], "now", plan[at][2], plan[at][3])]
    steps += [Step(title, "future", when, detail) for _key, title, when, detail in plan[at + 1 :]]
    return [step for step in steps if step.title != _("等贵司复核") or step.state == "now"]
