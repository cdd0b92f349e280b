"""Honest habits in the anchor's documents that look like something else. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scf.simulator.deals import DealMaker, deal_cut
from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import Cast, later
from scf.simulator.frauds.erp_frauds import COMPANIES
from scf.simulator.frauds.values import Case
from scf.simulator.habits import PURCHASE_HABITS
from scf.simulator.numbers import Numbers, invoice_no_make
from scf.simulator.schedule import OrderPlan
from scf.simulator.values import Deal, Firm, InvoiceLine

_NO_DESPATCH_SHARE = 0.015
_NOT_SIGNED_SHARE = 0.02


class Dirt:
    """Papers that get lost with everyone: a despatch never entered, a delivery never signed."""

    def __init__(self, *, seed: int) -> None:
        self.draws = Draws(seed=seed, stream="dirt")

    def apply(self, deal: Deal) -> Iterator[Deal]:
        if deal.despatches and self.draws.chance(_NO_DESPATCH_SHARE):
            deal = replace(deal, despatches=())
        elif deal.despatches and self.draws.chance(_NOT_SIGNED_SHARE):
            unsigned = tuple(replace(line, delivered_date=None) for line in deal.despatches)
            deal = replace(deal, despatches=unsigned)
        yield deal


class SelfDelivery:
    """A supplier next door brings most of its goods on its own lorry."""

    def __init__(self, *, cast: Cast, firm: Firm, number: int) -> None:
        self.draws = Draws(seed=cast.chain.spec.seed, stream=f"self delivery {number}")
        self.share = self.draws.between(30, 100) / 100
        spec = cast.chain.spec
        self.case = _case(f"L{number:03d}", "self_delivery", firm, spec.first_date, spec.last_date)
        self.case.note = f"{self.share:.0%} without a carrier"

    def apply(self, deal: Deal) -> Iterator[Deal]:
        yield replace(deal, despatches=()) if self.draws.chance(self.share) else deal


class Reissue:
    """Invoices with a formal fault: credited in full and written again under a new number."""

    def __init__(self, *, cast: Cast, numbers: Numbers, firm: Firm, number: int) -> None:
        self.draws = Draws(seed=cast.chain.spec.seed, stream=f"reissue {number}")
        self.firm, self.numbers, self.last = firm, numbers, cast.chain.spec.last_date
        self.left = self.draws.between(1, 5)
        self.case = _case(f"N{number:03d}", "reissue", firm, self.last, date.min)

    def apply(self, deal: Deal) -> Iterator[Deal]:
        numbers = {line.invoice_no for line in deal.invoices}
        plain = all(line.kind == "invoice" for line in deal.invoices)
        if not (self.left and plain and len(numbers) == 1 and self.draws.chance(0.25)):
            yield deal
            return
        self.left -= 1
        first = deal.invoices[0]
        credited = later(first.invoice_date, self.draws.between(2, 20))
        again = later(credited, self.draws.between(0, 3))
        credit_no, new_no = (self._number(credited), self._number(again))
        credits = tuple(_credit(line, credit_no, credited) for line in deal.invoices)
        invoices = tuple(
            replace(
                line,
                invoice_no=new_no,
                invoice_date=again,
                due_date=line.due_date + (again - line.invoice_date),
            )
            for line in deal.invoices
        )
        payments = tuple(
            replace(
                line,
                invoice_no=new_no,
                payment_date=line.payment_date + (again - first.invoice_date),
            )
            for line in deal.payments
        )
        case = self.case
        case.documents += [first.invoice_no, credit_no, new_no]
        case.first_date = min(case.first_date, first.invoice_date)
        case.last_date = max(case.last_date, again)
        whole = replace(deal, invoices=deal.invoices + credits + invoices, payments=payments)
        yield deal_cut(deal=whole, last_date=self.last)

    def _number(self, day: date) -> str:
        return invoice_no_make(numbers=self.numbers, invoice_date=day, uscc=self.firm.uscc)


class FewerOrders:
    """A pause that ends (`dip`), or less business for good (`shrinking`), all paid on time."""

    def __init__(self, *, cast: Cast, firm: Firm, number: int, kind: str) -> None:
        self.draws = Draws(seed=cast.chain.spec.seed, stream=f"{kind} {number}")
        draws, last = self.draws, cast.chain.spec.last_date
        self.start = last - timedelta(days=draws.between(90, 240))
        self.end = self.start + timedelta(days=draws.between(21, 60)) if kind == "dip" else last
        self.depth = draws.between(30, 80) / 100 if kind == "dip" else draws.between(10, 35) / 100
        prefix = "I" if kind == "dip" else "H"
        self.case = _case(f"{prefix}{number:03d}", kind, firm, self.start, self.end)
        self.case.note = f"orders -{self.depth:.0%}"

    def apply(self, deal: Deal) -> Iterator[Deal]:
        inside = self.start <= deal.orders[0].order_date <= self.end
        if not (inside and self.draws.chance(self.depth)):
            yield deal


def seasonal_make(*, cast: Cast, numbers: Numbers, number: int) -> Case | None:
    """A supplier whose orders peak for some weeks every year in the same season."""
    firm = cast.large_supplier()
    if firm is None:
        return None
    draws = Draws(seed=cast.chain.spec.seed, stream=f"seasonal {number}")
    maker = DealMaker(chain=cast.chain, draws=draws, habits=PURCHASE_HABITS, numbers=numbers)
    spec = cast.chain.spec
    weeks, deals = draws.between(3, 8), list[Deal]()
    start = spec.last_date - timedelta(days=draws.between(7 * weeks, 360))
    for peak in (start, start - timedelta(days=365)):
        for _ in range(draws.between(4, 14)):
            day = later(peak, draws.between(0, 7 * weeks))
            if spec.first_date <= day <= spec.last_date:
                deals.append(maker.deal_make(plan=OrderPlan(day, firm, draws.pick(COMPANIES))))
    made = _case(f"Z{number:03d}", "seasonal", firm, start, start + timedelta(days=7 * weeks))
    made.deals = deals
    made.note = f"{weeks} weeks every year"
    return made


def standing_order_make(*, cast: Cast, numbers: Numbers, number: int) -> Case | None:
    """The same goods for the same sum every month, with invoice numbers close together."""
    firm = cast.busy_supplier()
    if firm is None:
        return None
    draws, spec = Draws(seed=cast.chain.spec.seed, stream=f"standing {number}"), cast.chain.spec
    calm = replace(PURCHASE_HABITS, visit_shares=(1.0,), return_share=0.0, reversal_share=0.0)
    maker = DealMaker(chain=cast.chain, draws=draws, habits=calm, numbers=numbers)
    first = later(spec.first_date, 20)
    model = maker.deal_make(plan=OrderPlan(first, firm, draws.pick(COMPANIES)))
    step = draws.pick((7, 14, 30))
    deals = [
        deal_cut(
            deal=_again(model, days=step * turn, numbers=numbers, firm=firm),
            last_date=spec.last_date,
        )
        for turn in range(spec.history_days // step)
    ]
    made = _case(f"O{number:03d}", "standing_order", firm, first, spec.last_date)
    made.deals = [deal for deal in deals if deal.orders]
    made.documents = sorted({line.invoice_no for deal in deals for line in deal.invoices})
    made.note = f"every {step} days"
    return made


def _again(deal: Deal, *, days: int, numbers: Numbers, firm: Firm) -> Deal:
    """The deal once more, so many days later and under new numbers."""
    gap = timedelta(days=days)
    order_no, receipt_no = str(next(numbers.order)), str(next(numbers.receipt))
    note, names = str(next(numbers.despatch)), dict[str, str]()
    for line in deal.invoices:
        day = line.invoice_date + gap
        names.setdefault(
            line.invoice_no, invoice_no_make(numbers=numbers, invoice_date=day, uscc=firm.uscc)
        )
    return Deal(
        orders=tuple(
            replace(
                x,
                order_no=order_no,
                order_date=x.order_date + gap,
                delivery_date=x.delivery_date + gap,
            )
            for x in deal.orders
        ),
        despatches=tuple(
            replace(
                x,
                despatch_no=note,
                order_no=order_no,
                despatch_date=x.despatch_date + gap,
                delivered_date=x.delivered_date and x.delivered_date + gap,
            )
            for x in deal.despatches
        ),
        receipts=tuple(
            replace(
                x,
                receipt_no=receipt_no,
                order_no=order_no,
                receipt_date=x.receipt_date + gap,
                delivery_note=note,
            )
            for x in deal.receipts
        ),
        invoices=tuple(
            replace(
                x,
                invoice_no=names[x.invoice_no],
                order_no=order_no,
                receipt_no=receipt_no if x.receipt_no else "",
                invoice_date=x.invoice_date + gap,
                due_date=x.due_date + gap,
            )
            for x in deal.invoices
        ),
        payments=tuple(
            replace(
                x,
                payment_no=str(next(numbers.payment)),
                invoice_no=names.get(x.invoice_no, ""),
                payment_date=later(x.payment_date, days),
                due_date=x.due_date and x.due_date + gap,
            )
            for x in deal.payments
        ),
    )


def _credit(line: InvoiceLine, number: str, day: date) -> InvoiceLine:
    return replace(
        line,
        invoice_no=number,
        invoice_date=day,
        due_date=max(line.due_date, day),
        kind="credit_note",
        original_invoice_no=line.invoice_no,
        original_invoice_line=line.invoice_line,
    )


def _case(case_id: str, kind: str, firm: Firm, first: date, last: date) -> Case:
    return Case(case_id, kind, False, (firm.code,), first, last)
