from dataclasses import replace

from risk.stress.scenario import Scenario
from scf.portals.risk_desk.stress_form import StressForm, initial_of

SECTOR = Scenario(kind="sector", sector="钢材", fall_ppm=250_000, draws=2_000, seed=5)


def form(scenario: Scenario) -> StressForm:
    found = StressForm({**initial_of(scenario), "key": "a" * 32})
    found.offer(sectors=["钢材"], obligors=[("party:3", "沧澜")])
    return found


def test_a_scenario_goes_through_the_form_unchanged() -> None:
    asked = form(SECTOR)
    assert asked.is_valid(), asked.errors
    assert asked.scenario() == SECTOR


def test_what_does_not_belong_to_the_kind_is_left_out() -> None:
    asked = form(replace(SECTOR, kind="late_30"))
    assert asked.is_valid()
    assert asked.scenario().sector == ""


def test_a_sector_that_is_not_in_the_chain_cannot_be_chosen() -> None:
    assert not form(replace(SECTOR, sector="玻璃")).is_valid()
    assert not form(Scenario(kind="obligor")).is_valid()
