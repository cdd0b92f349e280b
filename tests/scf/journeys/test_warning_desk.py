"""People deal with warnings: one owner, four acts, and who is told."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from ledger.errors import DomainError
from risk.findings import Severity
from risk.operations.warnings import warnings_raise
from risk.queries.ownership import owner_get
from risk.queries.warnings import WarningRow, warning_get, warning_steps, warnings_list
from risk.warning.values import Sign, Signal
from scf.journeys.warning_desk import (
    warning_close,
    warning_hand_up,
    warning_put_aside,
    warning_take_up,
)
from scf.network.queries import notifications_list
from scf.network.values import party_ref
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desks() -> Desks:
    desks = Desks.make()
    world = desks.world
    firm = party_ref(world.party("supplier"))
    cut = Sign(firm, Signal.ORDERS_CUT, Severity.HIGH, "ppm", -600_000, -300_000, 30)
    warnings_raise(
        programme_ref=world.programme.book,
        signs=[cut],
        names={firm: "算例供应商"},
        on=world.today,
        at=world.at,
    )
    return desks


def one(desks: Desks) -> WarningRow:
    rows = warnings_list(programme_ref=desks.world.programme.book)
    return (
        rows[0] if rows else warnings_list(programme_ref=desks.world.programme.book, ended=True)[0]
    )


def owner(desks: Desks) -> str:
    found = owner_get(
        programme_ref=desks.world.programme.book, kind="warning", ref_id=one(desks).id
    )
    return found.owner_ref if found else ""


def test_whoever_takes_it_up_owns_it(desks: Desks) -> None:
    world, row = desks.world, one(desks)
    warning_take_up(actor=world.actors["risk"], warning_id=row.id, at=world.at)
    assert (one(desks).state, owner(desks)) == ("acknowledged", world.actors["risk"].ref)
    with pytest.raises(DomainError, match=r"risk\.item_taken") as refused:
        warning_close(actor=world.actors["risk2"], warning_id=row.id, reason="x", at=world.at)
    assert refused.value.facts["owner"] == world.actors["risk"].name
    assert one(desks).state == "acknowledged"


def test_put_aside_and_closed(desks: Desks) -> None:
    world, row = desks.world, one(desks)
    actor = world.actors["risk"]
    until = world.today + timedelta(days=5)
    warning_put_aside(actor=actor, warning_id=row.id, until=until, reason="已约谈", at=world.at)
    assert (one(desks).state, one(desks).snoozed_until_date) == ("snoozed", until)
    warning_close(actor=actor, warning_id=row.id, reason="季节", at=world.at)
    found = warning_get(programme_ref=world.programme.book, warning_id=row.id)
    assert found.state == "resolved"
    assert [(s.act, s.by_ref, s.note) for s in warning_steps(warning_id=row.id)] == [
        ("raised", "", ""),
        ("snoozed", actor.ref, "已约谈"),
        ("resolved", actor.ref, "季节"),
    ]


def test_handed_up_it_is_the_other_person_s_who_is_told(desks: Desks) -> None:
    world, row = desks.world, one(desks)
    up = world.actors["risk2"]
    warning_hand_up(
        actor=world.actors["risk"],
        warning_id=row.id,
        user_id=up.user_id,
        reason="超出权限",
        at=world.at,
    )
    assert (one(desks).state, owner(desks)) == ("escalated", up.ref)
    (line,) = notifications_list(user_id=up.user_id, programme_id=world.programme_id)
    assert line["code"] == "risk.warning.escalated"
    assert line["facts"]["reason"] == "超出权限"
    warning_take_up(actor=up, warning_id=row.id, at=world.at)
    assert one(desks).state == "acknowledged"


def test_who_may_not(desks: Desks) -> None:
    world, row = desks.world, one(desks)
    with pytest.raises(DomainError, match=r"access\.denied"):
        warning_close(actor=world.actors["ops"], warning_id=row.id, reason="x", at=world.at)
    with pytest.raises(DomainError, match=r"access\.colleague_unknown"):
        warning_hand_up(
            actor=world.actors["risk"],
            warning_id=row.id,
            user_id=world.actors["ops"].user_id,
            reason="x",
            at=world.at,
        )
    with pytest.raises(DomainError, match=r"risk\.escalate_to_oneself"):
        warning_hand_up(
            actor=world.actors["risk"],
            warning_id=row.id,
            user_id=world.actors["risk"].user_id,
            reason="x",
            at=world.at,
        )
    assert owner(desks) == ""  # what is refused takes nothing


def test_of_two_at_once_one_takes_it_up(desks: Desks) -> None:
    world, row, outcomes = desks.world, one(desks), []
    together = threading.Barrier(2)

    def take(key: str) -> None:
        together.wait()
        try:
            warning_take_up(actor=world.actors[key], warning_id=row.id, at=world.at)
            outcomes.append("done")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(key,)) for key in ("risk", "risk2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "risk.item_taken"]
    assert one(desks).state == "acknowledged"
