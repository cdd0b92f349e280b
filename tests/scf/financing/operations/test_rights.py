"""Writes to keys, confirmations and registrations."""

import pytest
from django.db import transaction

from scf.financing.models import ObligorKey
from scf.financing.operations.rights import (
    confirmation_store,
    obligor_key_ensure,
    registration_record,
)
from scf.financing.queries import obligor_public_key, registrations_of
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_is_made_once_and_sealed(stage: Stage) -> None:
    party, at = stage.world.party("obligor"), stage.world.at
    first = obligor_key_ensure(party_id=party, secret="s", at=at)
    assert obligor_key_ensure(party_id=party, secret="s", at=at) == first
    row = ObligorKey.objects.get(pk=first)
    assert obligor_public_key(party_id=party) == row.public_key
    assert bytes.fromhex(row.public_key) not in bytes(row.sealed_private_key)


def test_without_a_key_nothing_is_signed(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    ObligorKey.objects.update(retired_at=stage.world.at)
    with refused("financing.key_missing"), transaction.atomic():
        confirmation_store(
            claim_id=claim.id,
            obligor_id=claim.obligor_id,
            statement={},
            secret="s",
            prepared_by="a",
            signed_by="b",
            at=stage.world.at,
        )


def test_a_registers_answer_is_kept_once_a_purpose(stage: Stage) -> None:
    claim = stage.registered()
    again = registration_record(
        programme_id=stage.world.programme_id,
        claim_id=claim.id,
        kind="registration",
        purpose="listing",
        result="done",
        expiry_date=None,
        facts={},
        at=stage.world.at,
    )
    rows = registrations_of(claim_id=claim.id)
    assert [row["kind"] for row in rows] == ["search", "registration", "notice"]
    assert again == rows[1]["number"]
    assert rows[1]["expiry_date"] > claim.due_date
