"""Chart and tables of a stress run's result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from risk.queries.stress import StressRow
from scf.network.values import ref_id
from scf.portals.charts import Chart, histogram_chart
from scf.portals.components import Empty, Figure, figure_money
from scf.portals.figures import money_compact, percent, short_hash
from scf.portals.risk_desk.stress_words import scenario_words
from scf.portals.tables import Column, Table

Result = Mapping[str, Any]
Line = Mapping[str, Any]


def loss_figures(result: Result) -> list[Figure]:
    """Expected, 99%, the worst hundredth, and who gets less than the principal."""
    losses, investors = result["losses"], result["investors"]
    return [
        figure_money(
            _("预期损失"),
            losses["expected_minor"],
            note=_("%(share)s%% 的模拟没有损失") % {"share": percent(losses["without_ppm"], 1)},
        ),
        figure_money(_("99% 损失"), losses["p99_minor"], note=_("一百次里最多一次比这更坏")),
        figure_money(_("最坏 1% 的平均"), losses["tail_mean_minor"]),
        Figure(
            _("收不回本金的投资人"),
            f"{percent(investors['below_mean_ppm'], 1)}%",
            note=_("最坏的百分之一里 %(share)s%%")
            % {"share": percent(investors["below_tail_ppm"], 1)},
        ),
    ]


def loss_chart(result: Result) -> Chart | None:
    """How often which loss occurs; draws without any are told in words, since they would
    dwarf the rest. None where nothing is ever lost."""
    edges, draws = result["histogram"]["edges"][1:], result["histogram"]["draws"][1:]
    if not edges:
        return None
    width, losses = result["histogram"]["width_minor"], result["losses"]
    marks = [
        (min(max(-(-losses[field] // width) - 1, 0), len(edges) - 1), words)
        for field, words in (("expected_minor", _("预期")), ("p99_minor", "99%"))
        if losses[field] > 0
    ]
    return histogram_chart(
        id="loss",
        label=_("损失分布：有损失的模拟次数"),
        bins=[f"≤ {money_compact(edge)}" for edge in edges],
        values=draws,
        marks=marks,
        height="m",
        first=_("损失"),
    )


def contributors_table(result: Result) -> Table[Line]:
    """Who the losses come from, the largest part of the worst hundredth first."""
    return Table(
        id="contributors",
        prefix="k.",
        rows=result["contributors"],
        export="stress-contributors",
        columns=[
            Column("name", _("付款集团"), lambda r: r["name"], strong=True, nowrap=False, phone=1),
            Column("pd", _("年违约率"), lambda r: r["pd_ppm"], kind="rate", phone=3),
            Column("principal", _("本金"), lambda r: r["principal_minor"], kind="money"),
            Column("expected", _("预期损失"), lambda r: r["expected_minor"], kind="money", phone=4),
            Column("tail", _("最坏 1% 平均"), lambda r: r["tail_mean_minor"], kind="money"),
            Column(
                "fails",
                _("若其违约"),
                lambda r: r["if_fails_minor"],
                kind="money",
                strong=True,
                phone=2,
            ),
        ],
        empty=Empty(_("没有付款集团")),
    )


def products_table(result: Result) -> Table[Line]:
    """Every product with its own losses."""
    return Table(
        id="products",
        prefix="p.",
        rows=result["products"],
        export="stress-products",
        columns=[
            Column("number", _("产品"), lambda r: r["number"], strong=True, phone=1),
            Column(
                "principal", _("本金"), lambda r: r["principal_minor"], kind="money", total=True
            ),
            Column("buffer", _("缓冲"), lambda r: r["buffer_minor"], kind="money", total=True),
            Column("chance", _("违约机会"), lambda r: r["default_ppm"], kind="rate", phone=3),
            Column(
                "expected",
                _("预期损失"),
                lambda r: r["expected_minor"],
                kind="money",
                total=True,
                phone=4,
            ),
            Column("p99", _("99% 损失"), lambda r: r["p99_minor"], kind="money"),
            Column(
                "fails",
                _("若付款人违约"),
                lambda r: r["if_fails_minor"],
                kind="money",
                strong=True,
                phone=2,
            ),
        ],
        search=lambda r: (r["number"],),
        search_hint=_("产品"),
        empty=Empty(_("没有产品")),
    )


def gaps_table(result: Result) -> Table[Line]:
    """When which product cannot pay in full, the earliest first."""
    numbers = {one["ref"]: one["number"] for one in result["products"]}
    return Table(
        id="gaps",
        prefix="g.",
        rows=result["gaps"],
        export="stress-shortfalls",
        columns=[
            Column(
                "on", _("付款日"), lambda r: date.fromisoformat(r["on_date"]), kind="date", phone=3
            ),
            Column("product", _("产品"), lambda r: numbers[r["ref"]], strong=True, phone=1),
            Column("needed", _("应付"), lambda r: r["needed_minor"], kind="money", total=True),
            Column(
                "short",
                _("当日缺口"),
                lambda r: r["short_minor"],
                kind="money",
                strong=True,
                total=True,
                phone=2,
            ),
            Column(
                "covered",
                _("补足日"),
                lambda r: date.fromisoformat(r["covered_date"]) if r["covered_date"] else None,
                kind="date",
                phone=4,
            ),
            Column("never", _("始终缺"), lambda r: r["never_minor"], kind="money", total=True),
        ],
        empty=Empty(_("按这个情景，没有产品会缺钱"), _("每只产品的付款日都有足够的钱到账")),
    )


def cascade_table(result: Result) -> Table[Line]:
    """The firms that the shock reaches, the hardest hit first."""
    return Table(
        id="cascade",
        prefix="h.",
        rows=result["cascade"]["firms"],
        export="stress-cascade",
        columns=[
            Column(
                "name",
                _("企业"),
                lambda r: r["name"],
                href=lambda r: reverse("risk:firm", args=[ref_id(r["ref"])]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column("loss", _("产出损失"), lambda r: r["loss_ppm"], kind="rate", phone=2),
            Column("before", _("原违约率"), lambda r: r["pd_before_ppm"], kind="rate"),
            Column("after", _("冲击后违约率"), lambda r: r["pd_after_ppm"], kind="rate", phone=3),
        ],
        empty=Empty(_("这个情景不经由供应链传导")),
    )


def runs_table(rows: Sequence[StressRow], names: Mapping[str, str]) -> Table[StressRow]:
    """Earlier runs, the newest first; each with its seed and snapshot."""
    return Table(
        id="runs",
        prefix="r.",
        rows=rows,
        export="stress-runs",
        columns=[
            Column(
                "scenario",
                _("情景"),
                lambda r: scenario_words(r.scenario, name=names.get(r.scenario.party_ref, "")),
                sub=lambda r: names.get(r.by_ref, r.by_ref),
                href=lambda r: reverse("risk:stress_run", args=[r.id]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column("at", _("发起"), lambda r: r.requested_at, kind="moment", phone=4),
            Column("seed", _("种子"), lambda r: str(r.scenario.seed), phone=2),
            Column(
                "snapshot",
                _("快照"),
                lambda r: short_hash(r.snapshot_hash) if r.snapshot_hash else "",
            ),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="work", phone=3),
        ],
        empty=Empty(_("还没有做过压力测试"), _("选一个情景，点运行")),
    )
