from dataclasses import replace

from risk.queries.desk_items import SEVERITY_ORDER, QueueItem
from tests.risk.runs_made import AT

ITEM = QueueItem("failed", "high", "party:4", "栖川塑粒", 9, "DISTRESS", None, {}, AT, None, "")


def test_a_decision_belongs_to_its_firm_and_the_rest_to_itself() -> None:
    assert ITEM.owned_as == ("decision", "party:4")
    assert replace(ITEM, kind="referred").owned_as == ("decision", "party:4")
    assert replace(ITEM, kind="case").owned_as == ("case", "9")


def test_high_comes_first() -> None:
    assert min(("info", "warn", "high"), key=SEVERITY_ORDER.__getitem__) == "high"
