"""The risk desk's words: every code that the engine can say has one."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from risk.chain.position import ESTIMATED
from risk.chain.position import MEASURES as ENGINE_MEASURES
from risk.chain.structure import BOW_TIE
from risk.lifecycle import GRANTS as ENGINE_GRANTS
from risk.lifecycle import SCOPES as ENGINE_SCOPES
from risk.reconciling import REASONS
from risk.verdict import COMPARISONS, GATE, VerdictWord
from scf.portals.risk_desk.words import (
    BOW_TIES,
    BREAKS,
    GATES,
    GRANTS,
    MEASURES,
    SCOPES,
    TESTS,
    VERDICTS,
    figure_text,
    finding_word,
    measure_text,
    threshold_text,
    user_number,
)

CHECK_CODES = re.compile(r'"((?:[a-z]+_)*[a-z]+)"')
CHECKS = Path(__file__).parents[4] / "risk" / "checks"
SAID = (
    "ring search_stopped number_altered goods_invoiced_twice financed_above_face returned"
    " to_related trace_stopped no_carrier not_delivered receipt_before_despatch despatch_reused"
    " receipts_lag spike spike_before_request tenor_longer invoice_to_itself trade_in_own_group"
    " trade_with_own_owner amount_not_positive"
).split()


def test_every_finding_of_the_checks_has_a_word() -> None:
    words = {name for path in CHECKS.glob("*.py") for name in CHECK_CODES.findall(path.read_text())}
    assert set(SAID) <= words
    assert [code for code in SAID if finding_word(code) == code] == []


def test_every_code_of_the_engine_has_a_word() -> None:
    assert {one.code for one in COMPARISONS} <= set(TESTS)
    assert set(ENGINE_MEASURES) | set(ESTIMATED) <= set(MEASURES)
    assert set(REASONS) - {"agreed", "pending"} <= set(BREAKS)
    assert {str(word) for word in VerdictWord} == set(VERDICTS)
    assert set(GATE.values()) <= set(GATES)
    assert set(BOW_TIE) == set(BOW_TIES)
    assert set(ENGINE_GRANTS) == set(GRANTS)
    assert set(ENGINE_SCOPES) == set(SCOPES)


@pytest.mark.parametrize(
    ("code", "unit", "value", "said"),
    [
        ("orders_growth", "ppm", 314_000, "+31.4%"),
        ("orders_fall", "ppm", -150_000, "−15.0%"),
        ("dso_jump", "days", 24, "+24 天"),
        ("history", "days", 443, "443 天"),
        ("request_need", "ppm", 1_120_000, "1.12 ×"),
        ("overdue", "ppm", None, "—"),
    ],
)
def test_figures_as_people_read_them(code: str, unit: str, value: int | None, said: str) -> None:
    with override("zh-hans"):
        assert figure_text(code, unit, value) == said


def test_thresholds_shares_and_indices() -> None:
    assert threshold_text("overdue", "ppm", "<=", 50_000) == "≤ 5.0%"
    assert measure_text("anchor_share", "ppm", 682_000) == "68.2%"
    assert measure_text("buyer_hhi", "ppm", 510_000) == "0.51"
    assert measure_text("trophic_level", "micro", 2_310_000) == "2.31"
    assert measure_text("esri", "micro", 3_149) == "0.0031"
    assert measure_text("k_core", "count", 6) == "6"


def test_dropped_rows_and_people() -> None:
    with override("zh-hans"):
        assert str(finding_word("rows_amount")) == "数据质量提示"
        assert str(finding_word("ring")) == "货款成环"
    assert user_number("user:8") == 8
    assert user_number("system") is None
