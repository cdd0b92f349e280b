"""Writes of files, statements and lines: what is known is kept once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.errors import DomainError
from scf.settlement.operations.statements import (
    entries_lock,
    entry_exception_set,
    entry_post_record,
    entry_suggestions_set,
    file_store,
    statement_acknowledge_record,
    statement_hold,
    statement_lock,
    statement_post_record,
    statement_store,
)
from scf.settlement.queries import entries_unposted, entry_get, statement_by_hash
from scf.settlement.values import EntryInput, RemittanceReference, StatementInput
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db
PAID = EntryInput(700, TODAY, TODAY, bank_reference="T1", references=(RemittanceReference("INV1"),))
STATEMENT = StatementInput("6222", "CNY", "S1", TODAY, TODAY, 0, 700, (PAID,), format="bank-csv")


@pytest.fixture
def bank() -> Scene:
    return scene()


def file_of(bank: Scene, content: bytes = b"x") -> int:
    return file_store(
        programme_id=bank.id,
        filename="对账单.csv",
        content=content,
        file_format="bank-csv",
        by_id=None,
        at=AT,
    )


def stored(bank: Scene, statement: StatementInput) -> tuple[int, bool, int, int]:
    made = statement_store(
        programme_id=bank.id,
        account_id=bank.programme.escrow_account_id,
        file_id=file_of(bank),
        statement=statement,
    )
    return made.statement.id, made.created, made.entries_new, made.entries_known


def test_the_same_bytes_are_one_file(bank: Scene) -> None:
    assert file_of(bank) == file_of(bank)
    assert file_of(bank, b"y") != file_of(bank)


def test_a_statement_keeps_what_the_bank_said(bank: Scene) -> None:
    statement_id, created, new, known = stored(bank, STATEMENT)
    assert (created, new, known) == (True, 1, 0)
    held = statement_lock(statement_id=statement_id)
    assert (held.state, held.version, held.difference_minor) == ("held", 1, 0)
    (entry,) = entries_unposted(statement_id=statement_id)
    assert entry.references == (RemittanceReference("INV1"),)
    found = statement_by_hash(account_id=held.account_id, content_hash=held.content_hash)
    assert found == held
    assert stored(bank, STATEMENT) == (statement_id, False, 0, 1)


def test_held_lines_move_to_the_statement_that_says_them_again(bank: Scene) -> None:
    first, *_ = stored(bank, replace(STATEMENT, closing_minor=800))
    second, created, new, known = stored(bank, STATEMENT)
    assert (created, new, known) == (True, 0, 1)
    assert statement_lock(statement_id=second).version == 2
    assert entries_unposted(statement_id=first) == []
    assert len(entries_unposted(statement_id=second)) == 1


def test_posting_is_numbered_and_final(bank: Scene) -> None:
    first, *_ = stored(bank, STATEMENT)
    second, *_ = stored(bank, replace(STATEMENT, number="S2", closing_minor=0, entries=()))
    statement_hold(statement_id=first, hold_code="gap")
    for statement_id in (second, first):
        statement_post_record(statement_id=statement_id, posted_date=TODAY)
    posted = statement_lock(statement_id=first)
    assert (posted.state, posted.hold_code, posted.posted_no) == ("posted", "", 2)
    statement_hold(statement_id=first, hold_code="unbalanced")
    assert statement_lock(statement_id=first).hold_code == ""


def test_an_answer_is_recorded_with_its_reason(bank: Scene) -> None:
    statement_id, *_ = stored(bank, replace(STATEMENT, closing_minor=1))
    statement_acknowledge_record(
        statement_id=statement_id, by_id=bank.actor("ops").user_id, reason="银行确认", at=AT
    )
    assert statement_lock(statement_id=statement_id).acknowledged_reason == "银行确认"


def test_a_line_has_one_journal(bank: Scene) -> None:
    statement_id, *_ = stored(bank, STATEMENT)
    (entry,) = entries_unposted(statement_id=statement_id)
    entry_post_record(entry_id=entry.id, journal_id=5)
    entry_post_record(entry_id=entry.id, journal_id=6)
    (locked,) = entries_lock(entry_ids=[entry.id])
    assert locked.journal_id == 5


def test_marks_and_suggestions_are_kept_beside_the_line(bank: Scene) -> None:
    statement_id, *_ = stored(bank, STATEMENT)
    (entry,) = entries_unposted(statement_id=statement_id)
    entry_exception_set(entry_id=entry.id, exception_code="debit_unknown")
    entry_suggestions_set(entry_id=entry.id, suggestions=[{"rule": "exact"}])
    marked = entry_get(scope=bank.scope, entry_id=entry.id)
    assert (marked.exception_code, marked.suggestions) == ("debit_unknown", ({"rule": "exact"},))


def test_texts_beyond_any_standard_are_cut_and_still_known(bank: Scene) -> None:
    long = replace(
        STATEMENT,
        number="S" * 300,
        entries=(
            replace(
                PAID,
                bank_reference="R" * 500,
                counterparty_name="户" * 500,
                counterparty_account="6" * 500,
                end_to_end_id="E" * 500,
                batch_reference="B" * 500,
                place="/Ntry" * 200,
            ),
        ),
    )
    statement_id, created, new, _ = stored(bank, long)
    assert (created, new) == (True, 1)
    assert stored(bank, long) == (statement_id, False, 0, 1)


def test_an_unknown_statement_is_refused() -> None:
    with pytest.raises(DomainError, match="statement_unknown"):
        statement_lock(statement_id=0)
