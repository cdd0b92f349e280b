"""催收: whom to call first, why they do not pay, and what they promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.collections import CollectionRow, collections_list
from risk.queries.ownership import owners_map
from scf.network.values import Role
from scf.portals.axes import AXES
from scf.portals.components import Empty, figure_count, figure_money
from scf.portals.figures import count, money
from scf.portals.risk_desk.collection_words import (
    ACTIONS,
    KINDS,
    OUTCOMES,
    chances,
    promise_words,
    reason_words,
)
from scf.portals.risk_desk.taking import owner_words, take_cell
from scf.portals.risk_desk.words import user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table
from scf.portals.words import status_word

CAUSES = ("disputed", "cannot", "will_not", "unclear")


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt with its owner."""

    row: CollectionRow
    owner_ref: str

    @property
    def open_minor(self) -> int:
        return self.row.open_minor

    @property
    def net_minor(self) -> int:
        return self.row.net_minor


@portal_view(role=Role.RISK)
def collections(request: PortalRequest) -> HttpResponse:
    """What is late, by what a call is worth; ``?past=1`` shows what is over."""
    past = request.GET.get("past") == "1"
    rows = owed_rows(request, collections_list(programme_ref=request.programme.book, ended=past))
    broken = [one for one in rows if one.row.promise and one.row.promise.state == "broken"]
    return page(
        request,
        "risk/collections.html",
        {
            "past": past,
            "number": len(rows),
            "total": sum(one.row.open_minor for one in rows),
            "first": next((one.row for one in rows if one.row.action != "wait" and not past), None),
            "first_action": ACTIONS[rows[0].row.action] if rows else "",
            "figures": [
                figure_money(_("到期未付"), sum(one.row.open_minor for one in rows)),
                figure_money(
                    _("预计收回（减成本）"),
                    sum(one.row.net_minor for one in rows),
                    note=_("60 天内，按每笔最值得做的一步"),
                ),
                figure_count(_("有争议"), sum(one.row.cause == "disputed" for one in rows)),
                figure_count(_("承诺落空"), len(broken), tone="red" if broken else ""),
            ],
            "collections": collections_table(rows, request, past=past),
        },
    )


def owed_rows(request: PortalRequest, rows: Sequence[CollectionRow]) -> list[Owed]:
    """Debts with their owners, in the order given."""
    book = request.programme.book
    owners = owners_map(programme_ref=book, keys=[("collection", str(row.id)) for row in rows])
    found = {ref: owner.owner_ref for (_kind, ref), owner in owners.items()}
    return [Owed(row, found.get(str(row.id), "")) for row in rows]


def collections_table(rows: Sequence[Owed], request: PortalRequest, *, past: bool) -> Table[Owed]:
    """One line a debt; totals of what is open and of what is expected."""
    mine = request.actor.ref
    return Table(
        id="collections",
        rows=rows,
        export="collections",
        total_label=_("合计"),
        columns=_columns(rows, request, past=past),
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("mine", _("我的"), lambda r: r.owner_ref == mine),
            *(Chip(cause, AXES["cause"][cause].text, _cause_test(cause)) for cause in CAUSES),
            Chip("promised", AXES["collection"]["promised"].text, _is_promised),
        ],
        search=lambda r: (r.row.debtor_name, r.row.label, reason_words(r.row)),
        search_hint=_("债务人 / 发票号"),
        empty=Empty(
            _("没有到期未付的欠款"),
            _("到期没有付清的应收款、追索和回购，日终后出现在这里"),
            reverse("risk:home"),
            _("看待办队列"),
            icon="phone",
        ),
    )


def _columns(rows: Sequence[Owed], request: PortalRequest, *, past: bool) -> list[Column[Owed]]:
    people = user_words(one.owner_ref for one in rows)
    columns = [
        Column[Owed](
            "debtor",
            _("债务人"),
            lambda r: r.row.debtor_name,
            sub=lambda r: f"{r.row.label} · {KINDS[r.row.kind]}",
            href=lambda r: reverse("risk:collection", args=[r.row.id]),
            strong=True,
            nowrap=False,
            phone=1,
        ),
        Column[Owed](
            "late",
            _("逾期"),
            lambda r: _("%(n)s 天") % {"n": count(r.row.days_late)},
            sub=lambda r: _("%(day)s 到期") % {"day": r.row.due_date.isoformat()},
            sort=lambda r: r.row.days_late,
        ),
        Column[Owed](
            "amount", _("金额"), lambda r: r.open_minor, kind="money", total=True, phone=2
        ),
        Column[Owed](
            "cause",
            _("原因"),
            lambda r: r.row.cause,
            kind="status",
            axis="cause",
            sort=lambda r: CAUSES.index(r.row.cause),
            phone=3,
        ),
        Column[Owed](
            "chance",
            _("7 / 30 / 60 天回收率"),
            lambda r: chances(r.row),
            sort=lambda r: r.row.chance_60_ppm,
            phone=4,
        ),
        Column[Owed](
            "net",
            _("预计收回（减成本）"),
            lambda r: r.net_minor,
            kind="money",
            total=True,
            sub=lambda r: ACTIONS[r.row.action],
        ),
        Column[Owed](
            "promise",
            _("承诺"),
            lambda r: promise_words(r.row.promise),
            sub=lambda r: status_word("promise", r.row.promise.state) if r.row.promise else "",
            sort=lambda r: r.row.promise.by_date.isoformat() if r.row.promise else "",
        ),
        Column[Owed]("result", _("结果"), outcome, sub=_last_said),
        Column[Owed]("owner", _("负责人"), lambda r: owner_words(request, r.owner_ref, people)),
    ]
    if not past:
        columns.append(
            Column[Owed](
                "take",
                _("领取"),
                lambda r: take_cell(request, ("collection", str(r.row.id)), r.owner_ref),
                kind="html",
                sortable=False,
            )
        )
    return columns


def outcome(one: Owed) -> str:
    """What came of it so far: its own end, or the last contact's result."""
    row = one.row
    if row.state in ("collected", "ended"):
        return str(status_word("collection", row.state))
    if row.contact is not None:
        return str(OUTCOMES[row.contact.outcome])
    paid = row.first_minor - row.open_minor
    return _("已收 %(sum)s") % {"sum": money(paid)} if paid > 0 else _("还没有联系")


def _last_said(one: Owed) -> str:
    contact = one.row.contact
    return f"{contact.on_date.isoformat()[5:]} {contact.next_step}".strip() if contact else ""


def _cause_test(cause: str) -> Callable[[Owed], bool]:
    return lambda one: one.row.cause == cause


def _is_promised(one: Owed) -> bool:
    return one.row.state == "promised"


def days_words(row: CollectionRow) -> str:
    """逾期 12 天."""
    return _("逾期 %(n)s 天") % {"n": count(row.days_late)}
