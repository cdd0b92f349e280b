"""企业报告: who changed since the run before, and the gate that stands today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.queries.changes import VerdictBefore, verdicts_before
from risk.queries.gates import GateState, gates_get
from risk.queries.reports import ReportRow, report_latest, reports_list, run_latest
from scf.network.queries import parties_get
from scf.network.values import Role, party_ref, ref_id
from scf.portals.axes import AXES
from scf.portals.components import Empty
from scf.portals.dates import days_away
from scf.portals.risk_desk.words import FIRM_ROLES
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table

WORST = ("DISTRESS", "ABSTAIN", "OVERTRADING", "STEADY", "EXPANSION")
CHANGES = ("worse", "better", "new", "same")


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm's latest report, the one before it, and its gate on the business date."""

    report: ReportRow
    gate: GateState
    before: VerdictBefore | None
    sector: str

    @property
    def until(self) -> date | None:
        return self.gate.until

    @property
    def change(self) -> str:
        """worse, better, same; new for a firm that was assessed once."""
        if self.before is None:
            return "new"
        then, now = WORST.index(self.before.verdict), WORST.index(self.report.verdict)
        return "worse" if now < then else "better" if now > then else "same"


@portal_view(role=Role.RISK)
def reports(request: PortalRequest) -> HttpResponse:
    """All firms, those whose verdict changed first."""
    firms = sorted(firm_rows(request), key=_urgency)
    changes = [firm.change for firm in firms]
    return page(
        request,
        "risk/reports.html",
        {
            "firms": len(firms),
            "closed": sum(not firm.gate.passed for firm in firms),
            "worse": changes.count("worse"),
            "better": changes.count("better"),
            "run": run_latest(programme_ref=request.programme.book),
            "reports": reports_table(firms, request),
        },
    )


def firm_rows(request: PortalRequest) -> list[FirmRow]:
    """Every firm's latest report beside what it was before, in five queries."""
    book = request.programme.book
    rows = reports_list(programme_ref=book)
    refs = [row.party_ref for row in rows]
    gates = gates_get(programme_ref=book, party_refs=refs, on=request.business_date)
    before = verdicts_before(programme_ref=book)
    known = parties_get(party_ids=[ref_id(ref) for ref in refs])
    return [
        FirmRow(
            row,
            gates[row.party_ref],
            before.get(row.party_ref),
            known[ref_id(row.party_ref)].sector if ref_id(row.party_ref) in known else "",
        )
        for row in rows
    ]


def _urgency(firm: FirmRow) -> tuple[int, int, int]:
    """Who changed first, for the worse before for the better; then the worst, the largest."""
    row = firm.report
    return (CHANGES.index(firm.change), WORST.index(row.verdict), -row.seen_sales_minor)


@portal_view(role=Role.RISK)
def firm(request: PortalRequest, party_id: int) -> HttpResponse:
    """A firm's latest report; raises ``risk.report_missing`` where there is none."""
    ref = party_ref(party_id)
    found = report_latest(programme_ref=request.programme.book, party_ref=ref)
    if found is None:
        raise DomainError("risk.report_missing", party=ref, date=request.business_date.isoformat())
    return redirect("risk:report", report_id=found.id)


def reports_table(rows: Sequence[FirmRow], request: PortalRequest) -> Table[FirmRow]:
    """One line a firm."""
    words, changes = AXES["verdict"], AXES["verdict_change"]
    return Table(
        id="reports",
        rows=rows,
        export="risk-reports",
        columns=[*_verdict_columns(), *_standing_columns(request.business_date)],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("changed", _("结论变了"), lambda r: r.change in ("worse", "better")),
            Chip("worse", changes["worse"].text, lambda r: r.change == "worse"),
            Chip("better", changes["better"].text, lambda r: r.change == "better"),
            *(Chip(word, words[word].text, _verdict_test(word)) for word in WORST),
        ],
        picks=[
            Pick("role", _("角色"), lambda r: str(FIRM_ROLES.get(r.report.party_role, ""))),
            Pick("sector", _("行业"), lambda r: r.sector),
        ],
        search=lambda r: (r.report.party_name,),
        search_hint=_("企业"),
        empty=Empty(
            _("还没有报告"),
            _("导入单据后运行一次评估，每家企业会有一份报告"),
            reverse("risk:home"),
            _("去评估"),
            icon="report-search",
        ),
    )


def _verdict_columns() -> list[Column[FirmRow]]:
    """Who, what is said now, what was said before."""
    return [
        Column(
            "firm",
            _("企业"),
            lambda r: r.report.party_name,
            sub=lambda r: str(FIRM_ROLES.get(r.report.party_role, r.report.party_role)),
            href=lambda r: reverse("risk:report", args=[r.report.id]),
            strong=True,
            nowrap=False,
            phone=1,
        ),
        Column(
            "verdict",
            _("结论"),
            lambda r: r.report.verdict,
            kind="status",
            axis="verdict",
            sort=lambda r: WORST.index(r.report.verdict),
            phone=3,
        ),
        Column(
            "before",
            _("上次结论"),
            lambda r: r.before.verdict if r.before else None,
            kind="status",
            axis="verdict",
            sort=lambda r: WORST.index(r.before.verdict) if r.before else None,
        ),
        Column(
            "change",
            _("变化"),
            lambda r: r.change,
            kind="status",
            axis="verdict_change",
            href=_compare_href,
            sort=lambda r: CHANGES.index(r.change),
        ),
    ]


def _standing_columns(on: date) -> list[Column[FirmRow]]:
    """What follows from it, and how sure it is."""
    return [
        Column("gate", _("准入"), lambda r: r.gate.outcome, kind="status", axis="gate"),
        Column("reconciled", _("三流核对率"), lambda r: r.report.reconciled_ppm, kind="rate"),
        Column(
            "sales",
            _("可见销售（12 个月）"),
            lambda r: r.report.seen_sales_minor,
            kind="money",
            phone=2,
        ),
        Column("findings", _("严重发现"), lambda r: r.report.findings_high, kind="count"),
        Column(
            "until",
            _("准入至"),
            lambda r: r.until,
            kind="date",
            sub=lambda r: days_away(r.until, on=on) if r.until else "",
            phone=4,
        ),
        Column("sector", _("行业"), lambda r: r.sector, nowrap=False),
        Column("as_of", _("评估日"), lambda r: r.report.as_of, kind="date"),
    ]


def _compare_href(firm: FirmRow) -> str:
    """What changed, where there is something to compare with."""
    if firm.before is None:
        return ""
    address = reverse("risk:compare", args=[firm.report.id])
    return f"{address}?with={firm.before.report_id}"


def _verdict_test(word: str) -> Callable[[FirmRow], bool]:
    return lambda firm: firm.report.verdict == word
