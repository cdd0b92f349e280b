"""What the database itself refuses in the network room."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scf.network.models import Approval, BankAccount, BusinessDay, Membership, Party, User
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def refused_by(name: Any) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_names_and_masks_are_what_people_see(stage: Stage) -> None:
    user = User.objects.get(pk=stage.world.actors["ops"].user_id)
    assert str(user) == "ops"
    account = BankAccount.objects.get(party_id=stage.world.party("supplier"))
    assert account.number not in str(account)
    assert str(Party.objects.get(pk=stage.world.party("supplier"))) == "算例注塑"


def test_one_primary_account_and_no_twin(stage: Stage) -> None:
    first = BankAccount.objects.get(party_id=stage.world.party("supplier"))
    with refused_by("bank_account_once_a_party"), transaction.atomic():
        BankAccount.objects.create(
            party_id=first.party_id,
            holder_name="x",
            bank_name="x",
            number=first.number,
            is_primary=False,
        )
    with refused_by("bank_account_one_primary_a_party"), transaction.atomic():
        BankAccount.objects.create(
            party_id=first.party_id, holder_name="x", bank_name="x", number="1"
        )


def test_a_party_desk_names_its_party(stage: Stage) -> None:
    with refused_by("membership_of_a_party_desk"), transaction.atomic():
        Membership.objects.create(
            user_id=stage.world.actors["risk"].user_id,
            programme_id=stage.world.programme_id,
            role="supplier",
            seat="maker",
        )


def test_nobody_decides_their_own_even_in_sql(stage: Stage) -> None:
    user_id = stage.world.actors["ops"].user_id
    with refused_by("approval_never_by_its_maker"), transaction.atomic():
        Approval.objects.create(
            programme_id=stage.world.programme_id,
            role="operations",
            verb="x",
            subject_ref="x:1",
            content_hash="0" * 64,
            maker_id=user_id,
            checker_id=user_id,
            made_at=stage.world.at,
            state="approved",
        )


def test_a_business_day_ends_once_and_leads_on(stage: Stage) -> None:
    today = stage.world.today
    row = {
        "programme_id": stage.world.programme_id,
        "requested_by": "x",
        "requested_at": stage.world.at,
    }
    with refused_by("business_day_sane"), transaction.atomic():
        BusinessDay.objects.create(closing_date=today, opening_date=today, **row)
    BusinessDay.objects.create(closing_date=today, opening_date=today + timedelta(1), **row)
    with refused_by("business_day_once"), transaction.atomic():
        BusinessDay.objects.create(
            closing_date=today, opening_date=today + timedelta(1), state="closed", **row
        )
