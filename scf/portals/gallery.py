"""Every component with sample values, on one page. Only there when DEBUG is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpResponse

from ledger.errors import DomainError
from scf.portals import charts
from scf.portals import components as parts
from scf.portals.axes import AXES
from scf.portals.forms import ActionForm, ConsentField, DayField, MoneyField, UnitsField
from scf.portals.preview import Difference
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Select, Table

TODAY = date(2026, 3, 18)
AT = datetime(2026, 3, 18, 1, 40, tzinfo=UTC)
DIGEST = "7c1e90b2f3a4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3ca94f"


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the sample table."""

    number: str
    goods: str
    obligor: str
    face_minor: int
    due_date: date
    state: str
    note: str
    today_minor: int | None


SAMPLES = [
    Sample("INV-2603-0418", "冰箱门体注塑件", "沧澜制冷", 100000000, date(2026, 6, 16), "ready", "", 93581346),
    Sample("INV-2603-0391", "洗衣机内筒支架", "沧澜洗涤", 68450000, date(2026, 6, 2), "ready", "", 64209682),
    Sample("INV-2603-0377", "冷柜抽屉组件", "沧澜制冷", 51230000, date(2026, 5, 28), "ready", "", 48093803),
    Sample("INV-2602-0312", "空调面板", "沧澜空调", 80000000, date(2026, 5, 20), "matched", "", None),
    Sample("INV-2603-0402", "冷柜抽屉组件", "沧澜制冷", 28600000, date(2026, 6, 10), "awaiting_receipt", "120", None),
    Sample("INV-2603-0405", "=HYPERLINK()", "沧澜制冷", -2600, date(2026, 3, 12), "duplicate", "", None),
]  # fmt: skip


class SampleForm(ActionForm):
    """A form with one of each field."""

    units = UnitsField(high=18_200)
    amount = MoneyField()
    day = DayField(required=False, help_text="2026-03-18")
    agree = ConsentField()


def sample_table() -> Table[Sample]:
    """The supplier's table with chips, search, boxes and totals."""
    return Table(
        id="samples",
        rows=SAMPLES,
        order="due",
        export="samples",
        total_label="合计",
        columns=[
            Column("number", "发票 / 品名", lambda r: r.number, sub=lambda r: r.goods, href=lambda r: "#", strong=True, phone=1),
            Column("obligor", "付款主体", lambda r: r.obligor),
            Column("face", "可融资面额", lambda r: r.face_minor, kind="money", total=True, phone=4),
            Column("due", "到期日", lambda r: r.due_date, kind="date"),
            Column("state", "状态", lambda r: r.state, kind="status", axis="match", note=lambda r: r.note, phone=3),
            Column("today", "今日可得", lambda r: r.today_minor, kind="money", strong=True, total=True, phone=2),
        ],
        chips=[
            Chip("", "全部", lambda r: True),
            Chip("ready", "可出让", lambda r: r.state == "ready"),
            Chip("other", "有差异", lambda r: r.state in ("awaiting_receipt", "duplicate")),
        ],
        picks=[Pick("obligor", "付款主体", lambda r: r.obligor)],
        search=lambda r: (r.number, r.goods, r.obligor),
        search_hint="发票号 / 付款主体",
        select=Select(
            "receivable",
            "basket",
            lambda r: r.number,
            label=lambda r: r.number,
            enabled=lambda r: r.state == "ready",
            checked=lambda r: r.today_minor is not None,
        ),
    )  # fmt: skip


WEEKS = "3/18 3/25 4/1 4/8 4/15 4/22 4/29 5/6 5/13 5/20 5/27 6/3 6/10".split()
BEFORE = [0, 23, 0, 0, 18, 0, 0, 0, 59, 41, 512, 685, 1000]
AFTER = [2059, 23, 0, 0, 18, 0, 0, 0, 59, 41, 26, 34, 50]
FLOW = [-50000000, 14068156, 6627825, 6172227, 3841470, 19838888]
MONTHS = "25-10 25-11 25-12 26-01 26-02 26-03 26-04 26-05 26-06 26-07 26-08 26-09".split()
ORDERS = [262, 281, 300, 286, 272, 276, 291, 318, 262, 214, 300, 322]
CASH = [226, 240, 256, 268, 262, 244, 236, 240, 252, 190, 192, 196]
LOSSES = [1200, 2600, 2300, 1500, 900, 520, 300, 170, 90, 40, 20, 8]


