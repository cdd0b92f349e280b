from __future__ import annotations

import pytest

from risk.queries.limits import limits_list
from risk.queries.scores import cards_list
from scf.management.background import clock
from scf.network.queries import (
    bank_account_primary,
    parties_of_kind,
    party_codes_map,
    party_get,
    programme_get,
)
from scf.network.values import PartyKind
from scf.simulator.play.cast import FEATURED_LIMIT_MINOR, Cast, cast_ensure, short_name_of
from scf.simulator.play.people import LOGINS, SINGLE_LOGINS
from scf.simulator.population import FEATURED_CODE, chain_populate
from scf.simulator.values import SOURCE_SYSTEM
from tests.scf.simulator.play.scenes import TINY

pytestmark = pytest.mark.django_db


def _cast() -> Cast:
    return cast_ensure(
        chain=chain_populate(spec=TINY),
        business_date=TINY.business_date,
        password="geheim",
        at=clock(),
    )


def test_everybody_stands_with_a_seat_an_account_and_a_limit() -> None:
    cast = _cast()
    programme = programme_get(programme_id=cast.programme_id)
    assert programme.is_demo
    assert set(cast.actors) == {login.username for login in LOGINS + SINGLE_LOGINS}
    featured = cast.party_ids[FEATURED_CODE]
    assert bank_account_primary(party_id=featured).masked_number == "····4471"
    assert party_get(party_id=featured).kyb_valid(on=TINY.business_date)
    [limit] = limits_list(
        programme_ref=programme.book, scope="party", party_ref=f"party:{featured}"
    )
    assert limit.base_minor == FEATURED_LIMIT_MINOR
    obligors = parties_of_kind(programme_id=programme.id, kind=PartyKind.OBLIGOR)
    assert {party.group_name for party in obligors} == {"沧澜"}
    codes = party_codes_map(programme_id=programme.id, source_system=SOURCE_SYSTEM)
    assert codes["vendor", FEATURED_CODE] == featured
    assert [row.state for row in cards_list(programme_ref=programme.book)] == ["approved"]


def test_setting_the_scene_twice_is_one_scene() -> None:
    first, second = _cast(), _cast()
    assert first == second


def test_names_are_shortened_for_tables() -> None:
    assert short_name_of("沧澜制冷电器有限公司") == "沧澜制冷电器"
