from datetime import date
from typing import Any

import pytest

from risk.analysis import chain_analyse
from risk.facts import RequestFact
from risk.gating import PersonsWord, decisive, gate_outcome, verdict_for_request
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


def word(outcome: str, verdict: str, until: date = ON) -> PersonsWord:
    return PersonsWord(
        outcome, verdict, until, "user:2", "担保", 1 if outcome == "overridden" else None
    )


@pytest.mark.parametrize(
    ("verdict", "gate", "said", "expected"),
    [
        ("STEADY", "passed", None, "passed"),
        ("DISTRESS", "failed", None, "failed"),
        ("DISTRESS", "failed", word("overridden", "DISTRESS"), "overridden"),
        ("DISTRESS", "failed", word("overridden", "DISTRESS", date(2026, 3, 16)), "failed"),
        # Let pass while nothing was known; now it is known to be in distress.
        ("DISTRESS", "failed", word("overridden", "ABSTAIN"), "failed"),
        ("OVERTRADING", "named_only", word("overridden", "DISTRESS"), "named_only"),
        # A refusal holds whatever the figures say, until its day.
        ("STEADY", "passed", word("failed", "STEADY"), "failed"),
        ("STEADY", "passed", word("failed", "STEADY", date(2026, 3, 16)), "passed"),
    ],
)
def test_what_people_said_holds_until_their_day(
    verdict: str, gate: str, said: PersonsWord | None, expected: str
) -> None:
    assert gate_outcome(verdict, gate, word=said, on=ON) == expected
