from __future__ import annotations

from scf.simulator.bank.desk import statement_make
from tests.scf.simulator.bank.scenes import DAY, DEPOSIT, ESCROW, PAID, statement


def test_entries_have_references_of_their_own() -> None:
    references = [entry.reference for entry in statement().entries]
    assert references == [f"20260318-01-{line:05d}" for line in range(1, 5)]


def test_the_bank_never_pays_more_than_there_is() -> None:
    made = statement_make(
        account=ESCROW,
        day=DAY,
        sequence=2,
        opening_minor=0,
        incoming=[DEPOSIT],
        instructions=[PAID],
    )
    assert made.closing_minor == DEPOSIT.amount_minor
    assert made.entries[-1].failure == "账户余额不足"
    assert made.number == "20260318-02"


def test_a_returned_payment_comes_back_under_its_own_id() -> None:
    made = statement_make(account=ESCROW, day=DAY, sequence=1, opening_minor=10, returned=[PAID])
    entry = made.entries[0]
    assert entry.is_booked
    assert (entry.amount_minor, entry.end_to_end_id) == (PAID.amount_minor, PAID.end_to_end_id)
