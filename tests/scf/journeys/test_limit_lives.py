"""Room on a limit from the accepted quote to its end: taken and let go with the fingerprint."""

from __future__ import annotations

from datetime import timedelta

import pytest

from risk.queries.limits import limit_uses_list, limits_list
from scf.financing.models import Fingerprint
from scf.financing.queries import ClaimFacts, claim_get
from scf.journeys.accepting import claim_withdraw
from scf.journeys.closing import series_cancel
from scf.simulator.worked.life import INVOICE, bid, claim_from, days_pass, issued, listed
from scf.simulator.worked.receivable import BIDS, TUESDAY
from tests.scf.journeys.conftest import Stage
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN = 93_720_000  # the principal of the worked example


def uses(book: str) -> set[tuple[str, str, int]]:
    """(scope, state, amount) of the latest use of every limit that has one."""
    found = set()
    for row in limits_list(programme_ref=book):
        for use in limit_uses_list(limit_id=row.id)[:1]:
            found.add((row.scope, use.state, use.amount_minor))
    return found


def room(book: str) -> set[tuple[int, int]]:
    return {(row.reserved_minor, row.exposed_minor) for row in limits_list(programme_ref=book)}


def is_locked(claim: ClaimFacts) -> bool:
    return Fingerprint.objects.filter(claim_id=claim.id, is_live=True).exists()


def test_from_the_quote_to_the_last_fen(stage: Stage) -> None:
    world, book = stage.world, stage.world.programme.book
    claim = claim_from(world=world, receivable_id=stage.sellable())
    assert uses(book) == {("party", "reserved", TAKEN), ("group", "reserved", TAKEN)}
    assert is_locked(claim)
    series = listed(world=world, claim=claim)
    bid(world=world, series=series, bids=BIDS)
    assert room(book) == {(TAKEN, 0)}
    issued(world=world, series=series, bids={})
    assert room(book) == {(0, TAKEN)}
    days_pass(world=world, until=TUESDAY + timedelta(days=90))
    world.pays_in(("obligor", 100_000_000, INVOICE))
    assert claim_get(claim_id=claim.id).state == "settled"
    assert room(book) == {(0, 0)}
    assert {state for _, state, _ in uses(book)} == {"freed"}
    assert is_locked(claim)  # a paid invoice is never sold again


def test_an_offering_called_off_lets_room_and_fingerprint_go(stage: Stage) -> None:
    world, book = stage.world, stage.world.programme.book
    claim = claim_from(world=world, receivable_id=stage.sellable())
    series = listed(world=world, claim=claim)
    bid(world=world, series=series, bids=BIDS)
    series_cancel(actor=world.actors["ops"], series_id=series.id, reason="供应商请求", at=world.at)
    assert room(book) == {(0, 0)}
    assert not is_locked(claim)


def test_a_sale_taken_back_lets_room_and_fingerprint_go() -> None:
    desks = Desks.make()
    claim = desks.at_the_obligor()
    book = desks.world.programme.book
    assert room(book) != {(0, 0)}
    assert is_locked(claim)
    claim_withdraw(
        actor=desks.world.actors["supplier"], claim_id=claim.id, reason="不卖了", at=desks.world.at
    )
    assert room(book) == {(0, 0)}
    assert not is_locked(claim)


def test_an_obligor_who_never_answers_lets_room_and_fingerprint_go() -> None:
    desks = Desks.make()
    claim = desks.at_the_obligor()
    days_pass(world=desks.world, until=TUESDAY + timedelta(days=14))
    assert claim_get(claim_id=claim.id).state == "expired"
    assert room(desks.world.programme.book) == {(0, 0)}
    assert not is_locked(claim)


def test_a_quote_that_nobody_checked_never_took_room() -> None:
    desks = Desks.make()
    claim = desks.submitted()
    assert room(desks.world.programme.book) == {(0, 0)}
    days_pass(world=desks.world, until=TUESDAY + timedelta(days=3))
    assert claim_get(claim_id=claim.id).state == "withdrawn"
    assert room(desks.world.programme.book) == {(0, 0)}
