"""A new firm's gate is opened by two people, and stays open."""

from datetime import timedelta

import pytest

from risk.queries.gates import gate_get
from scf.network.values import party_ref
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import world_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_gate_is_overridden_once() -> None:
    world = world_make(code="gate", start=TUESDAY)
    papers_deliver(
        world=world, number="INV-9", gross_minor=5_000, due_date=TUESDAY + timedelta(days=30)
    )
    for _ in range(2):
        gate_open(world=world)
    gate = gate_get(
        programme_ref=world.programme.book,
        party_ref=party_ref(world.party("supplier")),
        on=TUESDAY,
    )
    assert (gate.passed, gate.outcome) == (True, "overridden")
