"""Reasons of a verdict: states, what is unknown, and the smallest flip."""

from typing import Any

from django.utils.translation import override

from scf.portals.risk_desk.report_reasons import (
    flip_words,
    headline_reasons,
    judged_tests,
    reliability_rows,
    unknown_words,
)


def reason(rule: str, code: str, value: int | None, met: bool | None) -> dict[str, Any]:
    return {
        "rule": rule,
        "code": code,
        "unit": "ppm",
        "value": value,
        "operator": ">=",
        "threshold": 100_000,
        "met": met,
        "evidence": [],
    }


def payload(asked: bool = False) -> dict[str, Any]:
    return {
        "request": {"amount_minor": 1} if asked else None,
        "verdict": {
            "gate": "named_only",
            "reasons": [
                reason("E1", "orders_growth", 314_000, True),
                reason("E5", "overdue", 240_000, False),
                reason("E6", "request_need", 1_120_000, True),
                reason("D5", "suppliers_lost", None, None),
                reason("D8", "distressed_customers", 250_000, True),
            ],
            "flips": [
                {
                    "to": "EXPANSION",
                    "changes": [{"code": "dso_jump", "unit": "days", "from": 24, "to": 19}],
                }
            ],
        },
        "reliability": {
            "reconciled_ppm": 914_000,
            "coverage_ppm": None,
            "history_days": 443,
            "baseline": "year_before",
            "side": "sales",
        },
    }


def test_conditions_missed_warn_and_signs_of_distress_are_red() -> None:
    states = {one.code: one.state for one in judged_tests(payload())}
    assert states == {
        "orders_growth": "y",
        "overdue": "n",
        "suppliers_lost": "",
        "distressed_customers": "x",
    }
    assert [one.state for one in headline_reasons(judged_tests(payload()))] == ["y", "n", "x"]
    assert "供应商流失" in unknown_words(judged_tests(payload()))


def test_a_request_brings_its_tests_along() -> None:
    assert "request_need" in {one.code for one in judged_tests(payload(asked=True))}


def test_the_smallest_flip_in_words() -> None:
    with override("zh-hans"):
        assert flip_words(payload()) == ["只要应收周转变慢从 +24 天变到 +19 天，结论就变为扩张。"]


def test_reliability_says_what_is_not_known() -> None:
    with override("zh-hans"):
        rows = {str(label): value for label, value in reliability_rows(payload())}
    assert rows["三流核对率"] == "91.4%"
    assert rows["可见销售占申报"] == "—"
    assert rows["弃权条件"] == "未触发"
