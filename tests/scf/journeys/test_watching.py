"""A day's end watched: a claim that is late becomes a debt to collect, and is let go when paid."""

from datetime import timedelta

import pytest
from django.db import transaction

from risk.operations.collecting import Refreshed
from risk.operations.collections import Promised, Said
from risk.queries.collections import CollectionRow, collection_steps, collections_list
from scf.financing.queries import claim_get
from scf.financing.queries.lateness import defaults_list
from scf.journeys.collection_desk import collection_contact
from scf.journeys.watching import books_gather, day_watch_within
from scf.network.queries import notifications_list
from scf.network.values import party_ref
from scf.settlement.queries.allocated import allocated_map
from scf.simulator.worked.life import days_pass
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import World
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def watch(world: World) -> Refreshed:
    with transaction.atomic():
        return day_watch_within(programme_id=world.programme_id, at=world.at)


def debts(world: World, *, ended: bool = False) -> tuple[CollectionRow, ...]:
    return collections_list(programme_ref=world.programme.book, ended=ended)


def told(world: World, key: str) -> list[str]:
    rows = notifications_list(user_id=world.actors[key].user_id, programme_id=world.programme_id)
    return [row["code"] for row in rows]


def test_from_late_to_collected(stage: Stage) -> None:
    world, series = stage.world, stage.issued()
    days_pass(world=world, until=TUESDAY + timedelta(days=90))
    assert watch(world).open == 0  # due today
    days_pass(world=world, until=TUESDAY + timedelta(days=92))
    assert watch(world).opened == 1  # in its grace
    days_pass(world=world, until=TUESDAY + timedelta(days=97))
    assert watch(world).opened == 0
    (row,) = debts(world)
    claim = claim_get(claim_id=series.claim_id)
    assert (row.key, row.kind) == (f"claim:{claim.id}:claim", "claim")
    assert (row.debtor_ref, row.open_minor) == (party_ref(claim.obligor_id), claim.face_minor)
    assert (row.due_date, row.days_late) == (claim.payment_date, 7)
    books = books_gather(programme=world.programme, on=world.today)
    assert books.owed_minor == {row.debtor_ref: claim.face_minor}

    said = Said(
        "phone",
        "财务经理",
        "promised",
        "下周付四成",
        promised=Promised(40_000_000, world.today + timedelta(days=3)),
    )
    collection_contact(actor=world.actors["risk"], item_id=row.id, said=said, key="k1", at=world.at)
    days_pass(world=world, until=TUESDAY + timedelta(days=101))
    assert watch(world).broken == (row.id,)
    assert told(world, "risk") == ["risk.promise.broken"]
    assert "risk.promise.broken" not in told(world, "risk2")
    watch(world)
    assert len(told(world, "risk")) == 1

    world.pays_in(("obligor", 40_000_000, claim.invoice_number))
    watch(world)
    (part,) = debts(world)
    assert (part.open_minor, part.paid_minor) == (60_000_000, 40_000_000)
    placed = allocated_map(programme_id=world.programme_id, refs=[f"claim:{claim.id}"])
    assert placed == {("claim", f"claim:{claim.id}"): 40_000_000}
    world.pays_in(("obligor", 60_000_000, claim.invoice_number))
    assert watch(world).ended == 1
    (done,) = debts(world, ended=True)
    assert done.state == "collected"
    assert [step.act for step in collection_steps(item_id=done.id)] == [
        "opened",
        "promised",
        "broken",
        "cause",
        "paid",
        "collected",
    ]
    assert defaults_list(programme_id=world.programme_id) == []