def _bars() -> dict[str, object]:
    before = [one * 100_000 for one in BEFORE]
    after = [one * 100_000 for one in AFTER]
    running = [sum(FLOW[: index + 1]) for index in range(len(FLOW))]
    return {
        "bars": charts.bars_chart(
            id="c-bars",
            label="未来 13 周到账",
            periods=WEEKS,
            series=[
                charts.Bars("按原账期", before, "grey"),
                charts.Bars("若今日出让", after, "water"),
            ],
        ),
        "flow": charts.bars_chart(
            id="c-flow",
            label="现金流",
            periods=["03-23", "05-20", "05-28", "06-02", "06-10", "06-16"],
            series=[charts.Bars("本金与利息", FLOW, "water", show_values=True)],
            running=("累计净额", running),
            height="m",
        ),
        "histogram": charts.histogram_chart(
            id="c-hist",
            label="损失分布",
            bins=[f"{index / 2:.1f}%" for index in range(12)],
            values=LOSSES,
            marks=[(2, "预期"), (9, "99%")],
        ),
    }


def _lines() -> dict[str, object]:
    orders = [one * 10**6 for one in ORDERS]
    return {
        "lines": charts.lines_chart(
            id="c-lines",
            label="四流走势",
            periods=MONTHS,
            lines=[
                charts.Line("订单", orders, "ink"),
                charts.Line("发货", [one - 9 * 10**6 for one in orders], "water"),
                charts.Line("发票", [one - 4 * 10**6 for one in orders], "amber"),
                charts.Line("回款", [one * 10**6 for one in CASH], "blue", dashed=True),
            ],
            gaps=[(7, 11, "回款落后于发票")],
        ),
        "steps": charts.steps_chart(
            id="c-steps",
            label="余额",
            today=date(2026, 4, 17),
            areas=[
                charts.Area(
                    "未提货余额",
                    [(date(2026, 3, 3), 200000000), (date(2026, 4, 17), 200000000)],
                    "light",
                ),
                charts.Area(
                    "计划",
                    [
                        (date(2026, 4, 17), 120000000),
                        (date(2026, 6, 1), 50000000),
                        (date(2026, 7, 1), 0),
                    ],
                    "mid",
                    planned=True,
                ),
            ],
        ),
    }


def _shapes() -> dict[str, object]:
    return {
        "stack": [
            charts.Part("本金", 526700000, "water"),
            charts.Part("利息", 5778601, "mid"),
            charts.Part("缓冲", 28071399, "pale"),
        ],
        "bullets": [
            charts.Bullet("北屿线束", 386000000, 600000000, "386 / 600 万"),
            charts.Bullet("沧澜集团（合并）", 881000000, 900000000, "8.81 / 9.00 亿"),
        ],
        "strip": charts.strip_make(values=(10, 30, 45, 61, 90), value=96, label="P91", out=True),
    }


