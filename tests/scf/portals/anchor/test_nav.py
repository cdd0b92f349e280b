"""The red number beside 确权."""

from tests.support.desks import Desks


def test_a_claim_that_waits_is_counted(desks: Desks) -> None:
    desks.at_the_obligor()
    html = desks.client("anchor").get("/anchor/payments/").content.decode()
    assert "确权<b>1</b>" in html
