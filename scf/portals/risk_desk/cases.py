"""案件: what looks like fraud, who looks into it, how it ended; and the register of the honest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.cases import CaseRow, HonestRow, cases_list, honest_list
from risk.queries.desk_items import SEVERITY_ORDER
from risk.queries.ownership import owners_map
from scf.network.values import Role
from scf.portals.axes import AXES
from scf.portals.components import Empty, Figure, figure_count, figure_money
from scf.portals.risk_desk.item_words import CASE_OUTCOMES, case_kind, codes_said
from scf.portals.risk_desk.taking import owner_words, take_cell
from scf.portals.risk_desk.words import user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with its owner and its age on the business date."""

    case: CaseRow
    owner_ref: str
    owner: str
    days: int

    @property
    def firms(self) -> str:
        """Its firms, the first two by name."""
        names = [name for _ref, name in self.case.parties]
        more = _(" 等 %(n)s 家") % {"n": len(names)} if len(names) > 2 else ""
        return _("、").join(names[:2]) + more


@portal_view(role=Role.RISK)
def cases(request: PortalRequest) -> HttpResponse:
    """All cases, the live and severe ones first."""
    book = request.programme.book
    lines = sorted(
        case_lines(request, cases_list(programme_ref=book)),
        key=lambda one: (
            one.case.state == "closed",
            SEVERITY_ORDER[one.case.severity],
            -one.case.amount_minor,
        ),
    )
    live = [one for one in lines if one.case.state != "closed"]
    honest = honest_list(programme_ref=book)
    return page(
        request,
        "risk/cases.html",
        {
            "live": len(live),
            "figures": _figures(live, lines),
            "cases": cases_table(lines, request),
            "honest": honest_table(honest, {one.case.id: one for one in lines}),
            "has_honest": bool(honest),
        },
    )


def case_lines(request: PortalRequest, rows: Sequence[CaseRow]) -> list[CaseLine]:
    """Cases with their owners in words."""
    keys = [("case", row.id) for row in rows]
    owners = owners_map(programme_ref=request.programme.book, keys=keys)
    names = user_words(owner.owner_ref for owner in owners.values())
    lines = []
    for row in rows:
        found = owners.get(("case", row.id))
        ref = found.owner_ref if found else ""
        until = row.closed_at.date() if row.closed_at else request.business_date
        days = max((until - row.opened_date).days, 0)
        lines.append(CaseLine(row, ref, owner_words(request, ref, names), days))
    return lines


def _figures(live: Sequence[CaseLine], lines: Sequence[CaseLine]) -> list[Figure]:
    fraud = sum(one.case.outcome == "confirmed_fraud" for one in lines)
    unit = _("件")
    return [
        figure_money(_("在办金额"), sum(one.case.amount_minor for one in live)),
        figure_count(_("无人负责"), sum(not one.owner_ref for one in live), unit=unit),
        figure_count(_("结案等复核"), sum(bool(one.case.pending_by) for one in live), unit=unit),
        figure_count(_("已确认欺诈"), fraud, unit=unit),
    ]


def cases_table(lines: Sequence[CaseLine], request: PortalRequest) -> Table[CaseLine]:
    """One line a case; 领取 in the row."""
    states = AXES["case"]
    return Table(
        id="cases",
        rows=lines,
        export="cases",
        columns=_columns(request),
        chips=[
            Chip("", _("在办"), lambda r: r.case.state != "closed"),
            Chip("all", _("全部"), lambda _r: True),
            Chip("mine", _("我负责的"), lambda r: r.owner_ref == request.actor.ref),
            Chip("unowned", _("无人负责"), lambda r: r.case.state != "closed" and not r.owner_ref),
            *(Chip(key, states[key].text, _state_test(key)) for key in ("open", "investigating")),
            Chip("waits", _("结案等复核"), lambda r: bool(r.case.pending_by)),
            Chip("closed", states["closed"].text, _state_test("closed")),
        ],
        picks=[
            Pick("kind", _("类型"), lambda r: str(case_kind(r.case.kind))),
            Pick("outcome", _("结论"), lambda r: str(CASE_OUTCOMES.get(r.case.outcome, ""))),
        ],
        search=lambda r: (r.case.number, *(name for _ref, name in r.case.parties)),
        search_hint=_("案件号 / 企业"),
        empty=Empty(
            _("没有可疑案件"),
            _("每次评估发现重复融资、循环交易、套现、虚假发货等，会自动立案"),
            reverse("risk:home"),
            _("回到队列"),
        ),
    )


def _columns(request: PortalRequest) -> list[Column[CaseLine]]:
    """What the list shows of a case."""
    return [
        Column(
            "case",
            _("案件"),
            lambda r: r.case.number,
            sub=lambda r: r.firms,
            href=lambda r: reverse("risk:case", args=[r.case.id]),
            strong=True,
            nowrap=False,
            phone=1,
        ),
        Column(
            "kind",
            _("类型"),
            lambda r: str(case_kind(r.case.kind)),
            sub=lambda r: codes_said(r.case.facts),
            nowrap=False,
            phone=4,
        ),
        Column(
            "severity",
            _("严重度"),
            lambda r: r.case.severity,
            kind="status",
            axis="severity",
            sort=lambda r: SEVERITY_ORDER[r.case.severity],
        ),
        Column("amount", _("金额"), lambda r: r.case.amount_minor, kind="money", phone=2),
        Column("evidence", _("证据"), lambda r: r.case.evidence, kind="count"),
        Column(
            "state",
            _("状态"),
            lambda r: r.case.state,
            kind="status",
            axis="case",
            note=_state_note,
            phone=3,
        ),
        Column("owner", _("负责人"), lambda r: r.owner),
        Column("days", _("天数"), lambda r: r.days, kind="count"),
        Column(
            "take",
            _("操作"),
            lambda r: (
                take_cell(request, ("case", str(r.case.id)), r.owner_ref)
                if r.case.state != "closed"
                else None
            ),
            kind="html",
            sortable=False,
        ),
    ]


def _state_note(line: CaseLine) -> str:
    if line.case.pending_by:
        return _("等复核")
    return str(CASE_OUTCOMES.get(line.case.outcome, ""))


def _state_test(state: str) -> Callable[[CaseLine], bool]:
    return lambda line: line.case.state == state


def honest_table(rows: Sequence[HonestRow], lines: Mapping[int, CaseLine]) -> Table[HonestRow]:
    """What two people found honest, and up to which sum it stays quiet."""
    names = user_words(ref for row in rows for ref in (row.maker_ref, row.checker_ref))
    return Table(
        id="honest",
        prefix="h.",
        rows=rows,
        export="known-honest",
        columns=[
            Column(
                "firms",
                _("企业"),
                lambda r: lines[r.case_id].firms,
                sub=lambda r: str(case_kind(r.kind)),
                href=lambda r: reverse("risk:case", args=[r.case_id]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column("amount", _("当时金额"), lambda r: r.amount_minor, kind="money"),
            Column("quiet", _("不再提示至"), lambda r: r.quiet_to_minor, kind="money", phone=2),
            Column("reason", _("理由"), lambda r: r.reason, nowrap=False, phone=4),
            Column(
                "eyes",
                _("提出 / 复核"),
                lambda r: f"{names.get(r.maker_ref, '')} / {names.get(r.checker_ref, '')}",
                phone=3,
            ),
            Column("since", _("自"), lambda r: r.since_at, kind="moment"),
        ],
        empty=Empty(_("还没有登记")),
    )
