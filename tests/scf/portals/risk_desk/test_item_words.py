from dataclasses import replace

from risk.models.cases import CASE_OUTCOMES as OUTCOMES
from risk.queries.desk_items import QueueItem
from scf.portals.risk_desk.item_words import (
    CASE_KINDS,
    CASE_OUTCOMES,
    ITEM_KINDS,
    case_kind,
    codes_said,
    item_href,
    item_why,
)
from tests.risk.runs_made import AT

FACTS = {
    "kind": "circular_trade",
    "number": "C-00007",
    "codes": ["ring"],
    "firms": 3,
    "waits": True,
}
ITEM = QueueItem("case", "high", "party:4", "栖川塑粒", 7, "", 900, FACTS, AT, None, "")


def test_a_case_says_what_was_found_where() -> None:
    assert item_why(ITEM) == "C-00007 · 循环交易 · 货款成环 · 3 家企业 · 结案等复核"
    assert item_href(ITEM) == "/risk/cases/7/"
    assert item_href(replace(ITEM, kind="failed")) == "/risk/firms/4/"


def test_every_kind_and_outcome_has_words() -> None:
    assert set(OUTCOMES) == set(CASE_OUTCOMES)
    assert {"case", "warning", "collection", "override", "limit"} <= set(ITEM_KINDS)
    assert case_kind("circular_trade") == CASE_KINDS["circular_trade"]
    assert case_kind("moon_trade") == "moon_trade"
    assert codes_said(["ring", "ring", "spike"]) == "货款成环、开票量突增"


def test_what_has_no_words_of_its_own_says_nothing() -> None:
    assert item_why(replace(ITEM, kind="moon")) == ""
