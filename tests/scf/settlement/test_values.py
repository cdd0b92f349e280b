"""A statement proves itself or says by how much it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scf.settlement.values import (
    ITEM_KINDS,
    AllocationKind,
    EntryInput,
    MatchLine,
    Proposal,
    Rule,
    StatementInput,
)

DAY = date(2026, 6, 16)
STATEMENT = StatementInput(
    account_number="6222",
    currency="CNY",
    number="20260616-01",
    from_date=DAY,
    to_date=DAY,
    opening_minor=820_411_730,
    closing_minor=1_258_025_075,
    entries=(EntryInput(437_615_945, DAY, DAY), EntryInput(-2_600, DAY, DAY)),
)


def test_opening_and_entries_make_the_closing() -> None:
    assert STATEMENT.difference_minor == 0
    assert replace(STATEMENT, closing_minor=1_258_027_675).difference_minor == 2_600


def test_without_a_balance_there_is_no_proof() -> None:
    assert replace(STATEMENT, opening_minor=None).difference_minor is None
    assert replace(STATEMENT, closing_minor=None).difference_minor is None


def test_every_item_can_be_allocated() -> None:
    assert {kind.value for kind in AllocationKind} >= ITEM_KINDS


def test_a_proposal_places_the_sum_of_its_lines() -> None:
    lines = (MatchLine("claim", "claim:1", 7, 100), MatchLine("on_account", "party:7", 7, 5))
    assert Proposal(Rule.NUMBER, lines, (), is_unique=True, automatic=True).amount_minor == 105
