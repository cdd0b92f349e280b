"""The proofs find what is wrong. To have something wrong, the owner tampers past every guard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from ledger.reconciliation import Proof, VerifyReport, book_verify
from ledger.values import AccountRef, Leg
from tests.ledger.books import (
    BOOK,
    CLEARING,
    DAY,
    ESCROW,
    FEE,
    UNALLOCATED,
    Book,
    assets_ensure,
    available,
    hold,
)

pytestmark = pytest.mark.django_db(transaction=True)
OF_AVAILABLE = (
    "account_id IN (SELECT id FROM ledger_account WHERE code = 'available' AND owner = 'party:1')"
)


@pytest.fixture(autouse=True)
def book() -> Book:
    """A little of everything: money, a bid posted in part, one pending, one void, units."""
    assets_ensure("1")
    book = Book()
    book.deposit("1", 1_000)
    bids = [
        book.post(Leg.pending(available("1"), hold("1"), 100)).transfer_ids[0] for _ in range(3)
    ]
    book.post(Leg.post(bids[0], 60))
    book.post(Leg.void(bids[1]))
    issue = AccountRef("issue", "U:1", "series:1")
    book.post(Leg(AccountRef("authorised", "U:1", "series:1"), issue, 10))
    book.post(Leg(issue, AccountRef("held", "U:1", "party:1", "series:1"), 4))
    return book


def verify(
    *, closings: dict[Any, int] | None = None, business_day: Any = DAY, impaired: str = "series:1"
) -> VerifyReport:
    return book_verify(
        book=BOOK,
        statement_closings=closings,
        business_date=business_day,
        impaired=frozenset({impaired}),
    )


def failing(report: VerifyReport) -> dict[str, Proof]:
    return {proof.name: proof for proof in report.proofs if not proof.ok}


def tamper(owner: psycopg.Connection[Any], statement: str) -> None:
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute(statement.encode())


def test_a_sound_book_proves_itself() -> None:
    report = verify(closings={DAY: 1_000})
    assert report.ok
    assert [proof.name for proof in report.proofs] == [
        "conservation",
        "balances",
        "references",
        "client_money",
        "units",
        "entitlement",
        "escrow",
        "fees",
    ]


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        (
            f"UPDATE ledger_accountbalance SET cr_posted = cr_posted + 7 WHERE {OF_AVAILABLE}",
            {"conservation", "balances"},
        ),
        (
            f"UPDATE ledger_accountbalance SET dr_pending = dr_pending - 7 WHERE {OF_AVAILABLE}",
            {"conservation", "balances"},
        ),
        ("UPDATE ledger_transfer SET amount = amount + 1 WHERE phase = 3", {"balances"}),
        ("UPDATE ledger_transfer SET amount = amount + 500 WHERE phase = 3", {"balances", "references"}),
        ("DELETE FROM ledger_transfer WHERE phase = 4", {"balances", "references"}),
        ("DELETE FROM ledger_pendingresolution", {"references"}),
        ("UPDATE ledger_transfer SET debit_id = debit_id + 9999 WHERE phase = 2", {"balances", "references"}),
        ("DELETE FROM ledger_journal WHERE id = (SELECT min(id) FROM ledger_journal)", {"references"}),
        (f"DELETE FROM ledger_accountbalance WHERE {OF_AVAILABLE}", {"balances", "conservation"}),
    ],
)  # fmt: skip
def test_a_tampered_row_is_found(
    owner_connection: psycopg.Connection[Any], statement: str, names: set[str]
) -> None:
    tamper(owner_connection, statement)
    report = verify()
    assert not report.ok
    assert failing(report).keys() == names
    assert all(proof.detail and proof.difference for proof in failing(report).values())


def test_units_out_of_nothing_are_found(owner_connection: psycopg.Connection[Any]) -> None:
    tamper(
        owner_connection,
        "UPDATE ledger_accountbalance SET cr_posted = 5 WHERE account_id IN "
        "(SELECT id FROM ledger_account WHERE code = 'held')",
    )
    found = failing(verify())
    assert found["units"].difference == 1
    assert "U:1" in found["units"].detail


def test_client_money_below_zero_is_found_in_the_transfers(
    owner_connection: psycopg.Connection[Any],
) -> None:
    tamper(
        owner_connection,
        "UPDATE ledger_transfer SET amount = 40 WHERE debit_id IN "
        "(SELECT id FROM ledger_account WHERE code = 'bank.escrow')",
    )
    assert failing(verify())["client_money"].detail == "unallocated: 960"


def test_the_escrow_equals_the_statement_every_day(book: Book) -> None:
    tomorrow = DAY + timedelta(days=1)
    book.pay_out(available("1"), 250)
    book.post(Leg(ESCROW, UNALLOCATED, 30), day=tomorrow)
    assert verify(closings={DAY: 750, tomorrow: 780}).ok
    assert verify(closings={DAY: 750, tomorrow: 780, tomorrow + timedelta(days=1): 780}).ok
    wrong = failing(verify(closings={DAY: 751, tomorrow: 780}))["escrow"]
    assert (wrong.difference, wrong.detail) == (1, f"{DAY}: book 750, statement 751")
    unseen = failing(verify(closings={DAY: 750}))["escrow"]
    assert unseen.detail == f"{tomorrow}: moved by 30 without a statement"


def test_fees_are_swept_on_the_day_they_are_earned(book: Book) -> None:
    tomorrow = DAY + timedelta(days=1)
    book.post(Leg(available("1"), FEE, 50))
    assert verify().ok
    alarm = failing(verify(business_day=tomorrow))["fees"]
    assert (alarm.difference, alarm.detail) == (50, "fee_payable party:9: 50")
    book.post(Leg.pending(FEE, CLEARING, 50), day=tomorrow)
    assert verify(business_day=tomorrow).ok  # instructed


def test_a_series_short_of_entitlement_is_wrong_unless_it_is_flagged(book: Book) -> None:
    book.post(
        Leg(hold("1"), CLEARING, 60)
    )  # its units were paid for, and nothing stands behind them
    short = failing(verify(impaired="series:2"))["entitlement"]
    assert (short.difference, short.detail) == (60, "series:1: -60")
    assert verify(impaired="series:1").ok
    claim = AccountRef("entitled", "CNY.claim", "series:1", "claim:1")
    book.post(Leg(AccountRef("obligor", "CNY.claim", "party:2", "claim:1"), claim, 60))
    assert verify(impaired="series:2").ok


def test_a_proof_without_its_facts_is_left_out() -> None:
    report = book_verify(
        book=BOOK, statement_closings=None, business_date=None, impaired=frozenset()
    )
    assert {"escrow", "fees"}.isdisjoint(proof.name for proof in report.proofs)
