from dataclasses import replace
from typing import Any

from risk.stress.result import stress_payload
from risk.stress.scenario import Scenario
from scf.portals.risk_desk.stress_tables import (
    cascade_table,
    contributors_table,
    gaps_table,
    loss_chart,
    loss_figures,
    products_table,
)
from tests.risk.stress.pools import pool


def result(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    return stress_payload(replace(pool(), **changes), scenario, progress=lambda done: None)


def test_losses_are_drawn_with_expected_and_the_99_percent_marked() -> None:
    chart = loss_chart(result(Scenario(draws=2_000)))
    assert chart is not None
    assert len(chart.rows) == 24
    marks = chart.data["marks"]
    assert isinstance(marks, list)
    assert [mark["label"] for mark in marks] == ["预期", "99%"]
    assert marks[0]["at"] < marks[1]["at"]


def test_a_pool_that_loses_nothing_has_no_chart() -> None:
    assert loss_chart(result(Scenario(draws=500, recovery_ppm=1_000_000))) is None


def test_figures_say_what_is_lost_and_by_whom() -> None:
    told = loss_figures(result(Scenario(kind="obligor", party_ref="obligor-a", draws=500)))
    assert [str(figure.label) for figure in told] == [
        "预期损失", "99% 损失", "最坏 1% 的平均", "收不回本金的投资人",
    ]  # fmt: skip


def test_each_table_reads_its_part_of_the_result() -> None:
    found = result(Scenario(kind="obligor", party_ref="obligor-a", draws=500))
    for table, count in (
        (contributors_table(found), 2),
        (gaps_table(found), 1),
        (products_table(found), 2),
        (cascade_table(found), 2),
    ):
        assert len(table.rows) == count
        for row in table.rows:
            assert all(column.value(row) != "" for column in table.columns[:2])
