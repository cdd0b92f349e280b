import pytest
from django.db import transaction

from scf.financing.models import Claim
from scf.financing.operations.claims import claim_payment_move
from scf.financing.queries.lateness import defaults_list
from scf.journeys.assessing import chain_freeze
from scf.network.values import party_ref
from scf.simulator.worked.life import claim_from
from tests.support.desks import Desks


@pytest.mark.django_db(transaction=True)
def test_who_came_to_default_and_when() -> None:
    desks = Desks.make()
    world = desks.world
    claim = claim_from(world=world, receivable_id=desks.sellable())
    assert defaults_list(programme_id=world.programme_id) == []
    Claim.objects.filter(pk=claim.id).update(state="assigned", payment_state="overdue")
    with transaction.atomic():
        claim_payment_move(
            claim_id=claim.id, to="defaulted", by="system", on=world.today, at=world.at
        )
    assert defaults_list(programme_id=world.programme_id) == [(claim.obligor_id, world.today)]
    frozen = chain_freeze(programme=world.programme, as_of=world.today)
    assert [(one.party_ref, one.on_date) for one in frozen.defaults] == [
        (party_ref(claim.obligor_id), world.today)
    ]
