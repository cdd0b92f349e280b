from risk.stress.scenario import KINDS as ENGINE_KINDS
from risk.stress.scenario import Scenario
from scf.portals.risk_desk.stress_words import KINDS, assumptions, scenario_words


def test_every_scenario_has_words() -> None:
    assert tuple(KINDS) == ENGINE_KINDS
    told = {kind: scenario_words(Scenario(kind=kind, sector="钢材")) for kind in KINDS}
    assert told["sector"] == "行业「钢材」下滑 30%"
    assert told["logistics"] == "物流中断 30 天"
    assert told["late_60"] == "全部晚付 60 天"
    assert scenario_words(Scenario(kind="obligor", party_ref="party:3"), name="沧澜") == "沧澜 违约"


def test_assumptions_are_told_with_their_figures() -> None:
    assert ("违约后收回", "40%") in assumptions(Scenario())
    assert ("模拟次数", "10,000") in assumptions(Scenario())
