"""Parties, accounts, seats, numbers, inboxes: all safe to repeat."""

from typing import Any

import pytest
from django.db import transaction

from scf.network.models import User
from scf.network.operations import (
    PartyInput,
    business_date_advance,
    desk_notify,
    membership_activate,
    membership_ensure,
    notifications_mark_read,
    number_next,
    parties_kyb_set,
    party_four_eyes_waive,
    party_upsert_many,
    programme_lock,
    user_ensure,
    user_language_set,
)
from scf.network.queries import (
    notifications_list,
    notifications_unread,
    parties_by_tax_id,
    party_codes_map,
    party_get,
)
from scf.network.values import PartyKind, Role, Seat
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_import_never_renames_a_firm(stage: Stage) -> None:
    world = stage.world
    row = PartyInput(
        tax_id="91X", name="甲厂", kinds=(PartyKind.SUPPLIER,), codes=(("ERP", "vendor", "7"),)
    )
    first = party_upsert_many(programme_id=world.programme_id, rows=[row])
    again = PartyInput(tax_id="91X", name="改名", codes=(("ERP", "vendor", "8"),))
    assert party_upsert_many(programme_id=world.programme_id, rows=[again]) == first
    assert party_get(party_id=first["91X"]).name == "甲厂"
    codes = party_codes_map(programme_id=world.programme_id, source_system="ERP")
    assert codes == {("vendor", "7"): first["91X"], ("vendor", "8"): first["91X"]}
    assert parties_by_tax_id(tax_ids=["91X", "none"]) == first


def test_numbers_go_on_and_dates_move_once(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    with transaction.atomic():
        assert number_next(programme_id=world.programme_id, prefix="T") == "T-0001"
        assert number_next(programme_id=world.programme_id, prefix="T", width=2) == "T-02"
    from datetime import timedelta

    today = world.today
    move: dict[str, Any] = {
        "programme_id": world.programme_id,
        "closing": today,
        "opening": today + timedelta(1),
    }
    business_date_advance(**move)
    with refused("network.business_date_moved"):
        business_date_advance(**move)
    with refused("network.programme_unknown"), transaction.atomic():
        programme_lock(programme_id=0)


def test_users_seats_and_languages(stage: Stage, refused: Refusing) -> None:
    user_id = user_ensure(username="u1", display_name="甲", password="secret-word-1")
    assert user_ensure(username="u1", display_name="乙", password="other") == user_id
    seat = membership_ensure(
        user_id=user_id,
        programme_id=stage.world.programme_id,
        role=Role.AUDITOR,
        seat=Seat.VIEWER,
    )
    membership_activate(user_id=user_id, membership_id=seat)
    with refused("network.membership_unknown"):
        membership_activate(user_id=user_id, membership_id=0)
    user_language_set(user_id=user_id, language="en")
    assert User.objects.get(pk=user_id).language == "en"


def test_an_inbox_line_is_written_once_and_read(stage: Stage) -> None:
    world = stage.world
    for _ in range(2):
        desk_notify(
            programme_id=world.programme_id,
            role=Role.OPERATIONS,
            party_id=None,
            key="k",
            code="network.day_end.finished",
            facts={},
            link="/operations/",
            at=world.at,
        )
    user_id = world.actors["ops"].user_id
    inbox = {"user_id": user_id, "programme_id": world.programme_id}
    assert notifications_unread(**inbox) == 1
    assert notifications_list(**inbox)[0]["link"] == "/operations/"
    assert notifications_mark_read(user_id=user_id, at=world.at) == 1
    assert notifications_unread(**inbox) == 0


def test_kyb_and_the_waiver_are_on_record(stage: Stage) -> None:
    party = stage.world.party("B")
    parties_kyb_set(party_ids=[party], expiry_date=stage.world.today)
    assert party_get(party_id=party).kyb_valid(on=stage.world.today)
    party_four_eyes_waive(party_id=party, by="法人", at=stage.world.at)
    assert party_get(party_id=party).four_eyes_waived
