"""What the database itself refuses in the financing room."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scf.financing.models import Claim, ClaimAdjustment, Fingerprint, ObligorKey, Quote
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def refused_by(name: Any) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_a_quote_adds_up(stage: Stage) -> None:
    quote = stage.quote(stage.sellable())
    for change in ({"proceeds_minor": 1}, {"residual_minor": 0}, {"principal_minor": 1}):
        with refused_by("quote_adds_up"), transaction.atomic():
            Quote.objects.filter(pk=quote.id).update(**change)
    with refused_by("quote_state_known"), transaction.atomic():
        Quote.objects.filter(pk=quote.id).update(state="maybe")


def test_one_open_quote_a_receivable(stage: Stage) -> None:
    receivable_id = stage.sellable()
    first = stage.quote(receivable_id)
    stage.quote(receivable_id)
    with refused_by("quote_one_open"), transaction.atomic():
        Quote.objects.filter(pk=first.id).update(state="open")


def test_states_and_amounts_of_a_claim(stage: Stage) -> None:
    claim = stage.registered()
    for change, name in (
        ({"state": "lost"}, "claim_state_known"),
        ({"payment_state": "perhaps"}, "claim_payment_state_known"),
        ({"face_minor": 0}, "claim_face_positive"),
    ):
        with refused_by(name), transaction.atomic():
            Claim.objects.filter(pk=claim.id).update(**change)


def test_one_live_fingerprint_and_one_active_key(stage: Stage) -> None:
    claim = stage.registered()
    taken = Fingerprint.objects.get(claim_id=claim.id)
    with refused_by("fingerprint_one_live"), transaction.atomic():
        Fingerprint.objects.create(claim_id=claim.id, value=taken.value, taken_at=stage.world.at)
    with refused_by("obligor_key_one_active"), transaction.atomic():
        ObligorKey.objects.create(
            party_id=claim.obligor_id,
            public_key="0" * 64,
            sealed_private_key=b"",
            made_at=stage.world.at,
        )


def test_an_adjustment_is_positive_and_once(stage: Stage) -> None:
    claim = stage.registered()
    row = {
        "claim_id": claim.id,
        "kind": "waiver",
        "reference": "entry:1",
        "business_date": stage.world.today,
        "at": stage.world.at,
        "journal_id": 1,
    }
    with refused_by("claim_adjustment_positive"), transaction.atomic():
        ClaimAdjustment.objects.create(**row, amount_minor=0)
    ClaimAdjustment.objects.create(**row, amount_minor=1)
    with refused_by("claim_adjustment_once"), transaction.atomic():
        ClaimAdjustment.objects.create(**row, amount_minor=1)
