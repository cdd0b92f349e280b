"""The receivables that the demo tells about, document by document. Pure.

澄岳注塑 comes first: one of its invoices is of exactly 1,000,000.00 and due 90 days after the
business date, so that the worked example can be followed on the pages; another waits for its
last 120 pieces. Four other suppliers have one each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from scf.network.calendar import Roll, business_day_roll
from scf.simulator.billing import payments_make
from scf.simulator.deals import deal_cut
from scf.simulator.draws import Draws
from scf.simulator.habits import PURCHASE_HABITS
from scf.simulator.numbers import numbers_start
from scf.simulator.population import FEATURED_CODE
from scf.simulator.values import (
    VAT_PERCENT,
    Chain,
    Deal,
    DespatchLine,
    InvoiceLine,
    Item,
    OrderLine,
    ReceiptLine,
    net_minor_of,
)

_STORY_DATE = date(2026, 3, 18)  # what the dates below are told from
WORKED_INVOICE_NO = "INV-2603-0418"
MISSING_PIECES = 120


@dataclass(frozen=True, slots=True)
class _Story:
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


_OPEN = (
    _Story(
        "INV-2601-0122", "3000", "空调面板", 6_000, 44_980_000, date(2026, 1, 5), date(2026, 3, 31)
    ),
    _Story(
        "INV-2601-0187",
        "2000",
        "洗衣机控制盒",
        3_600,
        36_720_000,
        date(2026, 1, 21),
        date(2026, 4, 21),
    ),
    _Story(
        "INV-2602-0266",
        "1000",
        "冰箱门体注塑件",
        9_600,
        120_000_000,
        date(2026, 2, 11),
        date(2026, 5, 12),
    ),
    _Story(
        "INV-2602-0312", "3000", "空调面板", 8_000, 80_000_000, date(2026, 2, 26), date(2026, 5, 20)
    ),
    _Story(
        "INV-2603-0377",
        "1000",
        "冷柜抽屉组件",
        9_000,
        51_230_000,
        date(2026, 3, 3),
        date(2026, 5, 28),
    ),
    _Story(
        "INV-2603-0391",
        "2000",
        "洗衣机内筒支架",
        9_500,
        68_450_000,
        date(2026, 3, 5),
        date(2026, 6, 2),
    ),
    _Story(
        "INV-2603-0402",
        "1000",
        "冷柜抽屉组件",
        5_200,
        28_600_000,
        date(2026, 3, 11),
        date(2026, 6, 10),
        missing=MISSING_PIECES,
    ),
    _Story(
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
_OLD = _Story(
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
_OTHERS = (
    _Story(
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
    _Story(
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
    _Story(
        "WC-2602-0088",
        "1000",
        "循环风机",
        9_600,
        120_000_000,
        date(2026, 2, 12),
        date(2026, 6, 12),
        supplier="100555",
    ),
    _Story(
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
_WORKED_ORDER_NO, _WORKED_RECEIPT_NO = "4500118230", "5000042177"
# entity, goods, fen a piece with VAT
_PAST_GOODS = (
    ("1000", "冰箱门体注塑件", 8_000),
    ("2000", "洗衣机内筒支架", 7_200),
    ("1000", "冷柜抽屉组件", 5_700),
)
_PAST_UNTIL = date(2025, 12, 20)


def featured_deals(*, chain: Chain) -> Iterator[Deal]:
    """The deals of the story, oldest first; dates move with the chain's business date.

    A supplier that a small chain does not have is left out.
    """
    shift = chain.spec.business_date - _STORY_DATE
    known = {firm.code for firm in chain.suppliers}
    stories = sorted(
        [*_past_stories(chain=chain), _OLD, *_OPEN, *_OTHERS],
        key=lambda story: story.invoice_date,
    )
    stories = [story for story in stories if story.supplier in known]
    maker = _StoryMaker(chain=chain, shift=shift)
    for story in stories:
        yield deal_cut(deal=maker.deal_make(story=story), last_date=chain.spec.last_date)


def _past_stories(*, chain: Chain) -> Iterator[_Story]:
    """Three invoices a month at 60 days, a little more every month, all paid by now."""
    draws = Draws(seed=chain.spec.seed, stream="featured")
    first = _STORY_DATE - timedelta(days=chain.spec.history_days - 45)
    for number in range((_PAST_UNTIL - first).days // 10):
        invoice_date = first + timedelta(days=10 * number)
        company, name, price = _PAST_GOODS[number % len(_PAST_GOODS)]
        gross = draws.between(4_000, 6_000) * 10_000 * (100 + number // 3) // 100
        yield _Story(
            invoice_no=f"INV-{invoice_date:%y%m}-{draws.between(100, 899):04d}",
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


class _StoryMaker:
    def __init__(self, *, chain: Chain, shift: timedelta) -> None:
        self.suppliers = {firm.code: firm for firm in chain.suppliers}
        self.carrier = chain.carriers[0].code
        self.shift = shift
        self.orders = count(4_500_118_001)
        self.receipts = count(5_000_042_001)
        self.despatches = count(800_118_001)
        self.numbers = numbers_start(series=2)
        self.draws = Draws(seed=chain.spec.seed, stream="featured payments")

    def deal_make(self, *, story: _Story) -> Deal:
        order = self._order_make(story=story)
        invoice = self._invoice_make(story=story, order=order)
        receipt = self._receipt_make(story=story, order=order)
        invoice = replace(invoice, receipt_no=receipt.receipt_no, receipt_line=1)
        habits = replace(PURCHASE_HABITS, late_payment_share=0.0)
        return Deal(
            orders=(order,),
            despatches=(self._despatch_make(receipt=receipt),),
            receipts=(receipt,),
            invoices=(invoice,),
            payments=tuple(
                payments_make(
                    draws=self.draws,
                    numbers=self.numbers,
                    habits=habits,
                    invoices=[invoice] if story.is_paid else [],
                )
            ),
        )

    def _order_make(self, *, story: _Story) -> OrderLine:
        worked = story.invoice_no == WORKED_INVOICE_NO
        net_minor = _net_of(gross_minor=story.gross_minor)
        order_date = _work_day(story.invoice_date - timedelta(days=38) + self.shift)
        order_no = str(next(self.orders))
        return OrderLine(
            company_code=story.company_code,
            order_no=_WORKED_ORDER_NO if worked else order_no,
            order_line=10,
            order_date=order_date,
            partner_code=story.supplier,
            direction="purchase",
            item=self._item(story),
            qty_milli=(story.pieces + story.ordered_over) * 1_000,
            # exact to the millionth of a yuan, so that price times pieces is the net sum
            price_e6=(2 * net_minor * 10_000 + story.pieces) // (2 * story.pieces),
            delivery_date=_work_day(story.invoice_date - timedelta(days=2) + self.shift),
            payment_days=(story.due_date - story.invoice_date).days,
        )

    def _item(self, story: _Story) -> Item:
        """The supplier's own article of that name, else one made to order."""
        items = self.suppliers[story.supplier].items
        made = Item(
            code=f"{story.supplier[1:]}-9A",
            name=story.item_name,
            unit="PCS",
            price_e6=0,
            price_unit=1,
            lot_milli=1_000_000,
        )
        return next((item for item in items if item.name == story.item_name), made)

    def _receipt_make(self, *, story: _Story, order: OrderLine) -> ReceiptLine:
        worked = story.invoice_no == WORKED_INVOICE_NO
        receipt_no = str(next(self.receipts))
        return ReceiptLine(
            company_code=order.company_code,
            receipt_no=_WORKED_RECEIPT_NO if worked else receipt_no,
            receipt_line=1,
            receipt_date=story.invoice_date - timedelta(days=2) + self.shift,
            partner_code=order.partner_code,
            direction="purchase",
            item=order.item,
            qty_milli=(story.pieces - story.missing) * 1_000,
            order_no=order.order_no,
            order_line=order.order_line,
            delivery_note=str(next(self.despatches)),
        )

    def _despatch_make(self, *, receipt: ReceiptLine) -> DespatchLine:
        return DespatchLine(
            company_code=receipt.company_code,
            despatch_no=receipt.delivery_note,
            despatch_line=1,
            despatch_date=receipt.receipt_date - timedelta(days=2),
            delivered_date=receipt.receipt_date,
            partner_code=receipt.partner_code,
            direction="purchase",
            item=receipt.item,
            qty_milli=receipt.qty_milli,
            order_no=receipt.order_no,
            order_line=receipt.order_line,
            carrier_code=self.carrier,
            waybill_no="YD" + receipt.delivery_note.zfill(12),
            origin=self.suppliers[receipt.partner_code].city,
            destination="临江仓",
        )

    def _invoice_make(self, *, story: _Story, order: OrderLine) -> InvoiceLine:
        net_minor = net_minor_of(
            qty_milli=story.pieces * 1_000, price_e6=order.price_e6, price_unit=1
        )
        return InvoiceLine(
            company_code=order.company_code,
            invoice_no=story.invoice_no,
            invoice_line=1,
            invoice_date=story.invoice_date + self.shift,
            due_date=story.due_date + self.shift,
            partner_code=order.partner_code,
            direction="purchase",
            item=order.item,
            qty_milli=story.pieces * 1_000,
            price_e6=order.price_e6,
            net_minor=net_minor,
            tax_minor=story.gross_minor - net_minor,
            order_no=order.order_no,
            order_line=order.order_line,
        )


def _net_of(*, gross_minor: int) -> int:
    """Net of VAT in fen, half up."""
    return (2 * gross_minor * 100 + 100 + VAT_PERCENT) // (2 * (100 + VAT_PERCENT))


def _work_day(day: date) -> date:
    return business_day_roll(day=day, roll=Roll.FOLLOWING)
