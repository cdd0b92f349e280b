"""The door: limits, keys, pending transfers and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from ledger.money import MINOR_MAX
from ledger.operations import posting
from ledger.operations.period import period_lock
from ledger.operations.posting import asset_ensure, journal_post, journals_post_many
from ledger.queries import balance_get, journal_detail, pendings_list
from ledger.reconciliation import book_verify
from ledger.values import AccountRef, JournalRequest, Leg, Phase
from tests.ledger.books import (
    AT,
    BOOK,
    CLEARING,
    DAY,
    ESCROW,
    UNALLOCATED,
    Book,
    assets_ensure,
    available,
    hold,
    refused,
)

pytestmark = pytest.mark.django_db
ALICE, HELD = available("1"), hold("1")


@pytest.fixture(params=["one", "set"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every law holds on both ways through the door."""
    if request.param == "set":
        monkeypatch.setattr(posting, "FEW_LEGS", 0)
    yield
    if connection.needs_rollback:
        return
    report = book_verify(
        book=BOOK, statement_closings=None, business_date=None, impaired=frozenset()
    )
    assert report.ok, report


@pytest.fixture
def book() -> Book:
    assets_ensure("1")
    return Book()


def test_a_journal_moves_all_its_legs(book: Book) -> None:
    journal = book.deposit("1", 1_000)
    assert journal.created
    detail = journal_detail(journal_id=journal.id)
    assert [line.id for line in detail.lines] == list(journal.transfer_ids)
    assert book.escrow == book.net(ALICE) == 1_000
    assert book.net(UNALLOCATED) == 0


def test_a_refused_leg_takes_the_whole_journal_with_it(book: Book) -> None:
    book.deposit("1", 1_000)
    with refused("ledger.limit_exceeded", account="available", asset="CNY", owner="party:1"):
        book.post(Leg(ESCROW, UNALLOCATED, 5), Leg(ALICE, UNALLOCATED, 1_001))
    assert book.escrow == 1_000
    assert book.net(UNALLOCATED) == 0


def test_limits_are_judged_on_where_a_journal_ends(book: Book) -> None:
    book.post(Leg(UNALLOCATED, ALICE, 700), Leg(ESCROW, UNALLOCATED, 700))
    assert book.net(ALICE) == 700


def test_a_debit_account_never_turns_credit(book: Book) -> None:
    obligor = AccountRef("obligor", "CNY.claim", "party:1", "claim:1")
    entitled = AccountRef("entitled", "CNY.claim", "party:2", "claim:1")
    book.post(Leg(obligor, entitled, 100))
    with refused("ledger.limit_exceeded"):
        book.post(Leg(entitled, obligor, 101))
    other = AccountRef("entitled", "CNY.claim", "party:3", "claim:2")
    book.post(Leg(AccountRef("obligor", "CNY.claim", "party:1", "claim:2"), other, 50))
    with refused("ledger.limit_exceeded", account="obligor"):
        book.post(Leg(other, obligor, 50), Leg(entitled, obligor, 100))


def test_the_same_request_again_returns_the_first_result(book: Book) -> None:
    first = book.deposit("1", 1_000)
    legs = [Leg(ESCROW, UNALLOCATED, 1_000), Leg(UNALLOCATED, ALICE, 1_000)]
    again = journal_post(
        key=f"{BOOK}/1",
        kind="test",
        book=BOOK,
        legs=legs,
        effective_date=DAY,
        booked_at=AT + timedelta(days=1),
    )
    assert again == type(first)(first.id, False, first.transfer_ids)
    assert book.escrow == 1_000


@pytest.mark.parametrize("change", ["amount", "account", "kind", "date", "memo"])
def test_another_request_under_a_used_key_is_a_conflict(book: Book, change: str) -> None:
    book.deposit("1", 1_000)
    amount = 999 if change == "amount" else 1_000
    party = available("2") if change == "account" else ALICE
    with refused("ledger.key_conflict", key=f"{BOOK}/1"):
        journal_post(
            key=f"{BOOK}/1",
            kind="other" if change == "kind" else "test",
            book=BOOK,
            legs=[Leg(ESCROW, UNALLOCATED, amount), Leg(UNALLOCATED, party, amount)],
            effective_date=DAY + timedelta(days=1) if change == "date" else DAY,
            booked_at=AT,
            memo={"why": "else"} if change == "memo" else {},
        )
    assert book.escrow == 1_000


