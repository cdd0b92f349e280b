"""A scorecard drawn: the gap of KS, tenths, months, and every bin with its points."""

from datetime import UTC, date, datetime
from typing import Any

from risk.policy import ScorePolicy
from risk.queries.scores import DriftRow
from scf.journeys.scoring import shipped_card
from scf.portals.charts import Chart
from scf.portals.risk_desk.scorecard_charts import (
    calibration_chart,
    drift_chart,
    features_table,
    roc_chart,
)


def series_of(chart: Chart) -> list[dict[str, Any]]:
    found = chart.data["series"]
    assert isinstance(found, list)
    return found


def test_the_curve_runs_from_nothing_to_everything_with_the_gap_marked() -> None:
    chart = roc_chart(
        {"roc_ppm": [[0, 0], [200_000, 800_000], [1_000_000, 1_000_000]], "ks_ppm": 600_000}
    )
    values = series_of(chart)[0]["data"]
    assert values[0] == 0
    assert values[-1] == 1_000_000
    assert values[4] == 800_000
    assert chart.data["gaps"] == [{"from": 4, "to": 5, "label": "KS 60.0%"}]


def test_tenths_show_forecast_beside_what_happened() -> None:
    chart = calibration_chart({"deciles_ppm": [[10_000, 20_000], [30_000, 30_000]]})
    assert [one["data"] for one in series_of(chart)] == [[10_000, 30_000], [20_000, 30_000]]


def test_months_are_in_order_with_both_lines() -> None:
    rows = [
        DriftRow(
            "application",
            "a",
            1,
            f"2026-0{n}",
            date(2026, n, 1),
            200,
            "ok",
            n * 10_000,
            {},
            datetime(2026, n, 1, tzinfo=UTC),
        )
        for n in (3, 1, 2)
    ]
    chart = drift_chart(rows, ScorePolicy())
    assert chart.data["x"] == ["2026-01", "2026-02", "2026-03"]
    assert [one["data"] for one in series_of(chart)] == [
        [10_000, 20_000, 30_000],
        [100_000] * 3,
        [250_000] * 3,
    ]


def test_every_bin_of_the_shipped_card_has_a_line() -> None:
    card = shipped_card()
    table = features_table(card)
    assert len(table.rows) == sum(len(one["points"]) for one in card["features"])
    first = table.rows[0]
    assert (first.points, first.range) == (card["features"][0]["points"][0], "≤ 99.9%")
    words = {row.range for row in table.rows}
    assert "未知" in words
