"""The pictures of a report, each with the table behind it."""

from typing import Any

from django.utils.translation import override

from scf.portals.risk_desk.report_charts import (
    break_lines,
    flows_chart,
    graph_chart,
    measure_lines,
)


def node(
    name: str, side: str, role: str, ref: str | None = "party:5", n: int = 1
) -> dict[str, Any]:
    return {
        "ref": ref,
        "name": name,
        "role": role,
        "side": side,
        "rank": 1,
        "count": n,
        "total_minor": 100_000,
        "disputed": False,
    }


def payload(**changed: Any) -> dict[str, Any]:
    return {"as_of": "2026-03-18", "party": {"name": "北屿线束"}, **changed}


GRAPH = {
    "invoice": {
        "nodes": [
            node("沧澜制冷", "buyer", "obligor"),
            node("白榆电子", "supplier", "supplier"),
            node("白榆电子", "buyer", "distributor"),
            node("", "supplier", "", ref=None, n=8),
        ]
    }
}


def test_a_firm_on_both_sides_and_the_others_have_names_of_their_own() -> None:
    with override("zh-hans"):
        chart = graph_chart(payload(graph=GRAPH), layer="invoice", anchor=True)
    assert {row[0] for row in chart.rows} == {
        "沧澜制冷",
        "白榆电子",
        "白榆电子（买方）",
        "+8 家供方",
    }


def test_the_anchor_can_be_taken_out() -> None:
    chart = graph_chart(payload(graph=GRAPH), layer="invoice", anchor=False)
    assert "沧澜制冷" not in {row[0] for row in chart.rows}


def month(name: str, sum_minor: int) -> dict[str, Any]:
    kinds = ("order", "despatch", "receipt", "invoice", "payment")
    return {"month": name, **{f"{kind}_minor": sum_minor for kind in kinds}}


def test_flows_leave_the_month_that_is_not_over_out() -> None:
    months = [month("2026-01", 5), month("2026-02", 6), month("2026-03", 0)]
    chart = flows_chart(payload(months=months, verdict={"reasons": []}))
    assert chart is not None
    assert [row[0] for row in chart.rows] == ["26-01", "26-02"]
    assert flows_chart(payload(months=[], verdict={"reasons": []})) is None


def test_the_gap_is_shaded_only_where_money_slowed() -> None:
    months = [month(f"2025-{number:02d}", 5) for number in range(1, 7)]
    slow = {"reasons": [{"code": "dso_jump", "met": True}]}
    calm = {"reasons": [{"code": "dso_jump", "met": None}]}
    shaded = flows_chart(payload(months=months, verdict=slow))
    plain = flows_chart(payload(months=months, verdict=calm))
    assert shaded is not None
    assert shaded.data["gap"]
    assert plain is not None
    assert not plain.data["gap"]


def test_a_measure_outside_its_peers_is_marked() -> None:
    peers = {"p10": 1, "p25": 2, "p50": 3, "p75": 4, "p90": 5}
    one = {"code": "k_core", "unit": "count", "without": None, "percentile": 97, "peers": peers}
    far, near = measure_lines(
        payload(position={"measures": [{**one, "with": 9}, {**one, "with": 3}]})
    )
    assert far.strip is not None
    assert far.strip.out
    assert near.strip is not None
    assert not near.strip.out
    assert far.without_anchor == "—"


def test_the_cell_that_stands_alone_is_named() -> None:
    row = {
        "reason": "not_received",
        "document": "INV-2602-118",
        "date": "2026-02-11",
        "counterparty": "沧澜制冷",
        "ordered_micro": 8_400_000_000,
        "received_micro": 0,
        "invoiced_micro": 8_400_000_000,
        "paid_minor": 0,
        "amount_minor": 25_200_000,
        "broken_minor": 25_200_000,
    }
    line = break_lines(payload(breaks={"rows": [row]}))[0]
    assert (line.bad, line.received, line.broken) == ("receipt", "—", "252,000.00")