def test_what_is_pending_is_reserved_but_not_moved(book: Book) -> None:
    book.deposit("1", 1_000)
    book.post(Leg.pending(ALICE, HELD, 600))
    assert (book.net(ALICE), book.free(ALICE), book.net(HELD)) == (1_000, 400, 0)
    with refused("ledger.limit_exceeded", account="available"):
        book.post(Leg(ALICE, CLEARING, 401))
    with refused("ledger.limit_exceeded", account="hold"):
        book.post(Leg(HELD, CLEARING, 1))


def test_a_pending_transfer_posts_whole(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    book.post(Leg.post(bid), Leg(HELD, CLEARING, 600))
    assert (book.net(ALICE), book.free(ALICE), book.net(CLEARING)) == (400, 400, 600)
    assert pendings_list(book=BOOK) == ()


def test_a_partial_post_releases_the_rest(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    book.post(Leg.post(bid, 250))
    assert (book.net(ALICE), book.free(ALICE), book.net(HELD)) == (750, 750, 250)
    with refused("ledger.pending_resolved"):
        book.post(Leg.void(bid))


def test_a_void_releases_everything(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    book.post(Leg.void(bid))
    assert (book.free(ALICE), book.net(HELD)) == (1_000, 0)
    with refused("ledger.pending_resolved"):
        book.post(Leg.post(bid))


def test_a_pending_transfer_is_resolved_once(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    with refused("ledger.pending_resolved"):
        book.post(Leg.post(bid, 300), Leg.post(bid, 300))
    book.post(Leg.post(bid))
    with refused("ledger.pending_resolved"):
        book.post(Leg.post(bid))


def test_no_more_is_posted_than_was_pending(book: Book) -> None:
    book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    with refused("ledger.amount_invalid"):
        book.post(Leg.post(bid, 601))
    assert book.free(ALICE) == 400


def test_only_a_pending_transfer_of_this_book_can_be_resolved(book: Book) -> None:
    deposit = book.deposit("1", 1_000)
    bid = book.post(Leg.pending(ALICE, HELD, 600)).transfer_ids[0]
    other = Book("programme:2")
    other.deposit("1", 1_000)
    for unknown in (bid, 10**15):
        with refused("ledger.pending_unknown", pending=unknown):
            other.post(Leg.post(unknown))
    with refused("ledger.pending_unknown"):
        book.post(Leg.post(deposit.transfer_ids[0]))


def test_books_are_apart(book: Book) -> None:
    book.deposit("1", 1_000)
    other = Book("programme:2")
    with refused("ledger.limit_exceeded"):
        other.post(Leg(ALICE, CLEARING, 1))
    assert balance_get(ref=ALICE, book="programme:2").net == 0


@pytest.mark.parametrize("amount", [0, -1, MINOR_MAX + 1])
def test_an_amount_is_positive_and_fits(book: Book, amount: int) -> None:
    with refused("ledger.amount_invalid"):
        book.post(Leg(ESCROW, UNALLOCATED, amount))


def test_the_largest_amount_fits_once_and_sums_never_wrap(book: Book) -> None:
    book.post(Leg(ESCROW, UNALLOCATED, MINOR_MAX))
    assert book.escrow == MINOR_MAX
    with refused("ledger.amount_invalid"):
        book.post(Leg(ESCROW, UNALLOCATED, 1))
    with refused("ledger.amount_invalid"):
        book.post(Leg(ESCROW, available("2"), MINOR_MAX), Leg(ESCROW, available("2"), 1))
    assert book.escrow == MINOR_MAX
    book.post(Leg(UNALLOCATED, ALICE, MINOR_MAX))
    bid = book.post(Leg.pending(ALICE, HELD, MINOR_MAX - 1)).transfer_ids[0]
    with refused("ledger.amount_invalid"):
        book.post(Leg.pending(ALICE, HELD, 2))
    book.post(Leg.post(bid))
    assert book.net(HELD) == MINOR_MAX - 1


def test_a_journal_has_legs(book: Book) -> None:
    with refused("ledger.amount_invalid"):
        book.post()


def test_assets_never_mix(book: Book) -> None:
    with refused("ledger.asset_mixed"):
        book.post(Leg(ESCROW, AccountRef("entitled", "CNY.claim", "party:1", "claim:1"), 1))


def test_the_chart_is_closed(book: Book) -> None:
    with refused("ledger.account_unknown", account="pocket", asset="CNY"):
        book.post(Leg(ESCROW, AccountRef("pocket", "CNY"), 1))
    with refused("ledger.asset_unknown", asset="U:404"):
        book.post(Leg(AccountRef("authorised", "U:404"), AccountRef("issue", "U:404"), 1))


def test_two_names_never_share_an_account(book: Book) -> None:
    with refused("ledger.account_unknown"):
        book.post(Leg(ESCROW, AccountRef("hold", "CNY", "party:1\x1fseries:1"), 1))


def test_a_transfer_is_between_two_accounts(book: Book) -> None:
    with refused("ledger.accounts_same"):
        book.post(Leg(ESCROW, ESCROW, 1))


def test_a_closed_period_takes_nothing_more_but_still_answers_its_keys(book: Book) -> None:
    first = book.deposit("1", 1_000)
    period_lock(book=BOOK, locked_date=DAY, at=AT)
    with refused("ledger.period_locked", locked_date=DAY.isoformat()):
        book.deposit("1", 5)
    again = book.post(
        Leg(ESCROW, UNALLOCATED, 1_000), Leg(UNALLOCATED, ALICE, 1_000), key=f"{BOOK}/1"
    )
    assert (again.id, again.created) == (first.id, False)
    book.post(Leg(ESCROW, UNALLOCATED, 5), day=DAY + timedelta(days=1))
    assert book.escrow == 1_005


def test_an_asset_is_registered_once_and_keeps_its_kind(book: Book) -> None:
    asset_ensure(code="CNY", kind="currency", scale=2)
    with refused("ledger.asset_conflict", asset="CNY"):
        asset_ensure(code="CNY", kind="currency", scale=0)
    with refused("ledger.asset_conflict", asset="U:8"):
        asset_ensure(code="U:8", kind="claim", scale=0)


def _request(key: str, amount: int, book: str = BOOK) -> JournalRequest:
    return JournalRequest(key, "test", book, [Leg(ESCROW, ALICE, amount)], DAY, AT)


def test_many_journals_post_together_each_under_its_own_key(book: Book) -> None:
    first = journals_post_many(requests=[_request("a", 1), _request("b", 2)])
    again = journals_post_many(
        requests=[_request("c", 4), _request("b", 2), _request("c", 4), _request("a", 1)]
    )
    assert [journal.created for journal in again] == [True, False, True, False]
    assert (again[1].id, again[3].id) == (first[1].id, first[0].id)
    assert again[0] == again[2]
    assert again[1].transfer_ids == first[1].transfer_ids
    assert book.escrow == 7


def test_a_batch_with_one_conflict_posts_nothing(book: Book) -> None:
    journals_post_many(requests=[_request("a", 1)])
    with refused("ledger.key_conflict", key="a"):
        journals_post_many(requests=[_request("b", 2), _request("a", 3)])
    with refused("ledger.key_conflict", key="c"):
        journals_post_many(requests=[_request("c", 2), _request("c", 3)])
    assert book.escrow == 1


def test_a_batch_may_span_books(book: Book) -> None:
    posted = journals_post_many(
        requests=[
            _request("z", 1, "programme:2"),
            _request("a", 2),
            _request("y", 4, "programme:2"),
        ]
    )
    assert len({journal.id for journal in posted}) == 3
    assert book.escrow == 2
    assert balance_get(ref=ESCROW, book="programme:2").net == 5


def test_a_long_journal_keeps_the_order_of_its_legs(book: Book) -> None:
    legs = [Leg(ESCROW, available(str(number)), number + 1) for number in range(300)]
    journal = book.post(*legs)
    lines = journal_detail(journal_id=journal.id).lines
    assert [line.id for line in lines] == list(journal.transfer_ids)
    assert [line.amount for line in lines] == [leg.amount for leg in legs]
    assert all(line.phase is Phase.POSTED for line in lines)
    assert book.escrow == 300 * 301 // 2
