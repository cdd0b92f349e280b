"""What is owed on claims: amounts from the books, payer and numbers for the match."""

import pytest

from scf.financing.queries import open_items
from scf.simulator.worked.life import INVOICE
from scf.simulator.worked.papers import credit_deliver
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_claim_is_owed_by_the_obligor_under_both_numbers(stage: Stage) -> None:
    series = stage.issued()
    (item,) = open_items(programme_id=stage.world.programme_id)
    assert (item.kind, item.party_id) == ("claim", stage.world.party("obligor"))
    assert item.residual_minor == 100_000_000
    assert item.numbers[0] == "INV0001"
    assert item.ref == f"claim:{series.claim_id}"


def test_recourse_is_owed_by_the_supplier(stage: Stage) -> None:
    stage.issued()
    credit_deliver(world=stage.world, number="CN-1", invoice=INVOICE, gross_minor=7_000_000)
    claim, recourse = open_items(programme_id=stage.world.programme_id)
    assert claim.residual_minor == 93_000_000
    assert (recourse.kind, recourse.residual_minor) == ("recourse", 1_990_997)
    assert recourse.party_id == stage.world.party("supplier")


def test_before_the_close_nothing_is_owed(stage: Stage) -> None:
    stage.listed()
    assert open_items(programme_id=stage.world.programme_id) == []
