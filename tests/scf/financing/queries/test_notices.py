"""Notices of assignment by claim."""

from scf.financing.queries.notices import notices_of
from scf.simulator.worked.life import claim_from
from tests.support.desks import Desks


def test_a_registered_claim_has_its_notice(db: None) -> None:
    desks = Desks.make()
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    found = notices_of(claim_ids=[claim.id, 0])
    assert set(found) == {claim.id}
    assert found[claim.id]
