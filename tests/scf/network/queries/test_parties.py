"""Reads of programmes, parties, accounts and seats."""

import pytest

from scf.access.policy import scope_for
from scf.network.operations import party_contacts_complete
from scf.network.queries import (
    PartyContacts,
    actor_of,
    actors_list,
    memberships_list,
    parties_of_kind,
    parties_table,
    party_contacts_map,
    party_get,
    party_kinds_map,
    programme_by_code,
    programme_get,
    recipients_of,
    seats_list,
    user_names,
)
from scf.network.values import PartyKind, Role, Seat
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_unknown_things_are_refused(stage: Stage, refused: Refusing) -> None:
    for code, read in (
        ("network.programme_unknown", lambda: programme_get(programme_id=0)),
        ("network.programme_unknown", lambda: programme_by_code(code="none")),
        ("network.party_unknown", lambda: party_get(party_id=0)),
    ):
        with refused(code):
            read()


def test_kinds_accounts_and_seats(stage: Stage) -> None:
    world = stage.world
    suppliers = parties_of_kind(programme_id=world.programme_id, kind=PartyKind.SUPPLIER)
    assert [party.name for party in suppliers] == ["算例注塑"]
    kinds = party_kinds_map(programme_id=world.programme_id)
    assert kinds[world.party("A")] == {"investor"}
    table = {row["id"]: row for row in parties_table(scope=scope_for(world.actors["ops"]))}
    assert table.keys() == kinds.keys()
    assert table[world.party("A")]["kinds"] == ["investor"]
    assert table[world.party("A")]["account_number"] == world.firms["A"][2]
    assert len(seats_list(scope=scope_for(world.actors["supplier"]))) == 2
    assert len(seats_list(scope=scope_for(world.actors["ops"]))) > 5


def test_actors_are_found_by_desk_and_seat(stage: Stage) -> None:
    world = stage.world
    (checker,) = actors_list(
        programme_id=world.programme_id, role=Role.OPERATIONS, seat=Seat.CHECKER
    )
    assert checker == world.actors["ops2"]
    (seat,) = memberships_list(user_id=checker.user_id)
    assert actor_of(membership_id=seat["id"], user_id=checker.user_id) == checker
    assert actor_of(membership_id=seat["id"], user_id=world.actors["risk"].user_id) is None
    assert user_names(user_ids=[checker.user_id]) == {checker.user_id: "ops2"}
    assert len(recipients_of(programme_id=world.programme_id, role=Role.RISK, party_id=None)) == 2


def test_who_stands_behind_a_firm_is_filled_in_once_and_shown_masked(stage: Stage) -> None:
    supplier, anchor = stage.world.party("supplier"), stage.world.programme.anchor_id
    told = PartyContacts("李望川", "10022334455", "")
    assert party_contacts_complete(contacts={supplier: told}) == 1
    later = PartyContacts("王伟", "", "山东省临江市海川路 8 号")
    assert party_contacts_complete(contacts={supplier: later}) == 1
    assert party_contacts_complete(contacts={supplier: later}) == 0
    known = party_contacts_map(party_ids=[supplier, anchor])
    assert set(known) == {supplier}
    found = known[supplier]
    assert (found.legal_representative, found.phone) == ("李望川", "10022334455")
    masked = (found.representative_masked, found.phone_masked, found.address_masked)
    assert masked == ("李··", "····4455", "山东省临江市······")
    assert not PartyContacts("", "", "").is_told
