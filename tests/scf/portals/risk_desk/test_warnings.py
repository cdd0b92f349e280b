"""预警: the gravest first, taken by one person, exported as shown."""

from risk.findings import Severity
from risk.warning.values import Signal
from tests.scf.portals.risk_desk.watched import warned
from tests.support.desks import Desks, words


def test_the_list_says_figure_threshold_evidence_and_owner(desks: Desks) -> None:
    row = warned(desks)
    client = desks.client("risk")
    text = words(client.get("/risk/warnings/"))
    for said in (
        "1 条预警，1 条严重",
        "核心企业减单",
        "算例注塑",
        "−60.0%",
        "≤ −30.0%",
        "现 400.00，上年同期 1,000.00",
        "1 行单据",
        "待处理",
    ):
        assert said in text
    client.post("/risk/take/", {"item": f"take warning:{row.id}"})
    assert "我" in words(client.get("/risk/warnings/?chip=mine"))
    assert desks.world.actors["risk"].name in words(desks.client("risk2").get("/risk/warnings/"))


def test_the_gravest_come_first_and_the_lanes_are_chips(desks: Desks) -> None:
    facts = {"due_minor": 100, "paid_minor": 70}
    warned(
        desks,
        signal=Signal.RECEIPTS_LAG,
        severity=Severity.WARN,
        value=700_000,
        threshold=800_000,
        facts=facts,
    )
    warned(desks)
    text = words(desks.client("risk").get("/risk/warnings/"))
    table = text[text.index("负责人") :]
    assert table.index("核心企业减单") < table.index("回款落后于发票")
    exported = b"".join(desks.client("risk").get("/risk/warnings/?export=csv")).decode("utf-8-sig")
    assert "回款落后于发票" in exported


def test_nothing_to_warn_of(desks: Desks) -> None:
    assert "没有预警" in words(desks.client("risk").get("/risk/warnings/"))
    assert "过去的预警" in words(desks.client("risk").get("/risk/warnings/?past=1"))
