"""The receivables that the demo tells about, document by document. Pure.

澄岳注塑 comes first: one of its invoices is of exactly 1,000,000.00 and due 90 days after the
business date, so that the worked example can be followed on the pages; another waits for its
last 120 pieces. Four other suppliers have one each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from scf.network.calendar import Roll, business_day_roll
from scf.simulator.billing import payments_make
from scf.simulator.deals import deal_cut
from scf.simulator.draws import Draws
from scf.simulator.habits import PURCHASE_HABITS
from scf.simulator.numbers import numbers_start
from scf.simulator.stories import (
    OLD,
    OPEN,
    OTHERS,
    STORY_DATE,
    WORKED_INVOICE_NO,
    Story,
    past_stories,
)
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

_WORKED_ORDER_NO, _WORKED_RECEIPT_NO = "4500118230", "5000042177"


def featured_deals(*, chain: Chain) -> Iterator[Deal]:
    """The deals of the story, oldest first; dates move with the chain's business date.

    A supplier that a small chain does not have is left out.
    """
    shift = chain.spec.business_date - STORY_DATE
    known = {firm.code for firm in chain.suppliers}
    stories = sorted(
        [*past_stories(chain=chain), OLD, *OPEN, *OTHERS],
        key=lambda story: story.invoice_date,
    )
    stories = [story for story in stories if story.supplier in known]
    maker = _StoryMaker(chain=chain, shift=shift)
    for story in stories:
        yield deal_cut(deal=maker.deal_make(story=story), last_date=chain.spec.last_date)


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

    def deal_make(self, *, story: Story) -> Deal:
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

    def _order_make(self, *, story: Story) -> OrderLine:
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

    def _item(self, story: Story) -> Item:
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

    def _receipt_make(self, *, story: Story, order: OrderLine) -> ReceiptLine:
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

    def _invoice_make(self, *, story: Story, order: OrderLine) -> InvoiceLine:
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
