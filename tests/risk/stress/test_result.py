"""A run that an analyst can check by hand, and laws of every run."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from ledger.errors import DomainError
from risk.stress.facts import facts_dump, facts_load
from risk.stress.result import histogram, mean, stress_bytes, stress_payload
from risk.stress.scenario import Scenario
from tests.risk.stress.pools import pool


def run(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    return stress_payload(replace(pool(), **changes), scenario, progress=lambda done: None)


def test_the_worked_example() -> None:
    """Two claims that each lose 50,000.00 of principal, by obligors that default with 10%
    and 5% within the year, independently.

    Expected loss: 10% x 50,000 + 5% x 50,000 = 7,500.00. Without any loss: 90% x 95% = 85.5%.
    Both default in 0.5% of years, less than 1%: the 99% loss is one claim, 50,000.00. The
    worst 1% of years: half of them lose both, so that they lose 75,000.00 on average.
    """
    found = run(Scenario(correlation_ppm=0, draws=100_000))
    losses = found["losses"]
    assert losses["expected_minor"] == pytest.approx(750_000, rel=0.03)
    assert losses["without_ppm"] == pytest.approx(855_000, abs=5_000)
    assert losses["p99_minor"] == 5_000_000
    assert losses["largest_minor"] == 10_000_000
    assert losses["tail_mean_minor"] == pytest.approx(7_500_000, rel=0.08)
    first, second = found["products"]
    assert first["expected_minor"] == pytest.approx(500_000, rel=0.04)
    assert second["expected_minor"] == pytest.approx(250_000, rel=0.06)
    assert first["p99_minor"] == first["if_fails_minor"] == 5_000_000
    # i1 holds the first claim only, i2 both: (10% + 14.5%) / 2 = 12.25% of investors.
    assert found["investors"]["below_mean_ppm"] == pytest.approx(122_500, abs=4_000)
    assert found["gaps"] == []


def test_the_obligor_fails() -> None:
    found = run(Scenario(kind="obligor", party_ref="obligor-a", draws=1_000))
    assert found["losses"]["expected_minor"] >= 5_000_000
    (gap,) = found["gaps"]
    assert (gap["ref"], gap["never_minor"], gap["covered_date"]) == ("s-1", 5_400_000, "")
    top = found["contributors"][0]
    assert (top["unit"], top["pd_ppm"], top["if_fails_minor"]) == (
        "obligor-a",
        1_000_000,
        5_000_000,
    )
    assert found["cascade"]["failed"] == ["Obligor-A"]


def test_expected_losses_add_up_over_products_and_contributors() -> None:
    found = run(Scenario(draws=2_000))
    for rows in (found["products"], found["contributors"]):
        total = sum(row["expected_minor"] for row in rows)
        assert abs(total - found["losses"]["expected_minor"]) <= len(rows)
    assert sum(found["histogram"]["draws"]) == 2_000
    tail = sum(row["tail_mean_minor"] for row in found["contributors"])
    assert abs(tail - found["losses"]["tail_mean_minor"]) <= len(found["contributors"])


def test_the_same_facts_scenario_and_seed_are_the_same_bytes() -> None:
    facts, asked = pool(), Scenario(kind="sector", sector="steel", draws=1_500, seed=77)
    once = stress_bytes(facts, asked, progress=lambda done: None)
    again = stress_bytes(facts_load(facts_dump(facts)), asked, progress=lambda done: None)
    assert once == again
    told = json.loads(once)
    assert told["snapshot_hash"] == facts.snapshot_hash
    assert told["scenario"]["seed"] == 77
    assert once != stress_bytes(facts, replace(asked, seed=78), progress=lambda done: None)


def test_a_worse_scenario_never_loses_less() -> None:
    calm, stressed = (
        run(Scenario(kind=kind, sector="steel", draws=2_000)) for kind in ("base", "sector")
    )
    for figure in ("expected_minor", "p95_minor", "p99_minor", "largest_minor"):
        assert stressed["losses"][figure] >= calm["losses"][figure]


def test_a_claim_past_its_due_date_is_not_safer_for_being_late() -> None:
    overdue, due_soon = (
        replace(pool().products[0], due_date=date(2026, 3, day)) for day in (1, 25)
    )
    asked = Scenario(draws=20_000, correlation_ppm=0)
    one, other = (run(asked, products=(only,)) for only in (overdue, due_soon))
    assert one["products"][0]["default_ppm"] == other["products"][0]["default_ppm"] > 0


def test_without_claims_there_is_no_answer() -> None:
    with pytest.raises(DomainError, match=r"risk\.pool_empty"):
        run(Scenario(), products=())


def test_bins_hold_every_draw_once() -> None:
    found = histogram(np.array([0, 0, 1, 24, 25, 48]))
    assert found["width_minor"] == 2
    assert found["draws"][0] == 2
    assert found["draws"][1] == 1
    assert (found["draws"][12], found["draws"][13], found["draws"][24]) == (1, 1, 1)
    assert histogram(np.zeros(3, dtype=np.int64))["draws"] == [3]


def test_means_are_rounded_half_up() -> None:
    assert [mean(1, 2), mean(1, 3), mean(5, 3)] == [1, 0, 2]
