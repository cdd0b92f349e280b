"""Every cause, action, factor and act of collection has words."""

from dataclasses import replace

from risk.collection.values import ACTIONS as RULES
from risk.collection.values import Cause
from risk.models.collections import CHANNELS as KNOWN_CHANNELS
from risk.models.collections import (
    CONTACT_OUTCOMES,
    ITEM_ACTS,
    ITEM_STATES,
    PROMISE_STATES,
)
from risk.models.collections import KINDS as KNOWN_KINDS
from risk.queries.collections import CollectionStep
from scf.portals.axes import AXES
from scf.portals.risk_desk.collection_words import (
    ACTIONS,
    CHANNELS,
    KINDS,
    OUTCOMES,
    STEPS,
    chances,
    factor_lines,
    promise_words,
    reason_words,
    step_words,
)
from tests.scf.portals.risk_desk.watched import owed
from tests.support.desks import Desks


def test_every_code_has_a_word() -> None:
    assert {rule.code for rule in RULES} == set(ACTIONS)
    assert set(KNOWN_CHANNELS) == set(CHANNELS)
    assert set(CONTACT_OUTCOMES) == set(OUTCOMES)
    assert set(KNOWN_KINDS) == set(KINDS)
    assert set(ITEM_ACTS) == set(STEPS)
    assert set(ITEM_STATES) == set(AXES["collection"])
    assert set(PROMISE_STATES) == set(AXES["promise"])
    assert {str(cause) for cause in Cause} == set(AXES["cause"])


def test_what_is_not_certain_is_never_shown_as_certain(desks: Desks) -> None:
    row = replace(owed(desks), chance_7_ppm=929_829, chance_30_ppm=998_133, chance_60_ppm=999_999)
    assert chances(row) == "92% / 99% / 99%"


def test_reasons_factors_and_steps(desks: Desks) -> None:
    row = owed(desks, is_disputed=True)
    assert reason_words(row) == "账上标记有争议"
    assert [(str(label), value) for label, value in factor_lines(row)] == [
        ("自己的付款历史", "迟付过 0 次"),
        ("有争议", "× 0.35"),
    ]
    assert promise_words(None) == ""
    broken = CollectionStep(
        "broken",
        "",
        {"promised_minor": 5_000, "paid_minor": 0, "by": "2026-03-20"},
        row.opened_date,
        row.opened_at,
    )
    assert step_words(broken, {}) == "50.00 · 2026-03-20 前 · 到账 0.00"
    changed = replace(broken, act="cause", facts={"before": "unclear", "cause": "will_not"})
    assert step_words(changed, {}) == "未明 → 不愿支付"
