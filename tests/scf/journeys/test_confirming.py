"""The obligor's confirmation: statement in full, two people, a fresh password, a checkable signature."""

from datetime import timedelta
from typing import Any

from scf.access.policy import scope_for
from scf.financing.queries import claim_get, confirmation_get
from scf.financing.signing import content_hash, statement_verify
from scf.journeys.accepting import claim_withdraw, quote_accept, quote_accept_approve
from scf.journeys.checking import claim_check
from scf.journeys.confirming import (
    confirmation_prepare,
    confirmation_refuse,
    confirmation_sign,
    statement_of,
)
from scf.network.queries import approvals_pending
from tests.scf.journeys.conftest import Refusing, Stage


def _matched(stage: Stage) -> Any:
    quote = stage.quote(stage.sellable())
    claim = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    approval = approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))[0]
    quote_accept_approve(
        actor=stage.world.actors["supplier2"],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        at=stage.world.at,
    )
    return claim_check(claim_id=claim.id, at=stage.world.at)


def _prepare(stage: Stage, claim: Any) -> Any:
    return confirmation_prepare(
        actor=stage.world.actors["anchor"], claim_id=claim.id, at=stage.world.at
    )


def _sign(
    stage: Stage, asked: Any, *, who: Any = "anchor2", seen: Any = None, fresh: Any = timedelta(0)
) -> Any:
    return confirmation_sign(
        actor=stage.world.actors[who],
        approval_id=asked.id,
        content_hash_seen=seen or asked.content_hash,
        reauthenticated_at=None if fresh is None else stage.world.at - fresh,
        at=stage.world.at,
    )


def test_the_statement_says_all_that_is_confirmed(stage: Stage) -> None:
    statement = statement_of(claim=_matched(stage))
    assert statement["amount_minor"] == 100_000_000
    assert statement["invoices"][0]["number"] == "INV-0001"
    for said in (
        "goods_accepted",
        "set_off_waived",
        "not_assigned_or_pledged_before",
        "assignment_notice_acknowledged",
    ):
        assert statement[said] is True
    assert statement["pay_only_to"]["account"] == "6222000000000001"


def test_the_export_verifies_offline(stage: Stage) -> None:
    claim = _matched(stage)
    assert _sign(stage, _prepare(stage, claim)).state == "confirmed"
    export = confirmation_get(claim_id=claim.id)
    assert export is not None
    assert export["content_hash"] == content_hash(export["statement"])
    assert statement_verify(
        content=export["statement"],
        public_key=export["public_key"],
        signature=export["signature"],
    )


def test_a_stale_or_missing_password_check_does_not_sign(stage: Stage, refused: Refusing) -> None:
    asked = _prepare(stage, _matched(stage))
    for fresh in (None, timedelta(minutes=6), timedelta(minutes=-1)):
        with refused("financing.reauthentication_needed"):
            _sign(stage, asked, fresh=fresh)


def test_the_maker_cannot_sign(stage: Stage, refused: Refusing) -> None:
    asked = _prepare(stage, _matched(stage))
    with refused("access.denied"):
        _sign(stage, asked, who="anchor")


def test_what_was_not_seen_is_not_signed(stage: Stage, refused: Refusing) -> None:
    asked = _prepare(stage, _matched(stage))
    with refused("network.approval_changed"):
        _sign(stage, asked, seen="0" * 64)
    assert claim_get(claim_id=int(asked.payload["claim"])).state == "matched"


def test_sent_back_with_a_reason(stage: Stage, refused: Refusing) -> None:
    claim = _matched(stage)
    _prepare(stage, claim)
    with refused("financing.reason_missing"):
        confirmation_refuse(
            actor=stage.world.actors["anchor2"], claim_id=claim.id, reason=" ", at=stage.world.at
        )
    sent_back = confirmation_refuse(
        actor=stage.world.actors["anchor2"],
        claim_id=claim.id,
        reason="金额不符",
        at=stage.world.at,
    )
    assert (sent_back.state, sent_back.reason) == ("refused", "金额不符")
    with refused("financing.not_confirmable"):
        _prepare(stage, claim)


def test_taken_back_by_the_supplier_while_the_signer_still_thinks(
    stage: Stage, refused: Refusing
) -> None:
    claim = _matched(stage)
    asked = _prepare(stage, claim)
    claim_withdraw(
        actor=stage.world.actors["supplier"], claim_id=claim.id, reason="改主意", at=stage.world.at
    )
    with refused("network.approval_decided"):
        _sign(stage, asked)
    assert claim_get(claim_id=claim.id).state == "withdrawn"
