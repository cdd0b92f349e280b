import pytest

from ledger.errors import DomainError
from risk.stress.scenario import KINDS, Scenario, scenario_check, scenario_data, scenario_load


def test_a_scenario_comes_back_from_its_data() -> None:
    asked = Scenario(kind="sector", sector="steel", seed=7)
    assert scenario_load(scenario_data(asked)) == asked


@pytest.mark.parametrize(
    "wrong",
    [
        Scenario(kind="war"),
        Scenario(kind="sector"),
        Scenario(kind="obligor"),
        Scenario(draws=99),
        Scenario(draws=1_000_000),
        Scenario(seed=-1),
        Scenario(correlation_ppm=1_000_000),
        Scenario(recovery_ppm=1_000_001),
        Scenario(stop_days=0),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Scenario) -> None:
    with pytest.raises(DomainError, match=r"risk\.scenario_invalid"):
        scenario_check(wrong)


def test_a_field_of_another_version_is_refused() -> None:
    with pytest.raises(DomainError, match=r"risk\.scenario_invalid"):
        scenario_load({"kind": "base", "weather": "bad"})


def test_how_late_everybody_pays() -> None:
    late = {kind: Scenario(kind=kind, stop_days=45).late_days for kind in KINDS}
    assert late == {
        "base": 0, "late_30": 30, "late_60": 60, "sector": 0, "top_firm": 0,
        "logistics": 45, "obligor": 0,
    }  # fmt: skip
