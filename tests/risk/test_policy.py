from dataclasses import replace

import pytest

from ledger.errors import DomainError
from risk.policy import DEFAULT_POLICY, VerdictPolicy, policy_data, policy_hash, policy_load


def test_a_changed_threshold_is_another_policy() -> None:
    stricter = replace(DEFAULT_POLICY, verdict=VerdictPolicy(dso_jump_days=15))
    assert policy_hash(stricter) != policy_hash(DEFAULT_POLICY)


def test_a_stored_policy_is_the_same_policy() -> None:
    assert policy_load(policy_data(DEFAULT_POLICY)) == DEFAULT_POLICY
    assert policy_hash(policy_load(policy_data(DEFAULT_POLICY))) == policy_hash(DEFAULT_POLICY)


@pytest.mark.parametrize("data", [{"colour": 1}, {"verdict": {"orders_groth": 5}}])
def test_an_unknown_threshold_is_refused_rather_than_ignored(data: dict[str, object]) -> None:
    with pytest.raises(DomainError, match=r"risk\.policy_invalid"):
        policy_load(data)


def test_thresholds_are_those_of_the_rule_book() -> None:
    rules = DEFAULT_POLICY.verdict
    assert (rules.orders_growth_least_ppm, rules.shipment_gap_most_ppm) == (100_000, 100_000)
    assert (rules.dpo_rise_most_days, rules.overdue_most_ppm) == (10, 50_000)
    assert (rules.request_need_most_ppm, rules.request_need_excess_ppm) == (1_200_000, 1_500_000)
    assert (rules.orders_fall_ppm, rules.dpo_jump_days, rules.dso_jump_days) == (-150_000, 20, 20)
    assert (rules.fill_least_ppm, rules.suppliers_lost_ppm) == (850_000, 250_000)
    assert (rules.refinanced_ppm, rules.distressed_customers_ppm) == (900_000, 200_000)
    assert (rules.reconciled_least_ppm, rules.distress_needed) == (800_000, 2)
