from risk.collection.values import ACTIONS, Cause


def test_every_action_has_a_lift_for_every_cause_and_waiting_does_nothing() -> None:
    assert ACTIONS[0].code == "wait"
    assert ACTIONS[0].cost_minor == 0
    for rule in ACTIONS:
        assert all(rule.lift_ppm(cause) >= 1_000_000 for cause in Cause), rule.code
    assert {ACTIONS[0].lift_ppm(cause) for cause in Cause} == {1_000_000}
