"""付款: what leaves the bank, who signed, what did it answer?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from scf.access.policy import may
from scf.journeys.paying import (
    APPROVE,
    Payable,
    payables_list,
    payout_reissue,
    payouts_cancel,
    payouts_decide,
    payouts_mark_unknown,
    payouts_prepare,
    payouts_submit,
)
from scf.journeys.sending import payouts_send
from scf.network.queries import approvals_pending, parties_get
from scf.network.values import Role
from scf.portals.components import Empty, Problem, figure_money
from scf.portals.forms import posted_id
from scf.portals.operations.forms import ConfirmForm, ReasonForm
from scf.portals.operations.tasks_view import approval_eyes
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table
from scf.settlement.queries import batch_get, batches_list, cash_in_transit, payouts_list
from scf.settlement.queries.payouts import BatchFacts, PayoutFacts, payment_file_get

PURPOSES: Mapping[str, str | Promise] = {
    "payable": gettext_lazy("放款与尾款"),
    "fee": gettext_lazy("平台费"),
    "withdrawal": gettext_lazy("提现"),
}
MISSING: Mapping[str, str | Promise] = {
    "frozen": gettext_lazy("产品已冻结，暂不付"),
    "account": gettext_lazy("没有核验过的收款账户"),
    "failed": gettext_lazy("上次付款退回，须重新制单"),
}


@portal_view(role=Role.OPERATIONS, post=True)
def payouts(request: PortalRequest) -> HttpResponse:
    """What may leave now, and every batch; posting prepares the next one."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            batch_id = payouts_prepare(
                programme_id=request.programme.id, actor=request.actor, at=request.at
            )
        except DomainError as error:
            problem = problem_of(error)
        else:
            if batch_id is None:
                messages.info(request, _("现在没有可付的款项。"))
                return redirect("operations:payouts")
            messages.success(request, _("付款批次已制好，请核对后提交复核。"))
            return redirect("operations:payout_batch", batch_id)
    batches = batches_list(scope=request.scope)
    payables = payables_list(programme=request.programme)
    names = parties_get(party_ids=[one.party_id for one in payables])
    ready = [one for one in payables if not one.missing]
    return page(
        request,
        "operations/payouts.html",
        {
            "problem": problem,
            "figures": [
                figure_money(_("可付"), sum(one.amount_minor for one in ready)),
                figure_money(_("暂不付"), sum(one.amount_minor for one in payables if one.missing)),
                figure_money(_("在途"), cash_in_transit(scope=request.scope)),
            ],
            "ready_minor": sum(one.amount_minor for one in ready),
            "ready": len(ready),
            "payables": _payables_table(
                payables, {key: party.short_name for key, party in names.items()}
            ),
            "batches": _batches_table(batches),
            "may_prepare": may(request.actor, "payout.prepare"),
            "form": ConfirmForm(),
        },
        status=200 if problem is None else 409,
    )


def _payables_table(rows: Sequence[Payable], names: Mapping[int, str]) -> Table[Payable]:
    return Table(
        id="payables",
        rows=rows,
        export="payables",
        total_label=_("合计"),
        columns=[
            Column("payee", _("收款方"), lambda r: names[r.party_id], strong=True, phone=1),
            Column(
                "purpose", _("用途"), lambda r: str(PURPOSES.get(r.purpose, r.purpose)), phone=4
            ),
            Column(
                "amount",
                _("金额"),
                lambda r: r.amount_minor,
                kind="money",
                total=True,
                strong=True,
                phone=2,
            ),
            Column("missing", _("说明"), lambda r: str(MISSING.get(r.missing, _("可付"))), phone=3),
        ],
        empty=Empty(_("没有待付款项"), _("交割、分配或提现后会出现在这里"), icon="wallet"),
    )


def batch_state(batch: BatchFacts) -> str:
    """The state that matters most among a batch's payouts."""
    order = ("unknown", "rejected", "returned", "prepared", "approved", "sent", "confirmed")
    return next((state for state in order if batch.states.get(state)), "cancelled")


