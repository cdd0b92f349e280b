"""What the page of one import batch shows: steps, equation, issues by repair, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from scf.access.policy import may
from scf.imports.issues import ISSUES
from scf.imports.queries import BatchFacts, batch_files_list, issues_grouped
from scf.imports.queries_rows import IssueSheet, freshness_of, issue_sheet
from scf.portals.components import CountTerm, Problem, Progress, WizardStep, wizard_steps
from scf.portals.figures import count
from scf.portals.refuse import problem_of
from scf.portals.shell.session import PortalRequest

RUNNING = frozenset({"received", "reading", "checking"})
SHOWN = 8
SEVERITIES = ("error", "warning", "note")  # the order of the page


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """One repair: how many rows need it, and whether it keeps them out."""

    code: str
    severity: str  # axis "severity"
    what: str
    repair: str
    columns: str
    number: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of the raw sheet; ``tone`` err, wrn or empty."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the raw sheet with what is wrong with it."""

    row_no: str
    cells: Sequence[SheetCell]
    says: str


def batch_number(batch: BatchFacts) -> str:
    """B-20260318-12."""
    return f"B-{batch.received_at:%Y%m%d}-{batch.id}"


def freshness_words(*, programme_id: int, href: str = "") -> dict[str, object] | None:
    """The batch that documents are as fresh as: number, instant, and its page where allowed."""
    found = freshness_of(programme_id=programme_id)
    if found is None:
        return None
    return {
        "number": f"B-{found.at:%Y%m%d}-{found.batch_id}",
        "at": found.at,
        "href": href and href.replace("/0/", f"/{found.batch_id}/"),
    }


def issue_words(code: str) -> tuple[str, str]:
    """(what is wrong, what to do); an unknown code shows itself."""
    what, repair = ISSUES.get(code, (code, ""))
    return str(what), str(repair)


def progress_of(batch: BatchFacts, url: str, *, at: datetime) -> Progress:
    """Rows done of rows known, and how fast."""
    seconds = max(int((at - batch.received_at).total_seconds()), 1)
    running = batch.state in RUNNING
    rate = batch.read // seconds if batch.read and seconds < 3600 else None
    return Progress(
        _("正在核对") if batch.state == "checking" else _("正在读取"),
        batch.read,
        batch.rows_known,
        url if running else "",
        rate or None,
    )


def batch_context(request: PortalRequest, batch: BatchFacts, namespace: str) -> dict[str, object]:
    """Everything for templates/imports/batch.html."""
    files = batch_files_list(batch_id=batch.id)
    groups = issue_groups(request, batch)
    chosen = next((one for one in groups if one.current), None)
    offset = request.GET.get("row", "0")
    start = int(offset) if offset.isdecimal() and len(offset) < 8 else 0
    sheet = (
        issue_sheet(batch_id=batch.id, code=chosen.code, offset=start, limit=SHOWN)
        if chosen
        else None
    )
    url = reverse(f"{namespace}:import_progress", args=[batch.id])
    problem = failure_of(batch)
    return {
        "batch": batch,
        "number": batch_number(batch),
        "running": batch.state in RUNNING,
        "progress": progress_of(batch, url, at=request.at),
        "problem": problem,
        "steps": batch_steps(batch, files),
        "whole": CountTerm(_("读到"), batch.read, _("行")),
        "terms": batch_terms(batch),
        "blocks": [one for one in groups if one.severity == "error"],
        "warns": [one for one in groups if one.severity == "warning"],
        "notes": [one for one in groups if one.severity == "note"],
        "chosen": chosen,
        "sheet": sheet,
        "sheet_rows": sheet_rows(sheet) if sheet is not None else [],
        "sheet_first": start + 1,
        "sheet_next": start + SHOWN if sheet is not None and start + SHOWN < sheet.matching else None,
        "sheet_previous": max(start - SHOWN, 0) if start else None,
        "downloads": [
            {
                "name": f"{row['name']} {row['sheet']}".strip(),
                "count": row["quarantined"],
                "href": reverse(f"{namespace}:import_issues", args=[batch.id, row["id"]]),
            }
            for row in files
            if row["quarantined"]
        ],
        "files": files,
        "list_href": reverse(f"{namespace}:imports"),
        "act_href": reverse(f"{namespace}:import_act", args=[batch.id]),
        "may_commit": batch.state == "dry_run" and may(request.actor, "import.commit"),
        "may_undo": batch.state == "committed" and may(request.actor, "import.undo"),
    }  # fmt: skip


