"""发行与交割: what can be listed and what is raised."""

from scf.simulator.worked.life import claim_from, listed
from tests.support.desks import Desks, hidden, words


def test_a_registered_claim_can_be_put_on_offer(desks: Desks) -> None:
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    client = desks.client("ops")
    assert claim.number in words(client.get("/operations/issue/"))
    url = f"/operations/issue/claims/{claim.id}/"
    page = client.get(url)
    assert "935,813.46" in words(page)
    done = client.post(url, {"key": hidden(page, "key")}, follow=True)
    assert "双人复核" in words(done)


def test_series_are_listed_with_their_figures(desks: Desks) -> None:
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    series = listed(world=desks.world, claim=claim)
    client = desks.client("ops")
    text = words(client.get("/operations/issue/"))
    assert series.number in text
    assert "937,200.00" in text
    answer = client.get("/operations/issue/?export=csv")
    assert series.number in b"".join(answer).decode("utf-8-sig")
