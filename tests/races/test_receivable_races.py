"""Two at once on the real database: one wins, the other gets a clear refusal, the books stay whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connections

from ledger.errors import DomainError
from ledger.queries import balance_get
from scf.access.policy import scope_for
from scf.journeys.accepting import quote_accept, quote_accept_approve
from scf.journeys.closing import series_close
from scf.journeys.quoting import quotes_make
from scf.journeys.subscribing import subscription_place
from scf.journeys.verifying import book_prove
from scf.network.queries import approvals_pending
from scf.products.queries import bid_units, series_get
from scf.simulator.worked.figures import Reading
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.life import bid, claim_offered, listed
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return world_make(code="race", start=TUESDAY)


def together(*calls: Callable[[], object]) -> list[object]:
    """Start all at one barrier, each on its own connection; results or DomainErrors, in order."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[index] = call()
        except DomainError as error:
            results[index] = error
        except Exception as error:  # shown by the assertion on the results
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def codes(results: Sequence[object]) -> list[str]:
    return sorted(error.code for error in results if isinstance(error, DomainError))


def won(results: Sequence[object]) -> list[object]:
    return [result for result in results if not isinstance(result, Exception)]


def test_the_last_units_bought_by_two(world: World) -> None:
    series = listed(
        world=world, claim=claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    )
    bid(world=world, series=series, bids={"C": 9_000})
    world.pays_in(("A", 10_000_000, "入金"), ("B", 10_000_000, "入金"))

    def place(who: str) -> Callable[[], object]:
        return lambda: subscription_place(
            actor=world.actors[who], series_id=series.id, units=372, key=f"last-{who}", at=world.at
        )

    results = together(place("A"), place("B"))
    assert len(won(results)) == 1, results
    assert codes(results) in (["products.units_left"], ["products.not_open"])
    assert bid_units(series_id=series.id) == 9_372
    assert series_get(series_id=series.id).state == "funded"
    assert book_prove(programme_id=world.programme_id).ok


def test_the_same_bid_sent_five_times_at_once_is_one(world: World) -> None:
    series = listed(
        world=world, claim=claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    )
    world.pays_in(("A", 10_000_000, "入金"))
    results = together(
        *[
            lambda: subscription_place(
                actor=world.actors["A"], series_id=series.id, units=1_000, key="one", at=world.at
            )
        ]
        * 5
    )
    assert len({getattr(result, "id", result) for result in results}) == 1, results
    assert bid_units(series_id=series.id) == 1_000


def test_one_quote_accepted_in_two_tabs(world: World) -> None:
    receivable_id = papers_deliver(
        world=world,
        number="INV-0001",
        gross_minor=FACE,
        due_date=world.today + timedelta(days=TENOR),
    )
    gate_open(world=world)
    quote = quotes_make(
        actor=world.actors["supplier"], receivable_ids=[receivable_id], at=world.at
    )[0].quote
    assert quote is not None

    def accept(tab: str) -> Callable[[], object]:
        return lambda: quote_accept(
            actor=world.actors["supplier"], quote_id=quote.id, key=tab, consent=True, at=world.at
        )

    results = together(accept("one"), accept("two"))
    assert len(won(results)) == 1, results
    assert codes(results) == ["financing.quote_taken"]


def test_one_acceptance_approved_twice(world: World) -> None:
    receivable_id = papers_deliver(
        world=world,
        number="INV-0001",
        gross_minor=FACE,
        due_date=world.today + timedelta(days=TENOR),
    )
    gate_open(world=world)
    quote = quotes_make(
        actor=world.actors["supplier"], receivable_ids=[receivable_id], at=world.at
    )[0].quote
    assert quote is not None
    quote_accept(
        actor=world.actors["supplier"], quote_id=quote.id, key="k", consent=True, at=world.at
    )
    approval = approvals_pending(scope=scope_for(world.actors["supplier2"]))[0]
    results = together(
        *[
            lambda: quote_accept_approve(
                actor=world.actors["supplier2"],
                approval_id=approval.id,
                content_hash=approval.content_hash,
                at=world.at,
            )
        ]
        * 3
    )
    assert len(won(results)) == 1, results
    assert codes(results) == ["network.approval_decided"] * 2


def test_a_close_clicked_twice_moves_money_once(world: World) -> None:
    series = listed(
        world=world, claim=claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    )
    bid(world=world, series=series, bids=BIDS)
    reading = Reading(world=world, series=series)
    results = together(
        *[lambda: series_close(actor=world.actors["ops"], series_id=series.id, at=world.at)] * 3
    )
    assert all(getattr(result, "state", "") == "issued" for result in results), results
    payable = balance_get(ref=reading.books.payable_supplier, book=world.programme.book)
    assert payable.cr_posted == 93_581_346
    assert book_prove(programme_id=world.programme_id).ok
