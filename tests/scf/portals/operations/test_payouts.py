"""付款: prepared by one, signed by another, sent once."""

from scf.access.policy import scope_for
from scf.portals.operations.payouts import batch_state
from scf.settlement.queries import batches_list
from scf.simulator.worked.life import claim_from, issued, listed
from scf.simulator.worked.receivable import BIDS
from tests.support.desks import Desks, hidden, words


def ready(desks: Desks) -> None:
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    issued(world=desks.world, series=listed(world=desks.world, claim=claim), bids=BIDS)


def test_nothing_to_pay_says_when_there_will_be(desks: Desks) -> None:
    assert "没有可付的款项" in words(desks.client("ops").get("/operations/payouts/"))


def test_a_batch_takes_two_people(desks: Desks) -> None:
    ready(desks)
    maker = desks.client("ops")
    page = maker.get("/operations/payouts/")
    assert "935,813.46" in words(page)
    batch = maker.post("/operations/payouts/", {"key": hidden(page, "key")}, follow=True)
    url = batch.redirect_chain[-1][0]
    maker.post(url, {"act": "submit", "key": hidden(batch, "key")})
    assert b'value="approve"' not in maker.get(url).content
    seen = desks.client("ops2").get(url)
    form = {"act": "approve", "approval": hidden(seen, "approval"), "hash": hidden(seen, "hash")}
    assert "不能做这件事" not in words(desks.client("ops2").post(url, form, follow=True))
    found = batches_list(scope=scope_for(desks.world.actors["ops"]))
    assert [batch_state(one) for one in found] == ["approved"]


def test_the_state_that_matters_most_is_the_batch_s(desks: Desks) -> None:
    desks.paid_out()
    found = batches_list(scope=scope_for(desks.world.actors["ops"]))
    assert [batch_state(one) for one in found] == ["confirmed"]
