"""Where a firm is paid changes under four eyes; its check is recorded by a checker."""

from datetime import timedelta
from typing import Any

from scf.journeys.party_keeping import (
    AccountChange,
    account_change_approve,
    account_change_submit,
    kyb_record,
    party_within,
)
from scf.journeys.paying import payouts_cancel, payouts_prepare
from scf.journeys.repairing import proposal_refuse
from scf.network.queries import bank_account_primary, party_get
from scf.network.values import KybState
from scf.simulator.worked.life import issued
from scf.simulator.worked.receivable import BIDS
from tests.scf.journeys.conftest import Refusing, Stage

NEW = "6222021234567890123"


def _change(stage: Stage, **other: str) -> AccountChange:
    values = {
        "holder_name": party_get(party_id=stage.world.party("supplier")).name,
        "bank_name": "算例二行",
        "bank_code": "",
        "number": NEW,
        "checked": "回电总机 0532-1111，财务王",
    }
    return AccountChange(**{**values, **other})


def _submit(stage: Stage, **other: str) -> Any:
    return account_change_submit(
        actor=stage.world.actors["ops"],
        party_id=stage.world.party("supplier"),
        change=_change(stage, **other),
        at=stage.world.at,
    )


def _approve(stage: Stage, asked: Any, who: str = "ops2") -> int:
    return account_change_approve(
        actor=stage.world.actors[who],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=stage.world.at,
    )


def _paid_to(stage: Stage) -> str:
    return bank_account_primary(party_id=stage.world.party("supplier")).number


def test_another_person_puts_the_new_account_into_force(stage: Stage, refused: Refusing) -> None:
    before = _paid_to(stage)
    asked = _submit(stage)
    assert _paid_to(stage) == before
    with refused("access.own_work"):
        _approve(stage, asked, who="ops")
    _approve(stage, asked)
    assert _paid_to(stage) == NEW


def test_an_account_in_another_name_or_unchecked_is_refused(
    stage: Stage, refused: Refusing
) -> None:
    with refused("network.account_holder"):
        _submit(stage, holder_name="别家公司")
    with refused("network.account_number"):
        _submit(stage, number="12")
    with refused("network.account_unchecked"):
        _submit(stage, checked=" ")


def test_a_payout_under_way_goes_first(stage: Stage, refused: Refusing) -> None:
    issued(world=stage.world, series=stage.listed(), bids=BIDS)
    ops = stage.world.actors["ops"]
    batch = payouts_prepare(programme_id=stage.world.programme_id, actor=ops, at=stage.world.at)
    asked = _submit(stage)
    with refused("network.account_in_use"):
        _approve(stage, asked)
    assert batch is not None
    payouts_cancel(actor=ops, batch_id=batch, reason="改账户", at=stage.world.at)
    _approve(stage, asked)
    assert _paid_to(stage) == NEW


def test_sent_back_nothing_changes(stage: Stage) -> None:
    before = _paid_to(stage)
    asked = _submit(stage)
    proposal_refuse(
        actor=stage.world.actors["ops2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        reason="回电无人认",
        at=stage.world.at,
    )
    assert _paid_to(stage) == before
    _submit(stage)


def test_a_check_needs_a_day_to_come(stage: Stage, refused: Refusing) -> None:
    party_id, checker = stage.world.party("supplier"), stage.world.actors["ops2"]

    def record(state: KybState, days: int | None, who: Any = checker) -> None:
        until = None if days is None else stage.world.today + timedelta(days=days)
        kyb_record(actor=who, party_id=party_id, state=state, expiry_date=until, at=stage.world.at)

    with refused("network.kyb_dates"):
        record(KybState.VERIFIED, 0)
    with refused("network.kyb_dates"):
        record(KybState.VERIFIED, None)
    with refused("access.denied"):
        record(KybState.REJECTED, None, stage.world.actors["ops"])
    record(KybState.REJECTED, None)
    assert not party_get(party_id=party_id).kyb_valid(on=stage.world.today)
    record(KybState.VERIFIED, 365)
    assert party_get(party_id=party_id).kyb_valid(on=stage.world.today)


def test_a_firm_of_another_programme_is_not_there(stage: Stage, refused: Refusing) -> None:
    with refused("network.party_unknown"):
        party_within(actor=stage.world.actors["ops"], party_id=0)
