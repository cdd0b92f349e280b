"""Performance moves limits: what is known of a firm comes from its reports and its payers."""

from __future__ import annotations

import pytest

from risk.operations.limits import limit_set
from risk.queries.limits import limit_changes_list, limits_list
from scf.financing.models import Claim
from scf.journeys.assessing import risk_assess_now
from scf.journeys.limit_floating import limits_float, run_programme
from scf.network.values import party_ref
from scf.simulator.worked.life import claim_from, issued, listed
from scf.simulator.worked.receivable import BIDS
from scf.simulator.worked.world import World
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def party_limit(world: World) -> tuple[int, int, int]:
    ref = party_ref(world.party("supplier"))
    row = limits_list(programme_ref=world.programme.book, scope="party", party_ref=ref)[0]
    return row.id, row.base_minor, row.floating_minor


def judged(stage: Stage) -> int:
    world = stage.world
    return risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)


def test_an_overdue_payment_lowers_the_seller_and_the_pair_at_once(stage: Stage) -> None:
    world = stage.world
    claim = stage_closed(stage)
    run_id = judged(stage)
    assert run_programme(run_id=run_id) == world.programme_id
    pair = f"{party_ref(claim.supplier_id)}>{party_ref(claim.obligor_id)}"
    limit_set(
        programme_ref=world.programme.book,
        scope="pair",
        subject_ref=pair,
        base_minor=500_000_000,
        by="user:1",
        approved_by="user:2",
        reason="对",
        at=world.at,
    )
    assert limits_float(programme_id=world.programme_id, at=world.at) == []
    Claim.objects.filter(pk=claim.id).update(payment_state="overdue")
    changes = limits_float(programme_id=world.programme_id, at=world.at)
    assert len(changes) == 2
    _, base, floating = party_limit(world)
    assert floating == -base // 20
    rows = limit_changes_list(programme_ref=world.programme.book)[:2]
    assert {row.scope for row in rows} == {"party", "pair"}
    assert {row.grounds for row in rows} == {("overdue",)}
    assert limits_float(programme_id=world.programme_id, at=world.at) == []


def stage_closed(stage: Stage) -> Claim:
    world = stage.world
    claim = claim_from(world=world, receivable_id=stage.sellable())
    issued(world=world, series=listed(world=world, claim=claim), bids=BIDS)
    return Claim.objects.get(pk=claim.id)


def test_a_firm_that_was_never_judged_stands_still(stage: Stage) -> None:
    assert limits_float(programme_id=stage.world.programme_id, at=stage.world.at) == []
