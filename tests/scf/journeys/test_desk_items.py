"""Items of the risk desk: one owner each, and who may hand on what."""

import pytest

from ledger.errors import DomainError
from risk.queries.ownership import owner_get
from scf.journeys.assessing import risk_assess_now
from scf.journeys.desk_items import (
    desk_colleagues,
    desk_item_hand,
    desk_item_release,
    desk_item_take,
)
from scf.network.values import Actor, party_ref
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desks() -> Desks:
    desks = Desks.make()
    desks.papers()
    world = desks.world
    risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)
    return desks


def ref(desks: Desks) -> str:
    return party_ref(desks.world.party("supplier"))


def take(desks: Desks, key: str, **changed: str) -> bool:
    item = {"kind": "decision", "ref": ref(desks), **changed}
    return desk_item_take(actor=desks.world.actors[key], at=desks.world.at, **item)


def owner(desks: Desks) -> str:
    found = owner_get(programme_ref=desks.world.programme.book, kind="decision", ref_id=ref(desks))
    return found.owner_ref if found else ""


def hand(desks: Desks, by: str, to: Actor) -> bool:
    return desk_item_hand(
        actor=desks.world.actors[by],
        kind="decision",
        ref=ref(desks),
        user_id=to.user_id,
        at=desks.world.at,
    )


def test_who_comes_second_is_told_who_has_it(desks: Desks) -> None:
    assert take(desks, "risk")
    assert not take(desks, "risk")
    with pytest.raises(DomainError) as refused:
        take(desks, "risk2")
    assert refused.value.facts["owner"] == desks.world.actors["risk"].name


def test_given_back_by_its_owner_only(desks: Desks) -> None:
    world = desks.world
    take(desks, "risk")
    item = {"kind": "decision", "ref": ref(desks), "at": world.at}
    with pytest.raises(DomainError, match=r"risk\.item_not_yours"):
        desk_item_release(actor=world.actors["risk2"], **item)  # type: ignore[arg-type]
    assert desk_item_release(actor=world.actors["risk"], **item)  # type: ignore[arg-type]
    assert owner(desks) == ""


def test_a_second_seat_hands_on_what_is_not_its_own(desks: Desks) -> None:
    maker, checker = desks.world.actors["risk"], desks.world.actors["risk2"]
    take(desks, "risk2")
    with pytest.raises(DomainError, match=r"access\.denied"):
        hand(desks, "risk", maker)
    assert hand(desks, "risk2", maker)
    assert owner(desks) == maker.ref
    assert hand(desks, "risk2", checker)  # a checker may take it away again
    assert owner(desks) == checker.ref
    with pytest.raises(DomainError, match=r"access\.colleague_unknown"):
        hand(desks, "risk2", desks.world.actors["ops"])


def test_others_have_no_hands_here(desks: Desks) -> None:
    with pytest.raises(DomainError, match=r"access\.denied"):
        take(desks, "ops")
    with pytest.raises(DomainError, match=r"risk\.item_unknown"):
        take(desks, "risk", ref="party:999999")
    names = [one.name for one in desk_colleagues(programme_id=desks.world.programme_id)]
    assert len(names) == 2
