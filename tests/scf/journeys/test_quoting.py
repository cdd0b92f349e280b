"""What a supplier could get, the quotes it asks for, and what stands in the way."""

from typing import Any

from scf.access.policy import scope_for
from scf.financing.queries import quotes_list
from scf.journeys.quoting import previews_list, quotes_make
from scf.network.operations import party_kyb_set
from scf.network.values import KybState
from scf.simulator.worked.life import claim_from
from tests.scf.journeys.conftest import Refusing, Stage


def _previews(stage: Stage) -> Any:
    return previews_list(
        scope=scope_for(stage.world.actors["supplier"]), supplier_id=stage.world.party("supplier")
    )


def test_the_preview_is_the_worked_example(stage: Stage) -> None:
    stage.sellable()
    (preview,) = _previews(stage)
    assert preview.missing == ""
    assert preview.receipt.proceeds_minor == 93_581_346


def test_without_a_gate_the_preview_says_so(stage: Stage) -> None:
    stage.receivable()
    (preview,) = _previews(stage)
    assert (preview.receipt, preview.missing) == (None, "gate")


def test_a_financed_receivable_is_no_longer_offered(stage: Stage) -> None:
    receivable_id = stage.sellable()
    claim_from(world=stage.world, receivable_id=receivable_id)
    (preview,) = _previews(stage)
    assert preview.missing == "in_financing"


def test_many_at_once_each_with_its_own_answer(stage: Stage) -> None:
    good = stage.sellable()
    tiny = stage.sellable("INV-0002", 9_000)
    outcomes = quotes_make(
        actor=stage.world.actors["supplier"],
        receivable_ids=[good, tiny, 999_999],
        at=stage.world.at,
    )
    quoted, *refusals = outcomes
    assert quoted.quote is not None
    assert quoted.quote.proceeds_minor == 93_581_346
    codes = [line.error.code for line in refusals if line.error is not None]
    assert codes == ["financing.not_priceable", "trade.receivable_unknown"]


def test_a_new_quote_supersedes_the_old_one(stage: Stage) -> None:
    receivable_id = stage.sellable()
    first, second = stage.quote(receivable_id), stage.quote(receivable_id)
    scope = scope_for(stage.world.actors["supplier"])
    states = {quote.id: quote.state for quote in quotes_list(scope=scope)}
    assert states == {first.id: "superseded", second.id: "open"}


def test_an_expired_kyb_refuses_the_quote(stage: Stage) -> None:
    receivable_id = stage.sellable()
    party_kyb_set(party_id=stage.world.party("supplier"), state=KybState.EXPIRED, expiry_date=None)
    (outcome,) = quotes_make(
        actor=stage.world.actors["supplier"], receivable_ids=[receivable_id], at=stage.world.at
    )
    assert outcome.error is not None
    assert outcome.error.code == "financing.kyb_invalid"


def test_only_the_supplier_asks(stage: Stage, refused: Refusing) -> None:
    receivable_id = stage.sellable()
    with refused("access.denied"):
        quotes_make(
            actor=stage.world.actors["A"], receivable_ids=[receivable_id], at=stage.world.at
        )
