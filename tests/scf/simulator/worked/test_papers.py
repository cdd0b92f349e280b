"""Papers that agree make a receivable worth its face; a credit takes off."""

from datetime import timedelta

import pytest

from scf.simulator.worked.papers import credit_deliver, papers_deliver
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import world_make
from scf.trade.queries import receivable_get

pytestmark = pytest.mark.django_db(transaction=True)


def test_papers_and_credit() -> None:
    world = world_make(code="papers", start=TUESDAY)
    receivable_id = papers_deliver(
        world=world, number="INV-9", gross_minor=5_000, due_date=TUESDAY + timedelta(days=30)
    )
    assert receivable_get(receivable_id=receivable_id).is_ready
    credit_deliver(world=world, number="CN-9", invoice="INV-9", gross_minor=1_000)
    assert receivable_get(receivable_id=receivable_id).financeable_minor == 4_000
