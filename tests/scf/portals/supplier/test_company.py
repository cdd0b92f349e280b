"""公司资料: KYB, masked accounts, seats."""

from scf.portals.supplier.company import seat_may
from tests.support.desks import Desks, words


def test_accounts_are_masked_and_seats_listed(desks: Desks) -> None:
    number = desks.world.firms["supplier"][2]
    response = desks.client("supplier").get("/supplier/company/")
    text = words(response)
    assert number not in text
    assert f"····{number[-4:]}" in text
    assert "supplier2" in text
    assert "已认证" in text


def test_every_seat_says_what_it_carries() -> None:
    assert "复核" in seat_may("checker")
    assert "复核" not in seat_may("maker")
