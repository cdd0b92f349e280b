"""Two true twins are both kept; the same line again is the same line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scf.settlement.identity import (
    StatementLink,
    chain_expected,
    chain_last,
    entry_identities,
    statement_hash,
)
from scf.settlement.values import EntryInput, StatementInput

DAY = date(2026, 6, 16)
PAID = EntryInput(100_000, DAY, DAY, remittance="货款", counterparty_account="6222")


def link(
    link_id: int, first: int, last: int, opening: int, closing: int | None, posted_no: int = 0
) -> StatementLink:
    return StatementLink(
        link_id, date(2026, 6, first), date(2026, 6, last), opening, closing, posted_no
    )


def test_the_banks_reference_names_a_line_whatever_else_is_said() -> None:
    first = replace(PAID, bank_reference="T1")
    again = replace(first, remittance="货款 更正")
    assert entry_identities([first]) == entry_identities([again])


def test_a_reference_shared_by_payment_and_charge_is_two_lines() -> None:
    paid, charge = (
        replace(PAID, bank_reference="T1"),
        replace(PAID, bank_reference="T1", amount_minor=-500),
    )
    assert len(set(entry_identities([paid, charge]))) == 2


def test_true_twins_without_reference_are_numbered() -> None:
    one, two = entry_identities([PAID, PAID])
    assert one != two
    assert entry_identities([PAID, PAID]) == [one, two]


def test_a_running_balance_tells_twins_apart() -> None:
    first, second = replace(PAID, balance_minor=100_000), replace(PAID, balance_minor=200_000)
    assert entry_identities([first]) != entry_identities([second])


def test_a_statement_is_its_content_not_its_format() -> None:
    statement = StatementInput("6222", "CNY", "20260616-01", DAY, DAY, 0, 100_000, (PAID,))
    assert statement_hash(statement) == statement_hash(replace(statement, format="camt.053"))
    assert statement_hash(statement) != statement_hash(replace(statement, closing_minor=1))


def test_the_first_statement_opens_at_nothing() -> None:
    assert chain_expected(link(1, 1, 1, 0, 5), []) == {0}


def test_a_statement_follows_the_closing_before_its_first_day() -> None:
    posted = [link(1, 1, 1, 0, 5, 1), link(2, 2, 2, 5, 9, 2)]
    assert chain_expected(link(3, 3, 3, 9, 9), posted) == {9}


def test_a_second_statement_of_the_day_follows_the_first() -> None:
    posted = [link(1, 1, 1, 0, 5, 1), link(2, 2, 2, 5, 9, 2)]
    assert chain_expected(link(3, 2, 2, 9, 12), posted) == {5, 9}


def test_a_late_statement_joins_where_its_days_are() -> None:
    posted = [link(1, 1, 1, 0, 5, 1), link(9, 9, 9, 5, 7, 2)]
    assert chain_expected(link(3, 3, 3, 5, 6), posted) == {5}


def test_the_accounts_balance_is_the_last_days_latest() -> None:
    posted = [link(9, 9, 9, 5, 7, 1), link(3, 3, 3, 5, 6, 2), link(10, 9, 9, 7, 8, 3)]
    last = chain_last(posted)
    assert last is not None
    assert last.closing_minor == 8
    assert chain_last([]) is None