def _batches_table(rows: Sequence[BatchFacts]) -> Table[BatchFacts]:
    return Table(
        id="batches",
        prefix="b.",
        rows=rows,
        export="batches",
        columns=[
            Column(
                "number",
                _("批次"),
                lambda r: r.message_id,
                href=lambda r: reverse("operations:payout_batch", args=[r.id]),
                strong=True,
                phone=1,
            ),
            Column("date", _("付款日"), lambda r: r.execution_date, kind="date", phone=4),
            Column("count", _("笔数"), lambda r: r.count, kind="count"),
            Column("total", _("金额"), lambda r: r.total_minor, kind="money", strong=True, phone=2),
            Column("sent", _("报送"), lambda r: r.sent_at, kind="moment"),
            Column("state", _("状态"), batch_state, kind="status", axis="payout", phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("open", _("未了结"), lambda r: batch_state(r) not in ("confirmed", "cancelled")),
            Chip(
                "bad",
                _("退回或不明"),
                lambda r: batch_state(r) in ("unknown", "rejected", "returned"),
            ),
        ],
        empty=Empty(_("还没有付款批次"), _("制单后出现在这里"), icon="wallet"),
    )


@portal_view(role=Role.OPERATIONS, post=True)
def batch(request: PortalRequest, batch_id: int) -> HttpResponse:
    """One batch: its payouts, two signatures, the file, the bank's answers."""
    found = batch_get(scope=request.scope, batch_id=batch_id)
    problem: Problem | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            if act is None:
                raise DomainError("access.denied")
            messages.success(request, act(request, found))
            return redirect("operations:payout_batch", batch_id)
        except DomainError as error:
            problem = problem_of(error)
    rows = [one for one in payouts_list(scope=request.scope) if one.batch_id == batch_id]
    waiting = next(
        (
            row
            for row in approvals_pending(scope=request.scope, verb=APPROVE)
            if row.subject_ref == found.subject_ref
        ),
        None,
    )
    return page(
        request,
        "operations/batch.html",
        {
            "batch": found,
            "problem": problem,
            "state": batch_state(found),
            "payouts": _payouts_table(rows),
            "failed": [one for one in rows if one.state in ("rejected", "returned")],
            "waiting": waiting,
            "eyes": approval_eyes(request, waiting) if waiting else None,
            "may_check": waiting is not None
            and waiting.maker_id != request.actor.user_id
            and may(request.actor, APPROVE),
            "may_work": may(request.actor, "payout.prepare"),
            "form": ConfirmForm(),
            "why": ReasonForm(),
        },
        status=200 if problem is None else 409,
    )


def _submit(request: PortalRequest, found: BatchFacts) -> str:
    payouts_submit(actor=request.actor, batch_id=found.id, at=request.at)
    return _("已提交复核，等另一人签署。")


def _decide(request: PortalRequest, *, approve: bool) -> None:
    payouts_decide(
        actor=request.actor,
        approval_id=posted_id(request, "approval"),
        approve=approve,
        content_hash=request.POST.get("hash", ""),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )


def _approve(request: PortalRequest, found: BatchFacts) -> str:
    _decide(request, approve=True)
    return _("已签署，正在报送银行。")


def _refuse(request: PortalRequest, found: BatchFacts) -> str:
    _decide(request, approve=False)
    return _("已退回经办，款项仍应付。")


def _send(request: PortalRequest, found: BatchFacts) -> str:
    payouts_send(batch_id=found.id, at=request.at)
    return _("已报送，等银行对账单确认。")


def _unknown(request: PortalRequest, found: BatchFacts) -> str:
    payouts_mark_unknown(batch_id=found.id, at=request.at, actor=request.actor)
    return _("已标为待银行结果；只有对账单能确认，不会重发。")


def _cancel(request: PortalRequest, found: BatchFacts) -> str:
    reason = request.POST.get("reason", "")
    payouts_cancel(actor=request.actor, batch_id=found.id, reason=reason, at=request.at)
    return _("已取消，款项仍应付。")


def _reissue(request: PortalRequest, found: BatchFacts) -> str:
    payout_id = posted_id(request, "payout")
    payout_reissue(actor=request.actor, payout_id=payout_id, at=request.at)
    return _("已制新单，须重新签署。")


ACTS: Mapping[str, Callable[[PortalRequest, BatchFacts], str]] = {
    "submit": _submit,
    "approve": _approve,
    "refuse": _refuse,
    "send": _send,
    "unknown": _unknown,
    "cancel": _cancel,
    "reissue": _reissue,
}


def _payouts_table(rows: Sequence[PayoutFacts]) -> Table[PayoutFacts]:
    return Table(
        id="payouts",
        rows=rows,
        export="payouts",
        total_label=_("合计"),
        columns=[
            Column(
                "payee",
                _("收款方"),
                lambda r: r.payee_name,
                sub=lambda r: r.payee_bank,
                strong=True,
                phone=1,
            ),
            Column("account", _("账户"), lambda r: r.payee_masked),
            Column(
                "purpose", _("用途"), lambda r: str(PURPOSES.get(r.purpose, r.purpose)), phone=4
            ),
            Column("reference", _("端到端标识"), lambda r: r.end_to_end_id),
            Column(
                "amount",
                _("金额"),
                lambda r: r.amount_minor,
                kind="money",
                total=True,
                strong=True,
                phone=2,
            ),
            Column(
                "state",
                _("银行结果"),
                lambda r: r.state,
                kind="status",
                axis="payout",
                sub=lambda r: r.reason,
                phone=3,
            ),
        ],
    )


@portal_view(role=Role.OPERATIONS)
def payment_file(request: PortalRequest, batch_id: int) -> HttpResponse:
    """The pain.001 file of a sent batch, as it left."""
    found = payment_file_get(scope=request.scope, batch_id=batch_id)
    answer = HttpResponse(found.content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.filename}"'
    return answer
