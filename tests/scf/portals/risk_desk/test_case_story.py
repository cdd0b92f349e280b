from datetime import UTC, datetime

from risk.models.cases import EVENT_KINDS
from risk.queries.cases import EventRow
from scf.portals.risk_desk.case_story import EVENTS, case_steps, fact_rows

AT = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


def test_every_kind_of_event_has_words() -> None:
    assert set(EVENTS) == set(EVENT_KINDS)


def test_figures_that_have_a_name_are_told() -> None:
    found = {"ring": {"amount_minor": 90_000, "value_added_ppm": 12_000, "ring": "a>b", "firms": 3}}
    ((word, rows),) = fact_rows(found)
    assert word == "货款成环"
    assert [(str(label), value) for label, value in rows] == [
        ("金额", "900.00"),
        ("增值占比", "1.2%"),
        ("企业数", "3"),
    ]


def test_who_did_what_in_order() -> None:
    steps = case_steps(
        [
            EventRow("opened", "", AT, "", {"amount_minor": 90_000}),
            EventRow("proposed", "user:1", AT, "核过", {"outcome": "explained"}),
            EventRow("gate_refused", "user:2", AT, "假单", {"party": "party:2"}),
        ],
        {"user:1": "苏一", "user:2": "贺二"},
    )
    assert [(one.title, one.state, one.detail) for one in steps] == [
        ("评估立案", "done", "系统 · 900.00"),
        ("提出结案：已解释", "done", "苏一 · 核过"),
        ("停止出让", "bad", "贺二 · 假单"),
    ]
