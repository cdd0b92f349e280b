"""产品页: what stands behind each unit, and subscribing."""

from scf.products.queries import SeriesFacts, subscriptions_of
from scf.simulator.worked.life import claim_from, listed
from tests.support.desks import Desks, hidden, words


def on_offer(desks: Desks) -> SeriesFacts:
    return listed(
        world=desks.world, claim=claim_from(world=desks.world, receivable_id=desks.sellable())
    )


def test_the_page_shows_rate_units_and_the_claim(desks: Desks) -> None:
    series = on_offer(desks)
    client = desks.client("A")
    assert "1 期产品在募" in words(client.get("/investor/products/"))
    text = words(client.get(f"/investor/products/{series.id}/"))
    assert "5.50" in text
    assert "9,372" in text
    assert "1,000,000.00" in text


def test_a_bid_holds_money_once(desks: Desks) -> None:
    series = on_offer(desks)
    desks.world.pays_in(("A", 10_000_000, "入金"))
    client, url = desks.client("A"), f"/investor/products/{series.id}/?units=1000"
    page = client.get(url)
    form = {name: hidden(page, name) for name in ("key", "preview")}
    form |= {"units": "1,000", "agree": "on"}
    for _ in range(2):
        client.post(url, form)
    assert [(one.units, one.state) for one in subscriptions_of(series_id=series.id)] == [
        (1_000, "held")
    ]


def test_a_bid_without_money_is_refused(desks: Desks) -> None:
    series = on_offer(desks)
    client, url = desks.client("A"), f"/investor/products/{series.id}/?units=1000"
    page = client.get(url)
    form = {name: hidden(page, name) for name in ("key", "preview")}
    assert client.post(url, {**form, "units": "1,000", "agree": "on"}).status_code == 422
    assert subscriptions_of(series_id=series.id) == []


def test_the_term_sheet_can_be_kept(desks: Desks) -> None:
    series = on_offer(desks)
    assert desks.client("A").get(f"/investor/products/{series.id}/terms/").status_code == 200
