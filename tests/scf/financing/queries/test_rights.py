"""Confirmations and the register, as read."""

import pytest

from scf.financing.queries import (
    confirmation_get,
    fingerprints_live_elsewhere,
    obligor_public_key,
)
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_unconfirmed_claim_has_no_export(stage: Stage) -> None:
    assert confirmation_get(claim_id=0) is None
    assert obligor_public_key(party_id=stage.world.party("obligor")) is None


def test_a_confirmed_one_names_signer_and_key(stage: Stage) -> None:
    claim = stage.registered()
    export = confirmation_get(claim_id=claim.id)
    assert export is not None
    assert export["signed_by"] == "anchor2"
    assert export["public_key"] == obligor_public_key(party_id=claim.obligor_id)
    assert fingerprints_live_elsewhere(claim_id=claim.id) == []
