"""After acceptance the match and the gate are asked again; what fails is freed."""

from typing import Any

from scf.access.policy import scope_for
from scf.financing.models import Fingerprint
from scf.financing.queries import fingerprint_holder
from scf.journeys.accepting import quote_accept, quote_accept_approve
from scf.journeys.checking import claim_check
from scf.network.queries import approvals_pending
from scf.simulator.worked.life import INVOICE
from scf.simulator.worked.papers import credit_deliver
from tests.scf.journeys.conftest import Stage


def _submitted(stage: Stage) -> Any:
    quote = stage.quote(stage.sellable())
    claim = quote_accept(
        actor=stage.world.actors["supplier"],
        quote_id=quote.id,
        key="k",
        consent=True,
        at=stage.world.at,
    )
    approval = approvals_pending(scope=scope_for(stage.world.actors["supplier2"]))[0]
    quote_accept_approve(
        actor=stage.world.actors["supplier2"],
        approval_id=approval.id,
        content_hash=approval.content_hash,
        at=stage.world.at,
    )
    return claim


def test_matched_once_and_again_without_effect(stage: Stage) -> None:
    claim = _submitted(stage)
    assert claim_check(claim_id=claim.id, at=stage.world.at).state == "matched"
    assert claim_check(claim_id=claim.id, at=stage.world.at).state == "matched"


def test_documents_that_changed_in_between_reject_and_free_it(stage: Stage) -> None:
    claim = _submitted(stage)
    value = Fingerprint.objects.get(claim_id=claim.id).value
    credit_deliver(world=stage.world, number="CN-1", invoice=INVOICE, gross_minor=1_000_000)
    rejected = claim_check(claim_id=claim.id, at=stage.world.at)
    assert (rejected.state, rejected.reason) == ("rejected", "match")
    assert fingerprint_holder(value=value) is None
    again = stage.quote(claim.receivable_id)
    assert again.face_minor == 99_000_000