def sample_parts() -> dict[str, object]:
    """One of each component that is not a chart, table or form."""
    source = parts.Lineage(
        formula="min(1,012,000.00，1,000,000.00) − 0.00", source="MSEG_20260317.csv · GB18030 · 1,204",
        batch="B-20260317-05 · 梁溪 · 03-17 21:06", digest=DIGEST,
        heads=("G MENGE", "H DMBTR", "I WAERS"),
        rows=(("1203", "4,000", "320000.00", "CNY"), ("1204", "12,500", "1000000.00", "CNY")), hit=(1, 1),
    )  # fmt: skip
    return {
        "figures": [
            parts.figure_money("未到期应收", 529980000, note="8 笔 · 3 个付款主体", lineage=source),
            parts.figure_money("等待中", 200000000, note="确权 1 笔 · 募集 1 笔"),
            parts.Figure("全年化成本", "6.11", unit="%", note="利息 + 平台费，单利"),
            parts.figure_count("逾期", 2, tone="red", note="最久 6 天"),
        ],
        "needs": [
            parts.Need("报价 Q-0418 今日 18:00 失效", "INV-2603-0418 · 935,813.46", "#", icon="clock-hour-4"),
            parts.Need("收货差 120 件", "INV-2603-0402 · 286,000.00", "#", "补单据", icon="package"),
            parts.Need("付错对象", "238,400.00", "#", icon="alert-triangle", tone="red"),
        ],
        "timeline_steps": [
            parts.Step("报送银行", "done", AT, "pain.001 / 0318-04 · 沈越、周衡"),
            parts.Step("确权迟 1 天", "late", date(2026, 3, 17), "沧澜制冷 · 陆青", "#", "催一下"),
            parts.Step("待银行结果", "now", TODAY, "结果未知时不会重付"),
            parts.Step("到账", "future", AT),
        ],
        "receipt": [
            parts.receipt_line("面额", 100000000),
            parts.receipt_line("稀释保留 5%", -5000000, note="退货、折让从这里扣；到期按实返还"),
            parts.receipt_line("投资人利息 5.50% × 90 天", -1270997, note="937,200.00 × 5.50% × 90 ÷ 365"),
            parts.receipt_line("今日可得", 93581346, kind="total"),
            parts.receipt_line("06-16 返尾款", 5009003, kind="plain", signed=True),
        ],
        "what": parts.Consequences(
            legs=(
                parts.leg_money("银行未分配款", "2603-05 回款户", 100000000, debit_note="unallocated", credit_note="collection"),
                parts.leg_units("投资人份额", "份额发行户", 9372),
            ),
            changes=(parts.balance_change("未分配款", 123840000, 23840000), parts.BalanceChange("投资人可用", "6,412,008.11", "7,361,918.08", previewed="6,400,000.00")),
            undo="可撤销：用反向凭证，原账不动",
        ),
        "eyes": parts.four_eyes(maker="沈越", made_at=AT, reader="周衡", checker="", rule="单人 5 万以上须双人", reader_is_maker=False),
        "problem": problem_of(DomainError("access.own_work"), reference="3f9a1c20"),
        "differences": [Difference("u", "未分配款", "1,238,400.00", "1,138,400.00")],
        "empty": parts.Empty("还没有可出让的应收款", "最近一笔 INV-2603-0402 等收货 120 件", "#", "问沧澜仓库", "package"),
        "progress": parts.Progress("正在核对", 28410, 42186, rate=9200),
        "wizard": parts.wizard_steps(["上传", "识别", "对应列", "检查", "预演", "提交"], at=3, notes=["MSEG_20260317.csv", "GB18030"]),
        "whole": parts.CountTerm("读到", 42186, "行"),
        "terms": [parts.CountTerm("可入库", 41730, "", "green"), parts.CountTerm("未变", 402), parts.CountTerm("隔离", 32, "", "red"), parts.CountTerm("忽略", 22)],
        "checks": [parts.Check("托管户 = 应付客户", "ok", "9,318,442.06 = 9,318,442.06"), parts.Check("待复核付款", "wait", value="2"), parts.Check("未分配流水", "block", value="8", href="#", link="去处理")],
        "reasons": [parts.Reason("订单", "+31.4%", "≥ +10%"), parts.Reason("应收周转变慢", "DSO +24", "≥ +20", "n"), parts.Reason("逾期占比", "9.1%", "≤ 5%", "x")],
        "account": parts.TAccount("认购冻结", "CNY", "hold", (("交割", "937,200.00", True),), (("认购", "937,200.00", False),), "0.00"),
    }  # fmt: skip


@portal_view(role=None, post=True)
def components(request: PortalRequest) -> HttpResponse:
    """The gallery; posting validates the sample form."""
    form = SampleForm(request.POST or None)
    for name, label in (
        ("units", "份数"),
        ("amount", "金额"),
        ("day", "日期"),
        ("agree", "已阅条款书"),
    ):
        form.fields[name].label = label
    return page(
        request,
        "gallery.html",
        {
            **sample_parts(),
            **_bars(),
            **_lines(),
            **_shapes(),
            "samples": sample_table(),
            "form": form,
            "axes": [(axis, list(states)) for axis, states in AXES.items()],
            "today": TODAY,
        },
    )
