"""The page benchmark walks what a user can reach, one user for each role."""

from datetime import date

import pytest

from scf.benchmarks.pages import pages_measure
from scf.network.models import Party
from scf.network.operations import (
    bank_account_add,
    membership_ensure,
    programme_ensure,
    user_ensure,
)
from scf.network.values import Role, Seat


@pytest.mark.django_db
def test_without_users_there_is_nothing_to_measure() -> None:
    measured = pages_measure()
    assert (measured["users"], measured["pages"], measured["slowest"]) == (0, 0, [])


@pytest.mark.django_db
def test_every_page_of_a_role_is_timed_once() -> None:
    platform = Party.objects.create(name="活水平台", tax_id="P1")
    account = bank_account_add(
        party_id=platform.pk, holder_name="活水平台", bank_name="中转行", number="6222000000000926"
    )
    programme = programme_ensure(
        code="canglan",
        name="沧澜供应链项目",
        anchor_id=platform.pk,
        platform_id=platform.pk,
        escrow_account_id=account,
        business_date=date(2026, 3, 18),
    )
    for name in ("first", "second"):
        membership_ensure(
            user_id=user_ensure(username=name, display_name=name, password="clear-water-1"),
            programme_id=programme.id,
            role=Role.AUDITOR,
            seat=Seat.VIEWER,
        )
    measured = pages_measure()
    slowest = measured["slowest"]
    assert isinstance(slowest, list)
    assert measured["users"] == 1
    assert {page["user"] for page in slowest} == {"first"}
    assert "/" in {page["path"] for page in slowest}
