"""Every code that the reconcile page may meet has words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from scf.portals.operations.reconcile_words import (
    exception_word,
    hold_word,
    kind_word,
    reason_text,
    rule_word,
)
from scf.settlement.values import AllocationKind, Reason, Rule

SETTLEMENT = Path(__file__).parents[4] / "scf" / "settlement"


@pytest.fixture(autouse=True)
def chinese() -> object:
    with translation.override("zh-hans"):
        yield


def codes_of(pattern: str, *names: str) -> set[str]:
    text = "".join((SETTLEMENT / name).read_text() for name in names)
    return set(re.findall(pattern, text))


def test_every_reason_has_words() -> None:
    used = codes_of(r'"([a-z]+_[a-z_]+|number|over|short|investor)"', "cash_application.py")
    reasons = codes_of(r'Reason\(\s*"(\w+)"', "cash_application.py", "suspense.py")
    for code in reasons | (used & {"payer_account", "payer_differs", "short_small", "payer_owes"}):
        assert reason_text(Reason(code)) != code, code


def test_every_rule_and_kind_has_words() -> None:
    assert [rule for rule in Rule if rule_word(rule) == rule] == []
    assert [kind for kind in AllocationKind if kind_word(kind) == kind] == []


def test_every_exception_and_hold_has_words() -> None:
    planned = codes_of(r'"(debit_[a-z_]+|return_[a-z_]+)"', "statement_plan.py")
    for code in planned | {"debit_uncovered", "suspense_short", "debit_of_confirmed"}:
        assert exception_word(code) != code, code
    assert hold_word("gap") != "gap"
    assert hold_word("unbalanced") != "unbalanced"


def test_a_refusal_that_stopped_a_match_says_its_sentence() -> None:
    assert "没有" in exception_word("settlement.entry_overallocated")


def test_sums_are_money_and_party_ids_are_not_shown() -> None:
    assert reason_text(Reason("short", (("short_minor", 5_000_000),))).endswith("50,000.00")
    assert "12" not in reason_text(Reason("payer_account", (("party", 12),)))
