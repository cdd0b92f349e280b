"""Acceptance: two people, one fingerprint, one limit, and a way back until the obligor confirms."""

from typing import Any

from django.db import transaction

from scf.access.policy import scope_for
from scf.financing.fingerprint import fingerprint
from scf.financing.operations.claims import fingerprint_take
from scf.financing.queries import fingerprint_holder
from scf.journeys.accepting import (
    claim_withdraw,
    quote_accept,
    quote_accept_approve,
    quote_accept_refuse,
)
from scf.journeys.day_end import day_end_now
from scf.journeys.quoting import quotes_make
from scf.network.operations import party_four_eyes_waive
from scf.network.queries import approvals_pending, party_get
from tests.scf.journeys.conftest import Refusing, Stage


def _accept(
    stage: Stage, quote: Any, key: Any = "k1", who: Any = "supplier", consent: Any = True
) -> Any:
    return quote_accept(
        actor=stage.world.actors[who],
        quote_id=quote.id,
        key=key,
        consent=consent,
        at=stage.world.at,
    )


def _waiting(stage: Stage) -> Any:
    return approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))[0]


def _approve(stage: Stage, approval: Any, who: Any = "supplier2") -> Any:
    return quote_accept_approve(
        actor=stage.world.actors[who],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        at=stage.world.at,
    )


def _print(stage: Stage) -> Any:
    supplier = party_get(party_id=stage.world.party("supplier"))
    obligor = party_get(party_id=stage.world.party("obligor"))
    return fingerprint(
        seller_tax_id=supplier.tax_id, buyer_tax_id=obligor.tax_id, invoice_number="INV0001"
    )


def test_the_second_person_submits_and_takes_the_fingerprint(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    claim = _accept(stage, quote)
    assert claim.state == "draft"
    assert fingerprint_holder(value=_print(stage)) is None
    assert _approve(stage, _waiting(stage)).state == "submitted"
    assert fingerprint_holder(value=_print(stage)) == claim.number


def test_the_same_key_returns_the_same_claim_and_another_tab_is_refused(
    stage: Stage, refused: Refusing
) -> None:
    quote = stage.quote(stage.sellable())
    claim = _accept(stage, quote)
    assert _accept(stage, quote).id == claim.id
    with refused("financing.quote_taken"):
        _accept(stage, quote, key="another tab")


def test_nobody_approves_their_own(stage: Stage, refused: Refusing) -> None:
    quote = stage.quote(stage.sellable())
    _accept(stage, quote, who="supplier2")
    with refused("network.four_eyes"):
        _approve(stage, _waiting(stage))


def test_a_waived_firm_needs_one_person(stage: Stage) -> None:
    party_four_eyes_waive(party_id=stage.world.party("supplier"), by="法人", at=stage.world.at)
    quote = stage.quote(stage.sellable())
    assert _accept(stage, quote, who="supplier2").state == "submitted"


def test_without_consent_nothing_happens(stage: Stage, refused: Refusing) -> None:
    quote = stage.quote(stage.sellable())
    with refused("financing.consent_missing"):
        _accept(stage, quote, consent=False)


def test_yesterdays_quote_is_stale(stage: Stage, refused: Refusing) -> None:
    quote = stage.quote(stage.sellable())
    day_end_now(actor=stage.world.actors["ops"], at=stage.world.at)
    with refused("financing.quote_stale"):
        _accept(stage, quote)


def test_the_same_invoice_under_another_spelling_is_refused(stage: Stage) -> None:
    """The documents already know it for a duplicate, so that it gets no quote at all."""
    _accept(stage, stage.quote(stage.sellable()))
    _approve(stage, _waiting(stage))
    (outcome,) = quotes_make(
        actor=stage.world.actors["supplier"],
        receivable_ids=[stage.sellable("ＩＮＶ０００１")],
        at=stage.world.at,
    )
    assert outcome.error is not None
    assert outcome.error.code == "financing.not_ready"
    assert outcome.error.facts["missing"] == "match"


def test_a_fingerprint_that_is_held_refuses_another_claim(stage: Stage, refused: Refusing) -> None:
    first = _accept(stage, stage.quote(stage.sellable()))
    _approve(stage, _waiting(stage))
    other = _accept(stage, stage.quote(stage.sellable("INV-0002")), key="k2")
    with refused("financing.fingerprint_taken"), transaction.atomic():
        fingerprint_take(
            claim_id=other.id, value=_print(stage), number="INV-0001", at=stage.world.at
        )
    assert fingerprint_holder(value=_print(stage)) == first.number


def test_refused_by_the_second_person_nothing_was_taken(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    _accept(stage, quote)
    approval = _waiting(stage)
    claim = quote_accept_refuse(
        actor=stage.world.actors["supplier2"],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        reason="先不卖",
        at=stage.world.at,
    )
    assert claim.state == "withdrawn"
    assert fingerprint_holder(value=_print(stage)) is None


def test_withdrawn_before_confirmation_it_can_be_offered_again(stage: Stage) -> None:
    receivable_id = stage.sellable()
    claim = _accept(stage, stage.quote(receivable_id))
    _approve(stage, _waiting(stage))
    claim_withdraw(
        actor=stage.world.actors["supplier"], claim_id=claim.id, reason="改主意", at=stage.world.at
    )
    assert fingerprint_holder(value=_print(stage)) is None
    again = _accept(stage, stage.quote(receivable_id), key="k2")
    assert _approve(stage, _waiting(stage)).id == again.id


def test_after_confirmation_the_supplier_alone_cannot_go_back(
    stage: Stage, refused: Refusing
) -> None:
    claim = stage.registered()
    with refused("financing.not_withdrawable"):
        claim_withdraw(
            actor=stage.world.actors["supplier"],
            claim_id=claim.id,
            reason="晚了",
            at=stage.world.at,
        )


def test_the_maker_takes_back_what_nobody_has_checked_yet(stage: Stage, refused: Refusing) -> None:
    claim = _accept(stage, stage.quote(stage.sellable()))
    waiting = _waiting(stage)
    moved = claim_withdraw(
        actor=stage.world.actors["supplier"], claim_id=claim.id, reason="写错了", at=stage.world.at
    )
    assert moved.state == "withdrawn"
    with refused("network.approval_decided"):
        _approve(stage, waiting)
    assert fingerprint_holder(value=_print(stage)) is None
