"""A statement arrives: kept, proved, posted once; held when it does not prove itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.errors import DomainError
from scf.journeys.banking import statement_acknowledge, statement_receive, statements_parse
from scf.settlement.queries import (
    entries_list,
    statement_closings,
    statement_file,
    statements_list,
    unallocated_minor,
)
from scf.simulator.bank.camt import camt053_render
from scf.simulator.bank.sheet import bank_sheet_render
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    return scene()


@pytest.mark.parametrize("xml", [False, True])
def test_money_in_is_posted_and_nobodys_yet(bank: Scene, xml: bool) -> None:
    outcome = bank.bank(bank.paid("obligor", 100_000_000, "货款"), xml=xml)
    assert (outcome.state, outcome.created, outcome.entries_new) == ("posted", True, 1)
    assert bank.escrow == 100_000_000
    assert bank.balance_of(bank.cash.unallocated) == 100_000_000
    (entry,) = entries_list(scope=bank.scope)
    assert (entry.state, entry.amount_minor, entry.open_minor) == (
        "unallocated",
        100_000_000,
        100_000_000,
    )
    assert entry.journal_id is not None
    assert statement_closings(programme_id=bank.id) == {TODAY: 100_000_000}


def test_the_same_file_and_the_same_content_in_another_format_add_nothing(bank: Scene) -> None:
    statement = bank.write(incoming=[bank.paid("A", 5), bank.paid("A", 5)])
    first = bank.receive(statement)
    again = bank.receive(statement)
    other = bank.receive(statement, xml=True)
    assert (first.created, first.entries_new) == (True, 2)
    assert (again.created, again.entries_known) == (False, 2)
    assert other.entries_new == 0
    assert bank.escrow == 10
    assert len(entries_list(scope=bank.scope)) == 2


def test_the_banks_bytes_are_kept(bank: Scene) -> None:
    content = bank_sheet_render(statement=bank.write(incoming=[bank.paid("A", 5)]))
    outcome = bank.receive_bytes(content, "对账单.csv").statements[0]
    kept = statement_file(scope=bank.scope, statement_id=outcome.statement_id)
    assert kept == ("对账单.csv", content)


def test_a_statement_that_does_not_add_up_posts_nothing_until_somebody_answers_for_it(
    bank: Scene,
) -> None:
    content = bank_sheet_render(statement=bank.write(incoming=[bank.paid("A", 500)]))
    broken = content.replace("期末余额,5.00".encode("gb18030"), "期末余额,6.00".encode("gb18030"))
    outcome = bank.receive_bytes(broken).statements[0]
    assert (outcome.state, outcome.hold_code) == ("held", "unbalanced")
    assert bank.escrow == 0
    (held,) = statements_list(scope=bank.scope)
    assert held.difference_minor == 100
    with pytest.raises(DomainError, match="reason_missing"):
        statement_acknowledge(actor=bank.actor("ops"), statement_id=held.id, reason=" ", at=AT)
    posted = statement_acknowledge(
        actor=bank.actor("ops"), statement_id=held.id, reason="银行确认漏印一元", at=AT
    )
    assert posted.state == "posted"
    assert bank.escrow == 500
    with pytest.raises(DomainError, match="statement_posted"):
        statement_acknowledge(actor=bank.actor("ops"), statement_id=held.id, reason="x", at=AT)


def test_a_corrected_statement_is_the_next_version_and_posts_each_line_once(bank: Scene) -> None:
    statement = bank.write(incoming=[bank.paid("A", 500), bank.paid("B", 700)])
    content = bank_sheet_render(statement=statement)
    broken = content.replace("期末余额,12.00".encode("gb18030"), "期末余额,13.00".encode("gb18030"))
    bank.receive_bytes(broken)
    bank.receive_bytes(content)
    first, second = sorted(statements_list(scope=bank.scope), key=lambda each: each.version)
    assert (first.state, second.state) == ("held", "posted")
    assert (first.version, second.version) == (1, 2)
    assert bank.escrow == 1_200
    statement_acknowledge(actor=bank.actor("ops"), statement_id=first.id, reason="作废", at=AT)
    assert bank.escrow == 1_200


def test_a_missing_statement_holds_the_next_until_it_comes(bank: Scene) -> None:
    first = bank.write(incoming=[bank.paid("A", 500)])
    second = bank.write(incoming=[bank.paid("B", 700)])
    assert bank.receive(second).hold_code == "gap"
    assert bank.escrow == 0
    bank.receive(first)
    assert [each.state for each in statements_list(scope=bank.scope)] == ["posted", "posted"]
    assert bank.escrow == 1_200
    assert statement_closings(programme_id=bank.id) == {TODAY: 1_200}


def test_a_statement_of_an_earlier_day_is_booked_on_the_open_business_date(bank: Scene) -> None:
    bank.receive(bank.write(incoming=[bank.paid("A", 500)], day=TODAY - timedelta(days=2)))
    (statement,) = statements_list(scope=bank.scope)
    assert (statement.to_date, statement.posted_date) == (date(2026, 3, 16), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("6222000000000001", "6222000000009999", "account_other"),
        ("币种,CNY", "币种,USD", "currency_other"),
        ("2026-03-18", "2026-03-19", "statement_future"),
        ("0.05", "99999999999999.05", "amount_absurd"),
    ],
)
def test_a_statement_that_is_not_ours_is_refused(
    bank: Scene, old: str, new: str, code: str
) -> None:
    content = bank_sheet_render(statement=bank.write(incoming=[bank.paid("A", 5)]))
    with pytest.raises(DomainError, match=code):
        bank.receive_bytes(content.replace(old.encode("gb18030"), new.encode("gb18030")))
    assert statements_list(scope=bank.scope) == []


def test_a_refusal_masks_the_account_number(bank: Scene) -> None:
    content = bank_sheet_render(statement=bank.write(incoming=[bank.paid("A", 5)]))
    with pytest.raises(DomainError) as refusal:
        bank.receive_bytes(content.replace(b"6222000000000001", b"6222000000009999"))
    assert refusal.value.facts["account"] == "····9999"


def test_formats_are_told_apart_by_content() -> None:
    with pytest.raises(DomainError, match="file_kind"):
        statements_parse(content=b"PK\x03\x04 a workbook")
    with pytest.raises(DomainError, match="file_too_large"):
        statements_parse(content=b" " * 20_000_001)
    with pytest.raises(DomainError, match="file_unreadable"):
        statements_parse(content=b"\xef\xbb\xbf  <Document>")


def test_only_operations_hand_statements_in(bank: Scene) -> None:
    content = camt053_render(statement=bank.write(incoming=[bank.paid("A", 5)]))
    with pytest.raises(DomainError, match="denied"):
        statement_receive(
            programme_id=bank.id, filename="x", content=content, actor=bank.actor("A"), at=AT
        )


def test_a_file_of_several_statements_is_taken_in_order(bank: Scene) -> None:
    first = bank.write(incoming=[bank.paid("A", 500)])
    second = bank.write(incoming=[bank.paid("B", 700)])
    one, two = (camt053_render(statement=each).decode() for each in (first, second))
    inner = two[two.index("<Stmt>") : two.index("</BkToCstmrStmt>")]
    outcome = bank.receive_bytes(
        one.replace("</BkToCstmrStmt>", f"{inner}</BkToCstmrStmt>").encode()
    )
    assert [each.state for each in outcome.statements] == ["posted", "posted"]
    assert bank.escrow == 1_200


def test_what_the_entries_say_is_what_the_ledger_says(bank: Scene) -> None:
    bank.bank(bank.paid("A", 500), bank.paid("obligor", 700))
    assert unallocated_minor(programme_id=bank.id) == bank.balance_of(bank.cash.unallocated)
    assert replace(bank).escrow == 1_200
