"""The pictures of a report, each with the table behind it."""

from typing import Any

from scf.portals.risk_desk.report_charts import (
    break_lines,
    cash_lags,
    flows_chart,
    measure_lines,
)


def payload(**changed: Any) -> dict[str, Any]:
    return {"as_of": "2026-03-18", "party": {"name": "北屿线束"}, **changed}


def month(name: str, sum_minor: int) -> dict[str, Any]:
    kinds = ("order", "despatch", "receipt", "invoice", "payment")
    return {"month": name, **{f"{kind}_minor": sum_minor for kind in kinds}}


def test_flows_leave_the_month_that_is_not_over_out() -> None:
    months = [month("2026-01", 5), month("2026-02", 6), month("2026-03", 0)]
    chart = flows_chart(payload(months=months))
    assert chart is not None
    assert [row[0] for row in chart.rows] == ["26-01", "26-02"]
    assert flows_chart(payload(months=[])) is None


def test_cash_lags_where_three_months_pay_less_than_four_fifths() -> None:
    invoiced = [100] * 8
    assert cash_lags(invoiced, [100] * 8) == []
    # A single thin month is not a lag: its neighbours make up for it.
    assert cash_lags(invoiced, [100, 100, 60, 100, 100, 100, 100, 100]) == []
    late = cash_lags(invoiced, [100, 100, 100, 100, 20, 20, 100, 100])
    assert late == [(3, 7)]
    assert cash_lags([0] * 6, [0] * 6) == []
    assert cash_lags([], []) == []


def test_the_lag_is_shaded_in_the_picture() -> None:
    months = [month(f"2025-{number:02d}", 100) for number in range(1, 9)]
    for one in months[3:]:
        one["payment_minor"] = 10
    chart = flows_chart(payload(months=months))
    assert chart is not None
    assert [(gap["from"], gap["to"]) for gap in chart.data["gaps"]] == [(2, 7)]  # type: ignore[attr-defined]


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
    assert far.error == ""


def test_an_estimate_says_how_far_it_may_be_off() -> None:
    one = {
        "code": "esri",
        "unit": "micro",
        "with": 3_100,
        "without": 1_200,
        "percentile": 86,
        "peers": None,
        "error": 120,
    }
    (line,) = measure_lines(payload(position={"measures": [one]}))
    assert (line.with_anchor, line.without_anchor, line.error) == ("0.0031", "0.0012", "± 0.0001")


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
        "item": "harness",
        "row_id": 7,
    }
    line = break_lines(payload(breaks={"rows": [row]}))[0]
    assert (line.bad, line.received, line.broken) == ("receipt", "—", "252,000.00")
    assert (line.item, line.row_id) == ("harness", 7)
