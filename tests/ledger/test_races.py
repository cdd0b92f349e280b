"""Many at once on the real database: one wins, the others hear why, and nothing is lost or doubled."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connections, transaction

from ledger.errors import DomainError
from ledger.operations.period import period_lock
from ledger.operations.posting import journal_post, journals_post_many
from ledger.queries import journals_list
from ledger.reconciliation import book_verify
from ledger.values import AccountRef, JournalRequest, Leg
from tests.ledger.books import AT, BOOK, CLEARING, DAY, ESCROW, Book, assets_ensure, available, hold

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16


@pytest.fixture
def book() -> Book:
    assets_ensure("1")
    return Book()


def together(count: int, act: Callable[[int], object]) -> Counter[str]:
    """Run `act` in so many threads, started together; what each came to, counted."""
    start = threading.Barrier(count)

    def run(number: int) -> str:
        try:
            start.wait()
            act(number)
        except DomainError as error:
            return error.code
        except OperationalError as error:
            return f"database: {error}"
        finally:
            connections.close_all()
        return "ok"

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def post(key: str, *legs: Leg) -> None:
    journal_post(key=key, kind="race", book=BOOK, legs=legs, effective_date=DAY, booked_at=AT)


def verified() -> bool:
    return book_verify(
        book=BOOK, statement_closings=None, business_date=None, impaired=frozenset()
    ).ok


def test_sixteen_clients_drain_one_account_to_zero_and_no_further(book: Book) -> None:
    book.deposit("1", 1_000)

    def drain(number: int) -> None:
        for turn in range(1_000):
            post(f"drain/{number}/{turn}", Leg(available("1"), CLEARING, 7))

    assert together(THREADS, drain) == {"ledger.limit_exceeded": THREADS}
    assert book.net(available("1")) == 1_000 % 7
    assert book.net(CLEARING) == 1_000 - 1_000 % 7
    assert verified()


def test_a_key_sent_by_sixteen_at_once_posts_once(book: Book) -> None:
    book.deposit("1", 1_000)
    legs = [Leg(available("1"), CLEARING, 10)]
    seen: list[tuple[int, bool]] = []

    def send(_: int) -> None:
        for turn in range(5):
            journal = journal_post(
                key=f"same/{turn}",
                kind="race",
                book=BOOK,
                legs=legs,
                effective_date=DAY,
                booked_at=AT,
            )
            seen.append((journal.id, journal.created))

    assert together(THREADS, send) == {"ok": THREADS}
    assert book.net(CLEARING) == 50
    assert len({identity for identity, _ in seen}) == 5
    assert sum(created for _, created in seen) == 5


def test_a_key_contested_by_two_requests_has_one_winner(book: Book) -> None:
    outcomes = together(8, lambda n: post("contested", Leg(ESCROW, available("1"), n + 1)))
    assert outcomes == {"ok": 1, "ledger.key_conflict": 7}
    assert len(journals_list(book=BOOK)) == 1
    assert verified()


def test_opposite_directions_never_deadlock(book: Book) -> None:
    parties = [str(number) for number in range(6)]
    for party in parties:
        book.deposit(party, 100_000)

    def shuffle(number: int) -> None:
        dice = random.Random(number)
        for turn in range(20):
            legs = []
            for _ in range(dice.choice((1, 3, 12))):
                giver, taker = dice.sample(parties, 2)
                legs.append(Leg(available(giver), available(taker), dice.randint(1, 9)))
            legs.append(Leg(ESCROW, available(dice.choice(parties)), 1))
            dice.shuffle(legs)
            post(f"storm/{number}/{turn}", *legs)

    assert together(THREADS, shuffle) == {"ok": THREADS}
    assert book.escrow == 600_000 + THREADS * 20
    assert sum(book.net(available(party)) for party in parties) == book.escrow
    assert verified()


def test_accounts_are_opened_once_however_many_name_them_first(book: Book) -> None:
    names = [str(number) for number in range(20)]

    def first(number: int) -> None:
        order = names[:] if number % 2 else names[::-1]
        post(f"open/{number}", *(Leg(ESCROW, available(name), 1) for name in order))

    assert together(THREADS, first) == {"ok": THREADS}
    assert [book.net(available(name)) for name in names] == [THREADS] * 20
    assert verified()


def test_a_hold_is_posted_or_voided_but_never_both(book: Book) -> None:
    book.deposit("1", 10_000)
    for turn in range(10):
        pending = Leg.pending(available("1"), hold("1"), 100)
        bid = book.post(pending).transfer_ids[0]

        def resolve(number: int, bid: int = bid, turn: int = turn) -> None:
            leg = Leg.void(bid) if number % 2 else Leg.post(bid, 60)
            post(f"resolve/{turn}/{number}", leg)

        assert together(8, resolve) == {"ok": 1, "ledger.pending_resolved": 7}
    assert book.free(available("1")) == 10_000 - book.net(hold("1"))
    assert book.net(hold("1")) % 60 == 0
    assert verified()


def test_the_last_unit_is_bought_once(book: Book) -> None:
    series = "series:1"
    issue = AccountRef("issue", "U:1", series)
    book.post(Leg(AccountRef("authorised", "U:1", series), issue, 1))
    outcomes = together(
        8,
        lambda n: post(f"unit/{n}", Leg(issue, AccountRef("held", "U:1", f"party:{n}", series), 1)),
    )
    assert outcomes == {"ok": 1, "ledger.limit_exceeded": 7}


def test_nothing_slips_into_a_period_that_is_being_closed(book: Book) -> None:
    book.deposit("1", 1_000_000)
    hashes: list[bytes] = []

    def act(number: int) -> None:
        if number == 0:
            hashes.append(period_lock(book=BOOK, locked_date=DAY, at=AT).trial_balance_hash)
            return
        for turn in range(10):
            post(f"late/{number}/{turn}", Leg(available("1"), CLEARING, 1))

    outcomes = together(THREADS, act)
    assert set(outcomes) <= {"ok", "ledger.period_locked"}
    again = period_lock(book=BOOK, locked_date=DAY, at=AT)
    assert [again.trial_balance_hash] == hashes
    with transaction.atomic():
        restated = period_lock(book=BOOK, locked_date=DAY + timedelta(days=1), at=AT)
    assert restated.trial_balance_hash == again.trial_balance_hash
    assert verified()


def test_batches_with_common_keys_in_any_order_post_each_key_once(book: Book) -> None:
    keys = [f"batch/{number}" for number in range(40)]

    def send(number: int) -> None:
        dice = random.Random(number)
        chosen = dice.sample(keys, 25)
        journals_post_many(
            requests=[
                JournalRequest(key, "race", BOOK, [Leg(ESCROW, available(key), 3)], DAY, AT)
                for key in chosen
            ]
        )

    assert together(THREADS, send) == {"ok": THREADS}
    assert book.escrow == 3 * len(journals_list(book=BOOK, limit=100))
    assert verified()
