"""催收: whom to call first, with totals and the three causes as chips."""

from tests.scf.portals.risk_desk.watched import owed
from tests.support.desks import Desks, words


def test_the_list_and_its_totals(desks: Desks) -> None:
    row = owed(desks, open_minor=100_000_000)
    text = words(desks.client("risk").get("/risk/collection/"))
    for said in (
        "1 笔到期未付，共 1,000,000.00",
        "先找算例付款人：上门拜访",
        "10 天",
        "35% / 72% / 85%",
        "未明 1",
        "还没有联系",
        "合计",
    ):
        assert said in text, said
    assert row.net_minor == row.expected_minor - row.cost_minor
    answer = desks.client("risk").get("/risk/collection/?export=csv")
    assert "算例付款人" in b"".join(answer).decode("utf-8-sig")


def test_nothing_late(desks: Desks) -> None:
    assert "没有到期未付的欠款" in words(desks.client("risk").get("/risk/collection/"))
    assert "过去的催收" in words(desks.client("risk").get("/risk/collection/?past=1"))
