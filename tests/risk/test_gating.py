from datetime import date
from typing import Any

import pytest

from risk.analysis import chain_analyse
from risk.facts import RequestFact
from risk.gating import StandingOverride, decisive, gate_outcome, verdict_for_request
from risk.policy import DEFAULT_POLICY
from risk.report import report_payload
from tests.risk.cases import FAILING, NEW, SLOW, STEADY, chain_snapshot

ON = date(2026, 3, 17)


@pytest.fixture(scope="module")
def payloads() -> dict[str, dict[str, Any]]:
    analysis = chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)
    return {r: report_payload(analysis, party_ref=r) for r in (STEADY, SLOW, FAILING, NEW)}


def test_a_report_is_judged_again_with_a_request(payloads: dict[str, Any]) -> None:
    small = verdict_for_request(
        payloads[SLOW], request=RequestFact(SLOW, 10_000, "receivable"), policy=DEFAULT_POLICY
    )
    huge = verdict_for_request(
        payloads[SLOW], request=RequestFact(SLOW, 90_000_000, "receivable"), policy=DEFAULT_POLICY
    )
    assert (str(small.word), str(huge.word)) == ("OVERTRADING", "DISTRESS")
    assert "D6" in huge.signs


def test_the_reasons_that_decided(payloads: dict[str, Any]) -> None:
    def codes(ref: str) -> list[str]:
        verdict = verdict_for_request(payloads[ref], request=None, policy=DEFAULT_POLICY)
        return [reason.code for reason in decisive(verdict)]

    assert codes(FAILING) == ["orders_fall", "dso_jump"]
    assert codes(SLOW) == ["orders_growth", "dso_jump"]
    assert codes(NEW) == ["history"]
    assert codes(STEADY) == [
        "orders_growth",
        "shipment_gap",
        "purchases_growth",
        "dpo_rise",
        "request_need",
    ]


@pytest.mark.parametrize(
    ("verdict", "gate", "standing", "expected"),
    [
        ("STEADY", "passed", None, "passed"),
        ("DISTRESS", "failed", None, "failed"),
        ("DISTRESS", "failed", StandingOverride(1, "DISTRESS", ON), "overridden"),
        ("DISTRESS", "failed", StandingOverride(1, "DISTRESS", date(2026, 3, 16)), "failed"),
        # Let pass while nothing was known; now it is known to be in distress.
        ("DISTRESS", "failed", StandingOverride(1, "ABSTAIN", ON), "failed"),
        ("OVERTRADING", "named_only", StandingOverride(1, "DISTRESS", ON), "named_only"),
    ],
)
def test_what_an_override_still_covers(
    verdict: str, gate: str, standing: StandingOverride | None, expected: str
) -> None:
    assert gate_outcome(verdict, gate, standing=standing, on=ON) == expected
