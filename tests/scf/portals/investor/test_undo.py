"""What an investor may still take back, and from when on no more."""

import re

from scf.access.policy import scope_for
from scf.journeys.closing import series_close
from scf.journeys.paying import payouts_prepare, payouts_submit
from scf.journeys.subscribing import subscription_place
from scf.products.queries import subscriptions_of
from scf.settlement.queries import withdrawals_list
from scf.simulator.worked.life import bid
from tests.scf.portals.investor.test_product import on_offer
from tests.support.desks import Desks, hidden, words


def test_a_bid_is_taken_back_while_the_product_takes_bids(desks: Desks) -> None:
    series = on_offer(desks)
    desks.world.pays_in(("A", 10_000_000, "入金"))
    placed = subscription_place(
        actor=desks.world.actors["A"],
        series_id=series.id,
        units=1_000,
        key="k",
        at=desks.world.at,
    )
    client = desks.client("A")
    assert "撤回认购" in words(client.get(f"/investor/products/{series.id}/"))
    client.post(f"/investor/bids/{placed.id}/withdraw/")
    assert [one.state for one in subscriptions_of(series_id=series.id)] == ["voided"]
    text = words(client.get(f"/investor/products/{series.id}/"))
    assert "可用资金 100,000.00" in text
    assert "撤回认购 " not in text


def test_a_funded_product_keeps_its_bids(desks: Desks) -> None:
    series = on_offer(desks)
    bid(world=desks.world, series=series, bids={"A": 9_372})
    (placed,) = subscriptions_of(series_id=series.id)
    client = desks.client("A")
    answer = client.post(f"/investor/bids/{placed.id}/withdraw/")
    assert answer.status_code == 409
    assert "认购不能再撤回" in words(answer)
    series_close(actor=desks.world.actors["ops"], series_id=series.id, at=desks.world.at)


def test_another_investor_s_bid_is_not_there(desks: Desks) -> None:
    series = on_offer(desks)
    bid(world=desks.world, series=series, bids={"A": 10})
    (placed,) = subscriptions_of(series_id=series.id)
    answer = desks.client("B").post(f"/investor/bids/{placed.id}/withdraw/")
    assert answer.status_code == 404
    assert [one.state for one in subscriptions_of(series_id=series.id)] == ["held"]


def test_a_withdrawal_is_cancelled_before_it_is_instructed(desks: Desks) -> None:
    desks.world.pays_in(("A", 10_000_000, "入金"))
    client = desks.client("A")
    page = client.get("/investor/cash/")
    client.post("/investor/cash/", {"key": hidden(page, "key"), "amount": "40,000.00"})
    form = re.search(r"/investor/cash/\d+/cancel/", client.get("/investor/cash/").content.decode())
    assert form is not None
    client.post(form.group())
    assert "可用资金 100,000.00" in words(client.get("/investor/cash/"))
    scope = scope_for(desks.world.actors["A"])
    assert [one.state for one in withdrawals_list(scope=scope)] == ["cancelled"]


def test_an_instructed_withdrawal_stays(desks: Desks) -> None:
    desks.world.pays_in(("A", 10_000_000, "入金"))
    client, world = desks.client("A"), desks.world
    page = client.get("/investor/cash/")
    client.post("/investor/cash/", {"key": hidden(page, "key"), "amount": "40,000.00"})
    (wish,) = withdrawals_list(scope=scope_for(world.actors["A"]))
    batch_id = payouts_prepare(
        programme_id=world.programme_id, actor=world.actors["ops"], at=world.at
    )
    assert batch_id is not None
    payouts_submit(actor=world.actors["ops"], batch_id=batch_id, at=world.at)
    answer = client.post(f"/investor/cash/{wish.id}/cancel/")
    assert answer.status_code == 409
    assert "可用资金 60,000.00" in words(client.get("/investor/cash/"))
