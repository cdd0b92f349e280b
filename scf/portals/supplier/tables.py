"""The supplier's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from scf.portals.components import Empty
from scf.portals.dates import days_away
from scf.portals.shell.session import PortalRequest
from scf.portals.supplier.board import DIFFERENT, ENDED, FUNDED, WAITING, Line
from scf.portals.tables import Chip, Column, Pick, Select, Table


def line_href(line: Line) -> str:
    """The page of one receivable."""
    return reverse("supplier:receivable", args=[line.id])


def receivables_table(
    lines: Sequence[Line],
    request: PortalRequest,
    *,
    table_id: str = "receivables",
    with_ended: bool = False,
    select: Select[Line] | None = None,
) -> Table[Line]:
    """发票, 付款主体, 面额, 到期日, 状态, 今日可得, with the states as chips."""
    chips: list[Chip[Line]] = [
        Chip("", _("全部"), lambda r: True),
        Chip("ready", _("可出让"), lambda r: r.is_ready),
        Chip("waiting", _("等待中"), lambda r: r.state in WAITING),
        Chip("funded", _("已放款"), lambda r: r.state in FUNDED),
        Chip("different", _("有差异"), lambda r: r.state in DIFFERENT),
    ]
    if with_ended:
        chips.append(Chip("ended", _("已了结"), lambda r: r.state in ENDED))
    return Table(
        id=table_id,
        rows=lines,
        export="receivables",
        total_label=_("合计"),
        columns=receivable_columns(request),
        chips=chips,
        picks=[
            Pick("obligor", _("付款主体"), lambda r: r.obligor_name),
            Pick(
                "month", _("到期月份"), lambda r: r.due_date.isoformat()[:7] if r.due_date else ""
            ),
        ],
        search=lambda r: (r.number, r.item_name, r.obligor_name),
        search_hint=_("发票号 / 品名 / 付款主体"),
        select=select,
        empty=empty_text(lines),
    )


def receivable_columns(request: PortalRequest) -> list[Column[Line]]:
    """The columns that every list of receivables has."""
    return [
        Column(
            "number",
            _("发票 / 品名"),
            lambda r: r.number,
            sub=lambda r: r.item_name,
            href=line_href,
            strong=True,
            phone=1,
        ),
        Column("obligor", _("付款主体"), lambda r: r.obligor_name, nowrap=False),
        Column(
            "face",
            _("可融资面额"),
            lambda r: r.amount_minor or None,
            kind="money",
            total=True,
            phone=4,
        ),
        Column(
            "due",
            _("到期日"),
            lambda r: r.due_date,
            kind="date",
            sub=lambda r: days_away(r.due_date, on=request.business_date) if r.due_date else "",
        ),
        Column(
            "state",
            _("状态"),
            lambda r: r.state,
            kind="status",
            axis="receivable",
            note=lambda r: "" if r.state in DIFFERENT else r.note,
            sub=lambda r: (r.note or r.why) if r.state in DIFFERENT else "",
            phone=3,
        ),
        Column(
            "today",
            _("今日可得"),
            lambda r: r.today_minor,
            kind="money",
            strong=True,
            total=True,
            phone=2,
        ),
    ]


def ready_select(form: str, *, checked: Callable[[Line], bool]) -> Select[Line]:
    """Check boxes that put receivables into the basket."""
    return Select(
        "receivable",
        form,
        lambda r: r.id,
        label=lambda r: _("选择 %(number)s") % {"number": r.number},
        enabled=lambda r: r.is_ready,
        checked=checked,
    )


def empty_text(lines: Sequence[Line]) -> Empty:
    """Why there is nothing to sell: the newest one that lacks something, and who has it."""
    lacking = next((line for line in lines if line.state in DIFFERENT), None)
    if lacking is None:
        return Empty(
            _("还没有可出让的应收款"),
            _("核心企业的订单、收货和发票导入后，会自动出现在这里。"),
            reverse("supplier:imports"),
            _("看最近的导入"),
            "package",
        )
    return Empty(
        _("还没有可出让的应收款"),
        _("最近一笔 %(number)s：%(why)s")
        % {"number": lacking.number, "why": lacking.why or lacking.note},
        line_href(lacking),
        _("看缺什么"),
        "package",
    )
