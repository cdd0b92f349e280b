"""Which receivables the demo tells about: one million to follow, one short, four of others. Data.

Dates are told from ``STORY_DATE``; every sum is gross of VAT.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scf.simulator.draws import Draws
from scf.simulator.population import FEATURED_CODE
from scf.simulator.values import VAT_PERCENT, Chain

STORY_DATE = date(2026, 3, 18)
WORKED_INVOICE_NO = "INV-2603-0418"
MISSING_PIECES = 120


@dataclass(frozen=True, slots=True)
class Story:
    """One invoice and what came before it."""

    invoice_no: str
    company_code: str
    item_name: str
    pieces: int
    gross_minor: int
    invoice_date: date
    due_date: date
    ordered_over: int = 0
    missing: int = 0
    supplier: str = FEATURED_CODE
    is_paid: bool = True  # once it is due, that is


OPEN = (
    Story(
        "INV-2601-0122", "3000", "空调面板", 6_000, 44_980_000, date(2026, 1, 5), date(2026, 3, 31)
    ),
    Story(
        "INV-2601-0187",
        "2000",
        "洗衣机控制盒",
        3_600,
        36_720_000,
        date(2026, 1, 21),
        date(2026, 4, 21),
    ),
    Story(
        "INV-2602-0266",
        "1000",
        "冰箱门体注塑件",
        9_600,
        120_000_000,
        date(2026, 2, 11),
        date(2026, 5, 12),
    ),
    Story(
        "INV-2602-0312", "3000", "空调面板", 8_000, 80_000_000, date(2026, 2, 26), date(2026, 5, 20)
    ),
    Story(
        "INV-2603-0377",
        "1000",
        "冷柜抽屉组件",
        9_000,
        51_230_000,
        date(2026, 3, 3),
        date(2026, 5, 28),
    ),
    Story(
        "INV-2603-0391",
        "2000",
        "洗衣机内筒支架",
        9_500,
        68_450_000,
        date(2026, 3, 5),
        date(2026, 6, 2),
    ),
    Story(
        "INV-2603-0402",
        "1000",
        "冷柜抽屉组件",
        5_200,
        28_600_000,
        date(2026, 3, 11),
        date(2026, 6, 10),
        missing=MISSING_PIECES,
    ),
    Story(
        WORKED_INVOICE_NO,
        "1000",
        "冰箱门体注塑件",
        12_500,
        100_000_000,
        date(2026, 3, 16),
        date(2026, 6, 16),
        ordered_over=150,
    ),
)
OLD = Story(
    "INV-2511-0954",
    "1000",
    "冰箱门体注塑件",
    7_000,
    63_740_880,
    date(2025, 11, 27),
    date(2026, 3, 5),
)
# Others' invoices, one a supplier: a payer that is late, one that pays a part, two still to come.
STORY_INVOICES = {
    "100407": "HM-2512-0117",
    "100702": "LZ-2512-0163",
    "100555": "WC-2602-0088",
    "100618": "YT-2602-0031",
}
OTHERS = (
    Story(
        "HM-2512-0117",
        "1000",
        "对开门冰箱纸箱",
        9_000,
        42_600_000,
        date(2025, 12, 4),
        date(2026, 3, 4),
        supplier="100407",
        is_paid=False,
    ),
    Story(
        "LZ-2512-0163",
        "1000",
        "侧板",
        9_800,
        73_500_000,
        date(2025, 12, 17),
        date(2026, 3, 17),
        supplier="100702",
        is_paid=False,
    ),
    Story(
        "WC-2602-0088",
        "1000",
        "循环风机",
        9_600,
        120_000_000,
        date(2026, 2, 12),
        date(2026, 6, 12),
        supplier="100555",
    ),
    Story(
        "YT-2602-0031",
        "3000",
        "阀板组件",
        9_750,
        156_000_000,
        date(2026, 2, 24),
        date(2026, 5, 20),
        supplier="100618",
    ),
)
# entity, goods, fen a piece with VAT
_PAST_GOODS = (
    ("1000", "冰箱门体注塑件", 8_000),
    ("2000", "洗衣机内筒支架", 7_200),
    ("1000", "冷柜抽屉组件", 5_700),
)
_PAST_UNTIL = date(2025, 12, 20)


def past_stories(*, chain: Chain) -> Iterator[Story]:
    """Three invoices a month at 60 days, a little more every month, all paid by now."""
    draws = Draws(seed=chain.spec.seed, stream="featured")
    first = STORY_DATE - timedelta(days=chain.spec.history_days - 45)
    for number in range((_PAST_UNTIL - first).days // 10):
        invoice_date = first + timedelta(days=10 * number)
        company, name, price = _PAST_GOODS[number % len(_PAST_GOODS)]
        gross = draws.between(4_000, 6_000) * 10_000 * (100 + number // 3) // 100
        yield Story(
            invoice_no=f"INV-{invoice_date:%y%m}-{100 + 13 * number:04d}",
            company_code=company,
            item_name=name,
            pieces=gross // price,
            gross_minor=_splittable(gross),
            invoice_date=invoice_date,
            due_date=invoice_date + timedelta(days=60),
        )


def _splittable(gross_minor: int) -> int:
    """The nearest gross sum below that is a net sum and its rounded VAT."""
    return (gross_minor // (100 + VAT_PERCENT)) * (100 + VAT_PERCENT)
