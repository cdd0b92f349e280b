"""The life of a product as its investors are told it."""

from scf.portals.investor.story import series_life
from tests.support.desks import Desks


def test_an_issued_series_waits_for_the_payer(desks: Desks) -> None:
    series = desks.paid_out()
    steps = series_life(series, claim_id=series.claim_id, bid_permille=1000)
    assert steps[-1].state == "future"
    assert steps[-1].when == series.payment_date
    assert any(step.state == "done" for step in steps)
