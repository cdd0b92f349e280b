"""Whose claims one sees, what is due, and how an obligor pays."""

from datetime import timedelta

import pytest

from scf.access.policy import scope_for
from scf.financing.queries import (
    claim_get,
    claims_awaiting,
    claims_by_ids,
    claims_due,
    claims_list,
    claims_table,
    confirmed_date,
    obligor_record,
    receivables_financed,
)
from scf.simulator.worked.life import INVOICE, days_pass
from scf.simulator.worked.receivable import TUESDAY
from tests.scf.journeys.conftest import Refusing, Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_scopes(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    for who, seen in (("supplier", 1), ("anchor2", 1), ("ops", 1), ("risk", 1), ("B", 0)):
        scope = scope_for(stage.world.actors[who])
        assert len(claims_list(scope=scope)) == seen, who
        assert claims_table(scope=scope).count() == seen, who
    with refused("financing.claim_unknown"):
        claim_get(claim_id=claim.id, scope=scope_for(stage.world.actors["B"]))
    assert claims_by_ids(claim_ids=[claim.id, 0]) == {claim.id: claim}


def test_a_live_claim_blocks_its_receivable(stage: Stage) -> None:
    claim = stage.registered()
    programme_id = stage.world.programme_id
    found = receivables_financed(programme_id=programme_id, receivable_ids=[claim.receivable_id])
    assert found == {claim.receivable_id: "registered"}
    assert confirmed_date(claim_id=claim.id) == TUESDAY
    waiting = claims_awaiting(programme_id=programme_id, state="registered", before=None)
    assert [(row.id, row.since_date) for row in waiting] == [(claim.id, TUESDAY)]


def test_due_and_paid_late(stage: Stage) -> None:
    series = stage.issued()
    programme_id, obligor = stage.world.programme_id, stage.world.party("obligor")
    assert claims_due(programme_id=programme_id, on=series.payment_date - timedelta(1)) == []
    (due,) = claims_due(programme_id=programme_id, on=series.payment_date)
    assert due.id == series.claim_id
    assert obligor_record(obligor_id=obligor, programme_id=programme_id).paid == 0
    days_pass(world=stage.world, until=TUESDAY + timedelta(days=97))
    assert obligor_record(obligor_id=obligor, programme_id=programme_id).overdue == 1
    stage.world.pays_in(("obligor", 100_000_000, INVOICE))
    record = obligor_record(obligor_id=obligor, programme_id=programme_id)
    assert (record.paid, record.on_time_ppm, record.longest_days, record.overdue) == (1, 0, 7, 0)
