"""Tables of the investor's desk."""

from scf.portals.investor.tables import series_href
from tests.support.desks import Desks, words


def test_products_filter_by_state(desks: Desks) -> None:
    series = desks.paid_out()
    client = desks.client("A")
    assert series.number in words(client.get("/investor/products/?chip=live"))
    assert series.number not in words(client.get("/investor/products/?chip=open"))
    assert client.get(series_href(series.id)).status_code == 200
