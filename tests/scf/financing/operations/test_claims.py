"""Writes to claims: steps on record, fingerprints freed with the claim, payment ageing."""

import pytest
from django.db import transaction

from scf.financing.models import Fingerprint
from scf.financing.operations.claims import (
    claim_flag,
    claim_lock,
    claim_move,
    claim_payment_move,
    claims_lock,
)
from scf.financing.queries import claim_get, claim_steps, fingerprint_holder
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_move_is_a_step_and_a_wrong_one_is_refused(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    codes = [step["code"] for step in claim_steps(claim_id=claim.id)]
    assert codes == ["draft", "submitted", "matched", "confirmed", "registered"]
    with refused("network.transition_refused"), transaction.atomic():
        claim_move(claim_id=claim.id, to="settled", by="x", on=stage.world.today, at=stage.world.at)


def test_a_released_claim_frees_its_fingerprint(stage: Stage) -> None:
    claim = stage.registered()
    value = Fingerprint.objects.get(claim_id=claim.id).value
    assert fingerprint_holder(value=value) == claim.number
    with transaction.atomic():
        claim_move(
            claim_id=claim.id, to="released", by="x", on=stage.world.today, at=stage.world.at
        )
    assert fingerprint_holder(value=value) is None


def test_payment_may_pass_several_states_at_once_and_never_backwards(
    stage: Stage, refused: Refusing
) -> None:
    claim = stage.registered()
    with transaction.atomic():
        moved = claim_payment_move(
            claim_id=claim.id, to="overdue", by="x", on=stage.world.today, at=stage.world.at
        )
    assert moved.payment_state == "overdue"
    with refused("network.transition_refused"), transaction.atomic():
        claim_payment_move(
            claim_id=claim.id, to="due", by="x", on=stage.world.today, at=stage.world.at
        )


def test_flags_stand_beside_the_state(stage: Stage) -> None:
    claim = stage.registered()
    claim_flag(claim_id=claim.id, flag="disputed", value=True)
    assert claim_get(claim_id=claim.id).is_disputed
    assert claim_get(claim_id=claim.id).state == "registered"


def test_locks(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    with transaction.atomic():
        assert claim_lock(claim_id=claim.id).id == claim.id
        assert [row.id for row in claims_lock(claim_ids=[claim.id, claim.id])] == [claim.id]
    with refused("financing.claim_unknown"), transaction.atomic():
        claim_lock(claim_id=0)
