"""How sold claims were paid: in time, late, overdue; by seller and obligor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scf.financing.models import Claim, ClaimStep
from scf.financing.queries.payments import PaymentRecord, payments_record
from scf.simulator.worked.life import claim_offered
from scf.simulator.worked.receivable import FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return world_make(code="paid", start=TUESDAY)


def record(world: World, since_days: int = 400) -> dict[tuple[int, int], PaymentRecord]:
    return payments_record(
        programme_id=world.programme_id,
        since=TUESDAY - timedelta(days=since_days),
        grace_days=5,
    )


def claim_made(world: World) -> Claim:
    facts = claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    return Claim.objects.get(pk=facts.id)


def paid(claim: Claim, late_days: int, at: datetime) -> None:
    Claim.objects.filter(pk=claim.pk).update(payment_state="paid")
    ClaimStep.objects.create(
        claim=claim,
        code="payment_paid",
        business_date=claim.payment_date + timedelta(days=late_days),
        at=at,
    )


@pytest.mark.parametrize(("late_days", "in_time"), [(-3, 1), (0, 1), (5, 1), (6, 0)])
def test_five_days_of_grace_are_in_time(world: World, late_days: int, in_time: int) -> None:
    claim = claim_made(world)
    pair = (claim.supplier_id, claim.obligor_id)
    assert record(world) == {}
    paid(claim, late_days, world.at)
    assert record(world) == {pair: PaymentRecord(in_time, 1, 0)}
    assert record(world, since_days=-4_000) == {}


def test_a_payment_matched_again_counts_once_by_its_last_day(world: World) -> None:
    claim = claim_made(world)
    paid(claim, 0, world.at)
    paid(claim, 20, world.at)
    assert list(record(world).values()) == [PaymentRecord(0, 1, 0)]


def test_an_overdue_claim_counts_with_its_face(world: World) -> None:
    claim = claim_made(world)
    Claim.objects.filter(pk=claim.pk).update(payment_state="overdue", state="assigned")
    assert list(record(world).values()) == [PaymentRecord(0, 0, FACE)]


def test_records_add_up() -> None:
    both = PaymentRecord(1, 2, 3).and_also(PaymentRecord(10, 20, 30))
    assert both == PaymentRecord(11, 22, 33)
