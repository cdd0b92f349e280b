"""References, masks and roles."""

from typing import Any

import pytest

from scf.network.values import (
    Actor,
    Role,
    Scope,
    Seat,
    account_number_mask,
    address_mask,
    name_mask,
    party_ref,
    phone_mask,
    programme_ref,
    ref_id,
)


def test_references_lead_there_and_back() -> None:
    assert ref_id(party_ref(12)) == 12
    assert ref_id(programme_ref(3)) == 3
    with pytest.raises(ValueError, match="invalid literal"):
        ref_id("party:x")


@pytest.mark.parametrize("number", ["6222 0000 0000 4471", "62220000000004471", "4471"])
def test_only_the_last_four_digits_show(number: Any) -> None:
    assert account_number_mask(number) == "····4471"


def test_platform_desks_see_all() -> None:
    assert Scope(programme_id=1, role=Role.AUDITOR, party_ids=None).sees_all()
    assert not Scope(programme_id=1, role=Role.SUPPLIER, party_ids=frozenset({1})).sees_all()
    actor = Actor(
        user_id=5, name="林舒", role=Role.RISK, seat=Seat.MAKER, programme_id=1, party_id=None
    )
    assert actor.ref == "user:5"


def test_personal_data_shows_its_first_or_last_signs_only() -> None:
    assert name_mask("李望川") == "李··"
    assert phone_mask("+86 170-0000-1234") == "····1234"
    assert address_mask("山东省临江市海川路 8 号") == "山东省临江市······"
    assert name_mask("") == phone_mask("") == address_mask("") == ""
