"""Search, registration with an expiry that covers the due date, notice; once."""

from datetime import timedelta

from django.db import transaction

from scf.financing.models import Fingerprint
from scf.financing.operations.claims import fingerprint_take
from scf.financing.queries import registrations_of
from scf.journeys.registering import (
    claim_deregister,
    claim_register,
    registration_expiry,
    registry_search,
)
from tests.scf.journeys.conftest import Refusing, Stage


def test_registered_with_numbers_and_an_expiry_past_the_buffer(stage: Stage) -> None:
    claim = stage.registered()
    rows = {row["kind"]: row for row in registrations_of(claim_id=claim.id)}
    assert rows["search"]["result"] == "clean"
    programme = stage.world.programme
    expiry = registration_expiry(programme=programme, due_date=claim.due_date)
    assert rows["registration"]["expiry_date"] == expiry == claim.due_date + timedelta(days=90)
    assert claim_register(claim_id=claim.id, at=stage.world.at).state == "registered"
    assert len(registrations_of(claim_id=claim.id)) == 3


def test_a_twin_in_the_register_stops_it(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    own = Fingerprint.objects.get(claim_id=claim.id)
    Fingerprint.objects.filter(pk=own.pk).update(is_live=False)
    other = stage.quote(stage.sellable("INV-0002"))
    from scf.journeys.accepting import quote_accept

    twin = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=other.id,
        key="t",
        consent=True,
        at=stage.world.at,
    )
    fingerprint_take(claim_id=twin.id, value=own.value, number="INV-0001", at=stage.world.at)
    with refused("financing.registry_found"), transaction.atomic():
        registry_search(
            programme=stage.world.programme, claim=claim, purpose="close", at=stage.world.at
        )


def test_the_end_of_a_registration_has_its_own_number(stage: Stage) -> None:
    claim = stage.registered()
    with transaction.atomic():
        number = claim_deregister(programme=stage.world.programme, claim=claim, at=stage.world.at)
    assert number == registrations_of(claim_id=claim.id)[-1]["number"]
