"""The red number beside 报价与出让."""

from tests.support.desks import Desks


def test_a_sale_that_waits_is_counted_on_every_page(desks: Desks) -> None:
    desks.submitted()
    html = desks.client("supplier2").get("/supplier/company/").content.decode()
    assert "报价与出让<b>1</b>" in html
