"""Keys of who stands behind a firm: the same for the same person however written, and one-way."""

import pytest

from scf.journeys.contact_keys import KEY_DIGITS, contact_keys
from scf.network.queries import PartyContacts

HOME = PartyContacts("李 望川", "17000001234", "山东省临江市海川路 8 号")


@pytest.mark.parametrize(
    "written",
    [
        PartyContacts("李望川", "+86 170-0000-1234", "山东省临江市海川路8号"),
        PartyContacts("李·望川", "0086 17000001234", "山东省临江市 海川路,８号"),
    ],
)
def test_one_person_written_differently_has_one_key(written: PartyContacts) -> None:
    assert contact_keys(written) == contact_keys(HOME)


def test_a_key_tells_nothing_of_its_value_and_kinds_do_not_mix() -> None:
    keys = contact_keys(PartyContacts("17000001234", "17000001234", "17000001234"))
    assert len(set(keys.values())) == 3
    assert all(len(str(key)) == KEY_DIGITS for key in keys.values())
    assert "17000001234" not in str(keys)


def test_what_is_not_known_or_too_short_has_no_key() -> None:
    nothing = {"owner_key": "", "phone_key": "", "address_key": ""}
    assert contact_keys(None) == nothing
    assert contact_keys(PartyContacts(" ", "110", "临江")) == nothing


def test_another_installation_has_other_keys(settings: object) -> None:
    before = contact_keys(HOME)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert contact_keys(HOME) != before
