"""Deals from the order to the payment, one after another. Pure.

Nothing dated after ``spec.last_date`` exists yet: what comes later is left out of a deal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from scf.simulator.billing import (
    credit_note_make,
    invoices_make,
    payments_make,
    prepayment_make,
)
from scf.simulator.deliveries import (
    Route,
    Visit,
    receipt_return,
    receipts_reverse,
    visits_make,
)
from scf.simulator.draws import Draws
from scf.simulator.habits import PURCHASE_HABITS, SALES_HABITS, Habits
from scf.simulator.numbers import Numbers, numbers_start
from scf.simulator.schedule import OrderPlan, orders_plan, quantity_draw
from scf.simulator.values import (
    Chain,
    Deal,
    DespatchLine,
    Firm,
    InvoiceLine,
    OrderLine,
    PaymentLine,
    ReceiptLine,
)

PURCHASE_SHARE = 0.62  # of all order lines; the rest are sales to distributors
_PLANTS = {"1000": "临江一厂", "2000": "临江二厂", "3000": "青渚工厂"}
_PREPAID_PERCENTS = (30, 50, 80, 100)


def deals_simulate(*, chain: Chain, habits: Habits, line_count: int) -> Iterator[Deal]:
    """Deals in order of their order date, about ``line_count`` order lines in all."""
    purchase = habits is PURCHASE_HABITS
    draws = Draws(seed=chain.spec.seed, stream=habits.direction)
    maker = DealMaker(
        chain=chain, draws=draws, habits=habits, numbers=numbers_start(series=0 if purchase else 1)
    )
    plans = orders_plan(
        draws=draws,
        spec=chain.spec,
        firms=chain.suppliers if purchase else chain.distributors,
        count=line_count // habits.lines_an_order,
    )
    for plan in plans:
        yield maker.deal_make(plan=plan)


def chain_deals(*, chain: Chain) -> Iterator[Deal]:
    """All purchases, then all sales, as ``chain.spec`` asks for."""
    bought = int(chain.spec.order_lines * PURCHASE_SHARE)
    yield from deals_simulate(chain=chain, habits=PURCHASE_HABITS, line_count=bought)
    yield from deals_simulate(
        chain=chain, habits=SALES_HABITS, line_count=chain.spec.order_lines - bought
    )


def deal_cut(*, deal: Deal, last_date: date, since: date | None = None) -> Deal:
    """What of a deal has happened by ``last_date``; a load on its way has no delivery date.

    With ``since``: what is new from that day on, a load that was on its way and arrived included.
    """
    first = since or date.min
    return Deal(
        orders=tuple(line for line in deal.orders if first <= line.order_date <= last_date),
        despatches=tuple(
            _despatch_cut(line=line, last_date=last_date)
            for line in deal.despatches
            if line.despatch_date <= last_date
            and first <= (line.delivered_date or line.despatch_date)
        ),
        receipts=tuple(line for line in deal.receipts if first <= line.receipt_date <= last_date),
        invoices=tuple(line for line in deal.invoices if first <= line.invoice_date <= last_date),
        payments=tuple(line for line in deal.payments if first <= line.payment_date <= last_date),
    )


def _despatch_cut(*, line: DespatchLine, last_date: date) -> DespatchLine:
    if line.delivered_date is not None and line.delivered_date > last_date:
        return replace(line, delivered_date=None)
    return line


class DealMaker:
    """Turns plans into deals; holds what all of them share."""

    def __init__(self, *, chain: Chain, draws: Draws, habits: Habits, numbers: Numbers) -> None:
        self.chain = chain
        self.draws = draws
        self.habits = habits
        self.numbers = numbers
        self.entities = {firm.code: firm for firm in chain.obligors}

    def deal_make(self, *, plan: OrderPlan) -> Deal:
        """One order and everything that follows from it, up to the chain's last date."""
        seller = plan.firm if self.habits.direction == "purchase" else self._entity(plan)
        orders = self._orders_make(plan=plan, seller=seller)
        visits = visits_make(
            draws=self.draws,
            numbers=self.numbers,
            habits=self.habits,
            orders=orders,
            route=self._route(plan=plan),
        )
        invoices = invoices_make(
            draws=self.draws,
            numbers=self.numbers,
            habits=self.habits,
            orders=orders,
            visits=visits,
            seller_uscc=seller.uscc,
        )
        receipts, invoices = self._goods_back(visits=visits, invoices=invoices, seller=seller)
        deal = Deal(
            orders=tuple(orders),
            despatches=tuple(line for visit in visits for line in visit.despatches),
            receipts=tuple(receipts),
            invoices=tuple(invoices),
            payments=tuple(self._payments(plan=plan, orders=orders, invoices=invoices)),
        )
        return deal_cut(deal=deal, last_date=self.chain.spec.last_date)

    def _entity(self, plan: OrderPlan) -> Firm:
        return self.entities[plan.company_code]

    def _route(self, *, plan: OrderPlan) -> Route:
        carrier = self.draws.pick(self.chain.carriers)
        plant = _PLANTS[plan.company_code]
        if self.habits.direction == "purchase":
            return Route(carrier=carrier, origin=plan.firm.city, destination=plant)
        return Route(carrier=carrier, origin=plant, destination=plan.firm.city)

    def _orders_make(self, *, plan: OrderPlan, seller: Firm) -> list[OrderLine]:
        draws, habits = self.draws, self.habits
        order_no = str(next(self.numbers.order))
        delivery_date = plan.order_date + timedelta(days=draws.between(*habits.lead_days))
        wanted = min(draws.between(1, 2 * habits.lines_an_order - 1), len(seller.items))
        first = draws.between(0, len(seller.items) - 1)
        items = [seller.items[(first + index) % len(seller.items)] for index in range(wanted)]
        return [
            OrderLine(
                company_code=plan.company_code,
                order_no=order_no,
                order_line=10 * number,
                order_date=plan.order_date,
                partner_code=plan.firm.code,
                direction=habits.direction,
                item=item,
                qty_milli=quantity_draw(draws=draws, item=item, sigma=habits.lot_sigma),
                price_e6=item.price_e6,
                delivery_date=delivery_date,
                payment_days=plan.firm.payment_days,
                line_state="closed" if draws.chance(habits.short_share) else "open",
            )
            for number, item in enumerate(items, start=1)
        ]

    def _goods_back(
        self, *, visits: Sequence[Visit], invoices: Sequence[InvoiceLine], seller: Firm
    ) -> tuple[list[ReceiptLine], list[InvoiceLine]]:
        """Receipts with reversals and returns; invoices with the credit notes for returns."""
        receipts = [line for visit in visits for line in visit.receipts]
        billed = {(line.receipt_no, line.receipt_line): line for line in invoices}
        extra = receipts_reverse(
            draws=self.draws, numbers=self.numbers, habits=self.habits, receipts=receipts
        )
        undone = {(line.original_receipt_no, line.original_receipt_line) for line in extra}
        credits: list[InvoiceLine] = []
        for line in receipts:
            place = (line.receipt_no, line.receipt_line)
            if place in undone or not self.draws.chance(self.habits.return_share):
                continue
            invoice = billed.get(place)
            returned = receipt_return(draws=self.draws, numbers=self.numbers, receipt=line)
            if invoice is None or returned is None:
                continue
            extra.append(returned)
            credits.append(
                credit_note_make(
                    numbers=self.numbers,
                    invoice=invoice,
                    returned=returned,
                    seller_uscc=seller.uscc,
                )
            )
        return receipts + extra, [*invoices, *credits]

    def _payments(
        self, *, plan: OrderPlan, orders: Sequence[OrderLine], invoices: Sequence[InvoiceLine]
    ) -> list[PaymentLine]:
        prepaid = []
        if plan.firm.prepays:
            percent = self.draws.pick(_PREPAID_PERCENTS)
            prepaid = [prepayment_make(numbers=self.numbers, orders=orders, percent=percent)]
        settled = payments_make(
            draws=self.draws,
            numbers=self.numbers,
            habits=self.habits,
            invoices=invoices,
            prepaid_minor=sum(line.amount_minor for line in prepaid),
        )
        return prepaid + settled
