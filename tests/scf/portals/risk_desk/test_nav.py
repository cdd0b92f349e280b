"""The number beside 待办队列 is the queue's own."""

from risk.queries.reports import ReportRow
from tests.support.desks import Desks, words


def test_the_rail_counts_what_waits(desks: Desks, judged: ReportRow) -> None:
    assert "待办队列 1" in words(desks.client("risk").get("/risk/limits/"))
