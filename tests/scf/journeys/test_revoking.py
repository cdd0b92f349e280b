"""A confirmation goes back: both sides agree, or it runs out before it was ever on offer."""

from datetime import timedelta
from typing import Any

from ledger.queries import balance_get
from risk.queries.limits import limits_list
from scf.financing.queries import claim_get, claim_steps, registrations_of
from scf.journeys.bookings import books_of
from scf.journeys.revoking import revocation_answer, revocation_ask, revocation_asked
from scf.journeys.verifying import book_prove
from scf.products.queries import series_of_claim
from scf.simulator.worked.life import claim_from, days_pass
from tests.scf.journeys.conftest import Refusing, Stage


def _ask(stage: Stage, claim: Any, who: str = "anchor2") -> Any:
    return revocation_ask(
        actor=stage.world.actors[who], claim_id=claim.id, reason="货有争议", at=stage.world.at
    )


def _answer(stage: Stage, claim: Any, *, agree: bool, reason: str = "") -> Any:
    return revocation_answer(
        actor=stage.world.actors["supplier2"],
        claim_id=claim.id,
        agree=agree,
        reason=reason,
        at=stage.world.at,
    )


def _owed(stage: Stage, claim: Any) -> int:
    books = books_of(programme=stage.world.programme, claim=claim)
    return balance_get(ref=books.claim_supplier, book=stage.world.programme.book).net


def test_both_agree_and_the_claim_ends_as_if_never_confirmed(stage: Stage) -> None:
    claim = stage.registered()
    assert _owed(stage, claim) == 100_000_000
    _ask(stage, claim)
    assert revocation_asked(claim_id=claim.id) is not None
    assert _answer(stage, claim, agree=True).state == "released"
    assert _owed(stage, claim) == 0
    assert "deregistration" in [row["kind"] for row in registrations_of(claim_id=claim.id)]
    book = stage.world.programme.book
    assert {row.reserved_minor for row in limits_list(programme_ref=book)} == {0}
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_it_can_be_sold_again_afterwards(stage: Stage) -> None:
    claim = stage.registered()
    _ask(stage, claim)
    _answer(stage, claim, agree=True)
    again = claim_from(world=stage.world, receivable_id=claim.receivable_id)
    assert again.state == "registered"
    assert _owed(stage, again) == 100_000_000


def test_declined_it_stays_and_may_be_asked_for_again(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    with refused("financing.revoke_unasked"):
        _answer(stage, claim, agree=True)
    _ask(stage, claim)
    with refused("financing.revoke_waiting"):
        _ask(stage, claim)
    with refused("financing.reason_missing"):
        _answer(stage, claim, agree=False)
    assert _answer(stage, claim, agree=False, reason="货已验收").state == "registered"
    assert revocation_asked(claim_id=claim.id) is None
    _ask(stage, claim)
    codes = [step["code"] for step in claim_steps(claim_id=claim.id)]
    assert codes[-3:] == ["revoke_asked", "revoke_declined", "revoke_asked"]


def test_the_treasury_s_maker_alone_may_not_ask(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    with refused("access.denied"):
        _ask(stage, claim, who="anchor")
    with refused("financing.claim_unknown"):
        revocation_ask(
            actor=stage.world.actors["anchor2"], claim_id=0, reason="?", at=stage.world.at
        )


def test_on_offer_only_the_offering_can_be_cancelled(stage: Stage, refused: Refusing) -> None:
    series = stage.listed()
    with refused("financing.not_revocable"):
        _ask(stage, claim_get(claim_id=series.claim_id))


def test_confirmed_and_never_offered_it_ends_when_it_falls_due(stage: Stage) -> None:
    claim = stage.registered()
    assert claim.due_date == stage.world.today + timedelta(days=90)
    days_pass(world=stage.world, until=claim.due_date)
    ended = claim_get(claim_id=claim.id)
    assert ended.state == "released"
    assert _owed(stage, ended) == 0
    assert series_of_claim(claim_id=claim.id) is None
    assert book_prove(programme_id=stage.world.programme_id).ok