def failure_of(batch: BatchFacts) -> Problem | None:
    """Why a set was refused as a whole."""
    if batch.state != "failed":
        return None
    return problem_of(DomainError(batch.failure_code, **batch.failure_facts))


def batch_steps(batch: BatchFacts, files: Sequence[Mapping[str, Any]]) -> list[WizardStep]:
    """1 上传 2 识别 3 对应列 4 检查 5 预演 6 提交, with what each found."""
    labels = [_("上传"), _("识别"), _("对应列"), _("检查"), _("预演"), _("提交")]
    at = {"received": 1, "reading": 1, "failed": 1, "checking": 3, "dry_run": 4}.get(batch.state, 6)
    encodings = _("、").join(dict.fromkeys(row["encoding"] for row in files if row["encoding"]))
    tables = [row["table"] for row in files if row["table"]]
    found = tables[0] if len(tables) == 1 else _("%(n)s 张表") % {"n": count(len(tables))}
    columns = sum(len(row["headers"]) for row in files)
    notes = [
        batch.name[:24],
        f"{encodings} · {found}" if tables else "",
        _("%(n)s 列") % {"n": count(columns)} if columns else "",
        _("%(n)s 行待处理") % {"n": count(batch.quarantined)} if at > 3 else "",
        _("看入库结果") if at == 4 else "",
        _("可整批撤销") if at == 6 else "",
    ]
    return wizard_steps(labels, at=at, notes=notes)


def batch_terms(batch: BatchFacts) -> list[CountTerm]:
    """可入库 + 未变 + 隔离 + 忽略."""
    kept = _("已入库") if batch.state == "committed" else _("可入库")
    return [
        CountTerm(kept, batch.accepted, "", "green"),
        CountTerm(_("未变"), batch.unchanged, _("与上批内容相同")),
        CountTerm(
            _("隔离"), batch.quarantined, _("待处理，不会入库"), "red" if batch.quarantined else ""
        ),
        CountTerm(_("忽略"), batch.ignored, _("空行、说明行等")),
    ]


def issue_groups(request: PortalRequest, batch: BatchFacts) -> list[IssueGroup]:
    """One line a repair, blocking ones first; the one asked for, or the first, is current."""
    found: dict[str, dict[str, Any]] = {}
    for row in issues_grouped(batch_id=batch.id):
        one = found.setdefault(
            row["code"], {"count": 0, "columns": [], "severity": row["severity"]}
        )
        one["count"] += row["count"]
        if row["column"] and row["column"] not in one["columns"]:
            one["columns"].append(row["column"])
    asked = request.GET.get("code", "")
    codes = sorted(
        found, key=lambda code: (SEVERITIES.index(found[code]["severity"]), -found[code]["count"])
    )
    current = asked if asked in found else (codes[0] if codes else "")
    return [
        IssueGroup(
            code=code,
            severity=found[code]["severity"],
            what=issue_words(code)[0],
            repair=issue_words(code)[1],
            columns=_("、").join(found[code]["columns"][:4]),
            number=found[code]["count"],
            href=f"{request.path}?code={code}",
            current=code == current,
        )
        for code in codes
    ]  # fmt: skip


def sheet_rows(sheet: IssueSheet) -> list[SheetRow]:
    """Rows as they came, with the cells that have a problem marked."""
    rows = []
    for row in sheet.rows:
        tones = {one.column: ("err" if one.severity == "error" else "wrn") for one in row.issues}
        cells = [
            SheetCell(str(cell), tones.get(head, ""))
            for head, cell in zip(sheet.headers, row.cells, strict=False)
        ]
        says = [
            f"{one.column}{_('：')}{issue_words(one.code)[0]}"
            if one.column
            else issue_words(one.code)[0]
            for one in row.issues
        ]
        rows.append(SheetRow(count(row.row_no), cells, _("；").join(says)))
    return rows
