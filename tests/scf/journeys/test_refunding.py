"""An overpayment goes back to its payer, through a batch that two people sign."""

from datetime import timedelta

from ledger.queries import balance_get
from scf.journeys.bank_booking import cash_of
from scf.journeys.refunding import on_account_list, on_account_refund
from scf.journeys.verifying import book_prove
from scf.simulator.worked.life import INVOICE, days_pass, money_leaves
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage

OVERPAID = 50_000


def _overpaid(stage: Stage) -> int:
    """BOOKS: the obligor pays 500.00 too much on day 90."""
    stage.issued()
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=90))
    stage.world.pays_in(("obligor", 100_000_000 + OVERPAID, INVOICE))
    ((party_id, _name, amount),) = on_account_list(programme=stage.world.programme)
    assert amount == OVERPAID
    return party_id


def _refund(stage: Stage, party_id: int, amount: int, key: str = "k1") -> int:
    return on_account_refund(
        actor=stage.world.actors["ops"],
        party_id=party_id,
        amount_minor=amount,
        key=key,
        at=stage.world.at,
    )


def _escrow(stage: Stage) -> int:
    programme = stage.world.programme
    return balance_get(ref=cash_of(programme).escrow, book=programme.book).net


def test_what_was_paid_too_much_leaves_again(stage: Stage) -> None:
    party_id = _overpaid(stage)
    money_leaves(world=stage.world)
    before = _escrow(stage)
    _refund(stage, party_id, OVERPAID)
    money_leaves(world=stage.world)
    assert before - _escrow(stage) == OVERPAID
    assert on_account_list(programme=stage.world.programme) == []
    assert book_prove(programme_id=stage.world.programme_id).ok


def test_the_same_request_twice_is_one_refund(stage: Stage, refused: Refusing) -> None:
    party_id = _overpaid(stage)
    assert _refund(stage, party_id, 20_000) == _refund(stage, party_id, 20_000)
    owed = cash_of(stage.world.programme).payable(party_id)
    assert balance_get(ref=owed, book=stage.world.programme.book).net == 20_000
    with refused("settlement.refund_uncovered"):
        _refund(stage, party_id, 30_001, key="k2")
    with refused("settlement.refund_amount"):
        _refund(stage, party_id, 0, key="k3")
