"""预警: what changed for the worse, the gravest first, each with one owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.desk_items import SEVERITY_ORDER
from risk.queries.ownership import owners_map
from risk.queries.warnings import WarningRow, warnings_list
from scf.network.values import Role
from scf.portals.components import Empty, figure_count
from scf.portals.dates import days_away
from scf.portals.risk_desk.taking import owner_words, take_cell
from scf.portals.risk_desk.warning_words import SIGNALS, detail, figure, threshold, until_words
from scf.portals.risk_desk.words import subject_words, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table

# A signal is graver the further it is gone; of one severity, what was handed up comes first.
STATE_ORDER: Mapping[str, int] = {"escalated": 0, "open": 1, "acknowledged": 2, "snoozed": 3}


@dataclass(frozen=True, slots=True)
class Watched:
    """A warning with its owner and the names it needs."""

    row: WarningRow
    owner_ref: str
    name: str
    detail: str
    signal_word: str


@portal_view(role=Role.RISK)
def warnings(request: PortalRequest) -> HttpResponse:
    """Live warnings; ``?past=1`` shows those that are over."""
    past = request.GET.get("past") == "1"
    rows = watched_rows(request, warnings_list(programme_ref=request.programme.book, ended=past))
    awake = [one for one in rows if one.row.state != "snoozed"]
    return page(
        request,
        "risk/warnings.html",
        {
            "past": past,
            "awake": len(awake),
            "grave": sum(one.row.severity == "high" for one in awake),
            "figures": [
                figure_count(_("严重"), _count(awake, "high"), unit=_("条")),
                figure_count(_("提醒"), _count(awake, "warn"), unit=_("条")),
                figure_count(_("无人领取"), sum(not one.owner_ref for one in awake), unit=_("条")),
                figure_count(_("已暂缓"), len(rows) - len(awake), unit=_("条")),
            ],
            "warnings": warnings_table(rows, request, past=past),
        },
    )


def watched_rows(request: PortalRequest, rows: Sequence[WarningRow]) -> list[Watched]:
    """Warnings with their owners and names, the gravest first; three queries for all."""
    book = request.programme.book
    owners = owners_map(programme_ref=book, keys=[("warning", str(row.id)) for row in rows])
    refs = {row.party_ref for row in rows if not row.party_name}
    refs |= {ref for row in rows if row.signal == "new_cycle" for ref in row.subject.split(">")}
    names = subject_words(refs)
    found = []
    for row in rows:
        owner = owners.get(("warning", str(row.id)))
        found.append(
            Watched(
                row,
                owner.owner_ref if owner else "",
                row.party_name or names.get(row.party_ref, row.party_ref),
                detail(row, names),
                str(SIGNALS[row.signal]),
            )
        )
    return sorted(
        found,
        key=lambda one: (
            SEVERITY_ORDER[one.row.severity],
            STATE_ORDER.get(one.row.state, 9),
            -one.row.id,
        ),
    )


def warnings_table(
    rows: Sequence[Watched], request: PortalRequest, *, past: bool
) -> Table[Watched]:
    """One line a warning: how grave, about whom, which figure against which threshold."""
    mine = request.actor.ref
    return Table(
        id="warnings",
        rows=rows,
        export="warnings",
        columns=_columns(rows, request, past=past),
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("mine", _("我的"), lambda r: r.owner_ref == mine),
            Chip("unowned", _("无人领取"), lambda r: not r.owner_ref),
            *(
                Chip(signal, word, _signal_test(signal))
                for signal, word in SIGNALS.items()
                if any(one.row.signal == signal for one in rows)
            ),
        ],
        search=lambda r: (r.name, r.signal_word, r.detail),
        search_hint=_("企业 / 信号"),
        empty=Empty(
            _("没有预警"),
            _("每次评估之后、每个营业日结束时各看一遍；信号消失的会自动失效"),
            reverse("risk:home"),
            _("看待办队列"),
            icon="alert-triangle",
        ),
    )


def _columns(
    rows: Sequence[Watched], request: PortalRequest, *, past: bool
) -> list[Column[Watched]]:
    people = user_words(one.owner_ref for one in rows)
    columns = [
        Column[Watched](
            "severity",
            _("严重度"),
            lambda r: r.row.severity,
            kind="status",
            axis="severity",
            sort=lambda r: (SEVERITY_ORDER[r.row.severity], STATE_ORDER.get(r.row.state, 9)),
            phone=3,
        ),
        Column[Watched](
            "signal",
            _("信号"),
            lambda r: r.signal_word,
            sub=lambda r: r.name,
            href=lambda r: reverse("risk:warning", args=[r.row.id]),
            strong=True,
            nowrap=False,
            phone=1,
        ),
        Column[Watched](
            "value",
            _("数值 / 阈值"),
            lambda r: figure(r.row.signal, r.row.unit, r.row.value),
            sub=lambda r: threshold(r.row),
            sort=lambda r: (r.row.unit, r.row.value),
            phone=2,
        ),
        Column[Watched](
            "evidence",
            _("证据"),
            lambda r: r.detail,
            sub=lambda r: _("%(n)s 行单据") % {"n": len(r.row.evidence)} if r.row.evidence else "",
            nowrap=False,
            phone=4,
        ),
        Column[Watched](
            "until",
            _("失效"),
            lambda r: r.row.until_date,
            kind="date",
            sub=lambda r: (
                until_words(r.row) or days_away(r.row.until_date, on=request.business_date)
            ),
        ),
        Column[Watched]("state", _("状态"), lambda r: r.row.state, kind="status", axis="warning"),
        Column[Watched]("owner", _("负责人"), lambda r: owner_words(request, r.owner_ref, people)),
    ]
    if not past:
        columns.append(
            Column[Watched](
                "take",
                _("领取"),
                lambda r: take_cell(request, ("warning", str(r.row.id)), r.owner_ref),
                kind="html",
                sortable=False,
            )
        )
    return columns


def _count(rows: Sequence[Watched], severity: str) -> int:
    return sum(one.row.severity == severity for one in rows)


def _signal_test(signal: str) -> Callable[[Watched], bool]:
    return lambda one: one.row.signal == signal
