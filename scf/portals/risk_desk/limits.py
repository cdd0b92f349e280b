"""额度: how much room is left, and why; changes take two people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.limits import group_ref, pair_ref
from risk.queries.limits import ChangeRow, LimitRow, limit_changes_list, limits_list
from risk.queries.scores import policy_in_force
from scf.access.policy import may
from scf.journeys.judging import limit_propose
from scf.network.queries import parties_of_kind
from scf.network.values import PartyKind, Role, party_ref
from scf.portals.components import Empty, figure_count, figure_money
from scf.portals.forms import form_refuse
from scf.portals.risk_desk.forms import NewLimitForm
from scf.portals.risk_desk.limit_words import change_reason, float_bars
from scf.portals.risk_desk.words import CHANGE_STATES, SCOPES, subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table

BARS_MOST = 8


@portal_view(role=Role.RISK)
def limits(request: PortalRequest) -> HttpResponse:
    """Every limit with its use, and the log of changes."""
    book = request.programme.book
    rows = limits_list(programme_ref=book)
    changes = limit_changes_list(programme_ref=book)
    names = subject_words(
        [*(row.subject_ref for row in rows), *(row.subject_ref for row in changes)]
    )
    tight = [row for row in rows if _is_tight(row)]
    links = {row.id: reverse("risk:limit", args=[row.id]) for row in rows}
    lanes = {
        scope: float_bars([row for row in rows if row.scope == scope][:BARS_MOST], names, links)
        for scope in SCOPES
    }
    groups = [row for row in rows if row.scope == "group"]
    return page(
        request,
        "risk/limits.html",
        {
            "number": len(rows),
            "tight": len(tight),
            "figures": [
                figure_money(_("付款集团已用"), sum(row.used_minor for row in groups)),
                figure_money(_("付款集团可用"), sum(row.free_minor for row in groups)),
                figure_count(_("超过 90%"), len(tight), unit=_("个")),
                figure_count(
                    _("等复核"), sum(row.state == "pending" for row in changes), unit=_("件")
                ),
            ],
            "parties": lanes["party"],
            "pairs": lanes["pair"],
            "groups": lanes["group"],
            "rules": policy_in_force(programme_ref=book).limits,
            "limits": limits_table(rows, names),
            "changes": changes_table(changes, names),
            "may_propose": may(request.actor, "limit.propose"),
        },
    )


def _is_tight(row: LimitRow) -> bool:
    return row.used_minor * 10 >= (row.base_minor + row.floating_minor) * 9


def limits_table(rows: Sequence[LimitRow], names: Mapping[str, str]) -> Table[LimitRow]:
    """One line a limit, the most used first."""
    return Table(
        id="limits",
        rows=rows,
        export="limits",
        columns=[
            Column(
                "subject",
                _("对象"),
                lambda r: names[r.subject_ref],
                sub=lambda r: str(SCOPES[r.scope]),
                href=lambda r: reverse("risk:limit", args=[r.id]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column("base", _("基准"), lambda r: r.base_minor, kind="money"),
            Column("floating", _("浮动"), lambda r: r.floating_minor, kind="money"),
            Column("reserved", _("已占用未放款"), lambda r: r.reserved_minor, kind="money"),
            Column("used", _("已用"), lambda r: r.used_minor, kind="money", phone=4),
            Column("free", _("可用"), lambda r: r.free_minor, kind="money", strong=True, phone=2),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("party", SCOPES["party"], lambda r: r.scope == "party"),
            Chip("pair", SCOPES["pair"], lambda r: r.scope == "pair"),
            Chip("group", SCOPES["group"], lambda r: r.scope == "group"),
            Chip("tight", _("超过 90%"), _is_tight),
        ],
        search=lambda r: (names[r.subject_ref],),
        search_hint=_("企业"),
        empty=Empty(_("还没有额度"), _("核定企业和付款集团的额度后，供应商才能出让"), icon="gauge"),
    )


def changes_table(rows: Sequence[ChangeRow], names: Mapping[str, str]) -> Table[ChangeRow]:
    """The change log with both names."""
    people = user_words([ref for row in rows for ref in (row.maker_ref, row.checker_ref)])
    return Table(
        id="changes",
        prefix="c.",
        rows=rows,
        export="limit-changes",
        columns=[
            Column(
                "subject",
                _("对象"),
                lambda r: names[r.subject_ref],
                sub=change_reason,
                href=lambda r: reverse("risk:change", args=[r.id]),
                nowrap=False,
                phone=1,
            ),
            Column("base", _("基准"), lambda r: r.base_minor, kind="money", phone=2),
            Column("floating", _("浮动"), lambda r: r.floating_minor, kind="money"),
            Column(
                "maker",
                _("经办"),
                lambda r: _("系统") if r.is_machine else people.get(r.maker_ref, r.maker_ref),
            ),
            Column(
                "checker",
                _("复核"),
                lambda r: people.get(r.checker_ref, r.checker_ref) if r.checker_ref else "",
                sub=lambda r: r.answer,
            ),
            Column("at", _("提出"), lambda r: r.made_at, kind="moment", phone=4),
            Column("state", _("状态"), lambda r: str(CHANGE_STATES[r.state]), phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("people", _("人"), lambda r: not r.is_machine),
            Chip("machine", _("系统"), lambda r: r.is_machine),
        ],
        empty=Empty(_("额度还没有变动")),
    )


@portal_view(role=Role.RISK, post=True)
def limit_new(request: PortalRequest) -> HttpResponse:
    """A first limit for a firm, a pair or a group; a colleague puts it into force."""
    form = NewLimitForm(request.POST or None)
    suppliers = parties_of_kind(programme_id=request.programme.id, kind=PartyKind.SUPPLIER)
    obligors = parties_of_kind(programme_id=request.programme.id, kind=PartyKind.OBLIGOR)
    form.offer(
        sellers=[(party_ref(one.id), one.name) for one in suppliers],
        obligors=[(party_ref(one.id), one.name) for one in obligors],
        groups=sorted({one.group_name for one in obligors if one.group_name}),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_id = limit_propose(
                actor=request.actor,
                scope=data["scope"],
                subject_ref=_subject_ref(data),
                base_minor=data["base"],
                floating_minor=data["floating"],
                reason=data["reason"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            messages.success(request, _("额度已提交，等另一人复核。"))
            return redirect("risk:change", change_id)
    return page(
        request,
        "risk/limit_new.html",
        {"form": form, "may_propose": may(request.actor, "limit.propose")},
        status=200 if request.method == "GET" else 422,
    )


def _subject_ref(data: Mapping[str, str]) -> str:
    if data["scope"] == "party":
        return data["seller"]
    if data["scope"] == "pair":
        return pair_ref(seller_ref=data["seller"], obligor_ref=data["obligor"])
    return group_ref(data["group"])
