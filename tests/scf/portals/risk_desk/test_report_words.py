"""What figures mean, in few words."""

from typing import Any

import pytest
from django.utils.translation import override

from risk.scoring.features import FEATURES
from scf.portals.risk_desk.report_words import (
    MEASURE_NOTES,
    SCORE_FEATURES,
    break_words,
    score_lines,
)
from scf.portals.risk_desk.words import BREAKS, MEASURES


def test_every_measure_says_what_it_is() -> None:
    assert set(MEASURE_NOTES) == set(MEASURES)


def test_every_feature_of_a_card_has_a_word() -> None:
    assert {one.code for one in FEATURES} <= set(SCORE_FEATURES)


def line(reason: str, ordered: int, received: int, invoiced: int) -> dict[str, Any]:
    return {
        "reason": reason,
        "ordered_micro": ordered * 1_000_000,
        "received_micro": received * 1_000_000,
        "invoiced_micro": invoiced * 1_000_000,
        "paid_minor": 12_300,
        "amount_minor": 10_000,
    }


@pytest.mark.parametrize(
    ("reason", "figures", "said"),
    [
        ("not_received", (8_400, 0, 8_400), "收货 0，开票 8,400"),
        ("quantity_differs", (6_000, 5_200, 6_000), "比收货多开 800"),
        ("quantity_differs", (5_000, 6_000, 6_000), "比订单多开 1,000"),
        ("quantity_differs", (6_000, 6_000, 5_900), "比收货少开 100"),
        ("overpaid", (1, 1, 1), "多付 23.00"),
        ("invoice_before_receipt", (1, 1, 1), "开票时还没有收货"),
    ],
)
def test_how_a_line_disagrees(reason: str, figures: tuple[int, int, int], said: str) -> None:
    with override("zh-hans"):
        assert break_words(line(reason, *figures)) == said


def test_every_reason_of_a_break_is_said() -> None:
    for reason in BREAKS:
        assert break_words(line(reason, 1, 2, 3))


def test_a_score_with_what_it_lost_most_by() -> None:
    assert score_lines(None) == []
    score = {
        "score": 684,
        "pd_ppm": 19_000,
        "usable": False,
        "reasons": [
            {"feature": "dso_days", "points_lost": 22},
            {"feature": "buyer_hhi", "points_lost": 0},
        ],
    }
    with override("zh-hans"):
        lines = [(str(label), str(value)) for label, value in score_lines(score)]
    assert lines == [
        ("申请评分", "684 · PD 1.9%（分布已漂移，暂停使用）"),
        ("扣分最多", "应收周转天数 −22"),
    ]
