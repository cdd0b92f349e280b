"""应收款: the whole list filters, sorts and exports."""

from tests.support.desks import Desks, words


def test_the_list_counts_what_is_ready_and_exports_it(desks: Desks) -> None:
    desks.sellable()
    client = desks.client("supplier")
    text = words(client.get("/supplier/receivables/"))
    assert "1 笔未了结，其中 1 笔可出让" in text
    sheet = client.get("/supplier/receivables/?export=csv").content.decode("utf-8-sig")
    assert "INV-0001" in sheet
    assert "1000000.00" in sheet
    assert "可出让" in sheet


def test_a_filter_that_finds_nothing_says_so(desks: Desks) -> None:
    desks.papers()
    text = words(desks.client("supplier").get("/supplier/receivables/?q=9999"))
    assert "没有符合条件的行" in text
