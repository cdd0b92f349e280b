"""One limit with what uses it, and one proposed change with who may approve it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.limits import (
    ChangeRow,
    LimitRow,
    UseRow,
    limit_changes_list,
    limit_uses_list,
    limits_list,
)
from scf.access.policy import Subject, may
from scf.financing.queries import claims_list
from scf.journeys.judging import limit_approve, limit_decline, limit_propose
from scf.network.values import Role
from scf.portals.components import (
    BalanceChange,
    Consequences,
    Empty,
    Problem,
    balance_change,
    figure_money,
    four_eyes,
)
from scf.portals.forms import form_refuse
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.forms import LimitForm, ReasonForm
from scf.portals.risk_desk.limit_words import change_figures, change_reason, float_bars
from scf.portals.risk_desk.limits import changes_table
from scf.portals.risk_desk.words import (
    CHANGE_STATES,
    SCOPES,
    subject_words,
    user_number,
    user_words,
)
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table


@portal_view(role=Role.RISK, post=True)
def limit(request: PortalRequest, limit_id: int) -> HttpResponse:
    """What uses the limit, its changes, and a form for a new figure."""
    book = request.programme.book
    found = next((row for row in limits_list(programme_ref=book) if row.id == limit_id), None)
    if found is None:
        raise DomainError("risk.limit_missing", scope="", subject=str(limit_id))
    initial = {"base": found.base_minor, "floating": found.floating_minor}
    form = LimitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_id = limit_propose(
                actor=request.actor,
                scope=found.scope,
                subject_ref=found.subject_ref,
                base_minor=form.cleaned_data["base"],
                floating_minor=form.cleaned_data["floating"],
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            messages.success(request, _("额度调整已提交，等另一人复核。"))
            return redirect("risk:change", change_id)
    changes = limit_changes_list(programme_ref=book, subject_ref=found.subject_ref)
    names = subject_words([found.subject_ref])
    return page(
        request,
        "risk/limit.html",
        {
            "limit": found,
            "name": names[found.subject_ref],
            "scope": SCOPES[found.scope],
            "figures": _figures(found),
            "bars": float_bars([found], names, {}),
            "uses": _uses_table(limit_uses_list(limit_id=found.id), _claim_numbers(request)),
            "changes": changes_table(changes, names),
            "waiting": next((row for row in changes if row.state == "pending"), None),
            "form": form,
            "may_propose": may(request.actor, "limit.propose"),
        },
        status=200 if request.method == "GET" else 422,
    )


def _figures(found: LimitRow) -> list[object]:
    return [
        figure_money(_("基准"), found.base_minor),
        figure_money(_("浮动"), found.floating_minor),
        figure_money(_("已用"), found.used_minor),
        figure_money(_("可用"), found.free_minor),
    ]


def _claim_numbers(request: PortalRequest) -> dict[str, str]:
    """``claim:8`` -> its number."""
    return {f"claim:{one.id}": one.number for one in claims_list(scope=request.scope)}


def _uses_table(rows: Sequence[UseRow], numbers: Mapping[str, str]) -> Table[UseRow]:
    words = {"reserved": _("已占用"), "exposed": _("已放款"), "freed": _("已释放")}
    return Table(
        id="uses",
        prefix="u.",
        rows=rows,
        export="limit-uses",
        columns=[
            Column("key", _("业务"), lambda r: numbers.get(r.key, r.key), strong=True, phone=1),
            Column("amount", _("金额"), lambda r: r.amount_minor, kind="money", phone=2),
            Column("at", _("占用"), lambda r: r.reserved_at, kind="moment", phone=4),
            Column("freed", _("释放"), lambda r: r.freed_at, kind="moment"),
            Column("state", _("状态"), lambda r: words.get(r.state, r.state), phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("live", _("在用"), lambda r: r.state != "freed"),
        ],
        empty=Empty(_("还没有业务占用")),
    )


@portal_view(role=Role.RISK, post=True)
def change(request: PortalRequest, change_id: int) -> HttpResponse:
    """A proposed figure: what changes, who asked, and the second person's answer."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            said = _answered(request, change_id)
        except DomainError as error:
            problem = problem_of(error)
        else:
            messages.success(request, said)
            return redirect("risk:limits")
    rows = limit_changes_list(programme_ref=request.programme.book)
    found = next((row for row in rows if row.id == change_id), None)
    if found is None:
        raise DomainError("risk.change_unknown", change=change_id)
    people = user_words([found.maker_ref, found.checker_ref])
    made = Subject(request.programme.id, made_by=user_number(found.maker_ref))
    return page(
        request,
        "risk/change.html",
        {
            "problem": problem,
            "change": found,
            "state": CHANGE_STATES[found.state],
            "name": subject_words([found.subject_ref])[found.subject_ref],
            "scope": SCOPES[found.scope],
            "maker": _("系统")
            if found.is_machine
            else people.get(found.maker_ref, found.maker_ref),
            "reason": change_reason(found),
            "machine_figures": change_figures(found),
            "checker": people.get(found.checker_ref, "") if found.checker_ref else "",
            "consequences": _consequences(request, found),
            "eyes": four_eyes(
                maker=people.get(found.maker_ref, found.maker_ref),
                made_at=found.made_at,
                reader=request.actor.name,
                checker=_("风控复核"),
                rule=_("不能复核自己提出的"),
                reader_is_maker=found.maker_ref == request.actor.ref,
            ),
            "may_check": found.state == "pending" and may(request.actor, "limit.approve", made),
            "form": ReasonForm(),
        },
        status=200 if problem is None else 409,
    )


def _answered(request: PortalRequest, change_id: int) -> str:
    if request.POST.get("act") == "approve":
        limit_approve(actor=request.actor, change_id=change_id, at=request.at)
        return _("新额度已生效。")
    if request.POST.get("act") == "decline":
        reason = request.POST.get("reason", "")
        limit_decline(actor=request.actor, change_id=change_id, reason=reason, at=request.at)
        return _("额度调整已退回，原额度不变。")
    raise DomainError("access.denied")


def _consequences(request: PortalRequest, found: ChangeRow) -> Consequences:
    rows = limits_list(programme_ref=request.programme.book, scope=found.scope)
    now = next((row for row in rows if row.subject_ref == found.subject_ref), None)
    base, floating, used = (
        (now.base_minor, now.floating_minor, now.used_minor) if now else (0, 0, 0)
    )
    free = max(0, found.base_minor + found.floating_minor - used)
    changes: tuple[BalanceChange, ...] = (
        balance_change(_("基准"), base, found.base_minor),
        balance_change(_("浮动"), floating, found.floating_minor),
        balance_change(_("可用"), now.free_minor if now else 0, free),
    )
    return Consequences(
        changes=changes,
        title=_("复核后"),
        note=_("已占用的不受影响；新的占用按新额度"),
        undo=_("生效后要改，须再提一次调整。"),
    )
