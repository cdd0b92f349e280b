"""What came and what left for one party, in one list."""

from __future__ import annotations

import pytest

from scf.settlement.queries.history import settlement_history
from tests.scf.settlement.scenes import Scene, scene

pytestmark = pytest.mark.django_db


def test_receipts_and_payouts_of_one_party_and_nobody_elses() -> None:
    bank: Scene = scene()
    bank.deposit("A", 700)
    bank.deposit("B", 900)
    bank.owe("A", bank.cash.payable(bank.world.party("supplier")), 700)
    batch_id = bank.send()
    bank.receive(bank.write(instructions=bank.instructions(batch_id)))
    investor = bank.world.party("A")
    (received,) = settlement_history(scope=bank.scope_of("A"), party_id=investor)
    assert (received.kind, received.amount_minor, received.state) == ("deposit", 700, "received")
    supplier = bank.world.party("supplier")
    (paid,) = settlement_history(scope=bank.scope_of("supplier"), party_id=supplier)
    assert (paid.kind, paid.amount_minor, paid.state) == ("payable", -700, "confirmed")
    assert settlement_history(scope=bank.scope_of("B"), party_id=investor) == []
    assert len(settlement_history(scope=bank.scope, party_id=investor)) == 1
