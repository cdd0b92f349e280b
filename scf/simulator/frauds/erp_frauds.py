"""Frauds in the anchor's own documents: phantom deliveries, invoices sold twice, slow distress. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scf.simulator.deals import DealMaker, deal_cut
from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import Cast, later
from scf.simulator.frauds.values import Case, Payout
from scf.simulator.habits import PURCHASE_HABITS
from scf.simulator.numbers import Numbers, invoice_no_make
from scf.simulator.schedule import OrderPlan
from scf.simulator.values import Deal, Firm, InvoiceLine, net_minor_of, tax_minor_of

COMPANIES = ("1000", "2000", "3000")
_SMOOTH = replace(
    PURCHASE_HABITS,
    visit_shares=(1.0,),
    short_share=0.0,
    early_invoice_share=0.0,
    reversal_share=0.0,
    return_share=0.0,
)


def phantom_make(
    *, cast: Cast, numbers: Numbers, number: int, dead_carriers: list[Firm]
) -> Case | None:
    """Someone at the anchor books receipts of goods that never came; invoices follow."""
    firm = cast.busy_supplier()
    if firm is None:
        return None
    draws = Draws(seed=cast.chain.spec.seed, stream=f"phantom {number}")
    factor = draws.between(60, 400)
    items = tuple(replace(item, lot_milli=item.lot_milli * factor // 100) for item in firm.items)
    maker = DealMaker(chain=cast.chain, draws=draws, habits=_SMOOTH, numbers=numbers)
    papers = draws.pick(("none", "none", "carrier that never moves"))
    deals: list[Deal] = []
    for _ in range(draws.between(3, 16)):
        day = cast.day(first=260, last=45, draws=draws)
        plan = OrderPlan(day, replace(firm, items=items), draws.pick(COMPANIES))
        deals.append(_without_goods(maker.deal_make(plan=plan), papers, dead_carriers[0], draws))
    invoices = [line for deal in deals for line in deal.invoices]
    if not invoices:
        return None
    days = [line.invoice_date for line in invoices]
    return Case(
        case_id=f"F{number:03d}",
        kind="phantom",
        is_fraud=True,
        parties=(firm.code,),
        first_date=min(days),
        last_date=max(days),
        documents=sorted({line.invoice_no for line in invoices}),
        deals=deals,
        note=f"papers: {papers}; {factor}% of the usual lot",
    )


def _without_goods(deal: Deal, papers: str, carrier: Firm, draws: Draws) -> Deal:
    if papers == "none":
        return replace(deal, despatches=())
    return replace(
        deal,
        despatches=tuple(
            replace(
                line,
                carrier_code=carrier.code,
                delivered_date=None,
                waybill_no="YD" + draws.digits(12),
            )
            for line in deal.despatches
        ),
    )


class Doubling:
    """Some invoices of a supplier are handed in again, changed a little, and sold twice."""

    def __init__(self, *, cast: Cast, numbers: Numbers, firm: Firm, number: int) -> None:
        self.draws = Draws(seed=cast.chain.spec.seed, stream=f"duplicates {number}")
        self.firm, self.numbers, self.last = firm, numbers, cast.chain.spec.last_date
        self.left = self.draws.between(1, 5)
        self.payouts: list[Payout] = []
        self.case = Case(f"D{number:03d}", "duplicates", True, (firm.code,), self.last, date.min)

    def apply(self, deal: Deal) -> Iterator[Deal]:
        yield deal
        plain = [line for line in deal.invoices if line.kind == "invoice"]
        if not plain or not self.left or not self.draws.chance(0.25):
            return
        first = plain[0]
        lines = [line for line in plain if line.invoice_no == first.invoice_no]
        if not 20 <= (self.last - first.invoice_date).days <= 330:
            return
        copy = self._copy(lines)
        if copy[0].invoice_date > self.last:
            return
        self.left -= 1
        case = self.case
        case.documents += [first.invoice_no, copy[0].invoice_no]
        case.first_date = min(case.first_date, first.invoice_date)
        case.last_date = max(case.last_date, copy[0].invoice_date)
        for sold in (lines, copy):
            day = min(later(sold[0].invoice_date, self.draws.between(1, 12)), self.last)
            gross = sum(line.gross_minor for line in sold)
            self.payouts.append(Payout(day, self.firm.code, gross * 9 // 10))
        yield Deal(orders=(), invoices=tuple(copy))

    def _copy(self, lines: list[InvoiceLine]) -> list[InvoiceLine]:
        draws, first = self.draws, lines[0]
        others = [code for code in COMPANIES if code != first.company_code]
        company = draws.pick(others) if draws.chance(0.35) else first.company_code
        day = first.invoice_date
        if draws.chance(0.6):
            day += timedelta(days=draws.between(1, 25))
        same_number = company != first.company_code and draws.chance(0.3)
        number = first.invoice_no if same_number else self._renumbered(first, day)
        percent_10 = draws.between(-60, 60) if draws.chance(0.5) else 0
        moved = []
        for line in lines:
            qty = max(line.qty_milli * (1_000 + percent_10) // 1_000 // 1_000 * 1_000, 1_000)
            net = line.net_minor
            if percent_10:
                net = net_minor_of(
                    qty_milli=qty, price_e6=line.price_e6, price_unit=line.item.price_unit
                )
            moved.append(
                replace(
                    line,
                    company_code=company,
                    invoice_no=number,
                    invoice_date=day,
                    due_date=day + (line.due_date - line.invoice_date),
                    qty_milli=qty if percent_10 else line.qty_milli,
                    net_minor=net,
                    tax_minor=tax_minor_of(net_minor=net) if percent_10 else line.tax_minor,
                    order_no=line.order_no if company == first.company_code else "",
                    order_line=line.order_line if company == first.company_code else None,
                    receipt_no="",
                    receipt_line=None,
                )
            )
        return moved

    def _renumbered(self, line: InvoiceLine, day: date) -> str:
        """A number that another clerk would take for a new one."""
        number, draws = line.invoice_no, self.draws
        way = draws.between(0, 5)
        place = draws.between(max(len(number) - 5, 1), len(number) - 1)
        if way == 0:
            return number + draws.pick(("A", "-1", "/2", "B"))
        if way == 1:
            return (
                number[:place]
                + number[place:].replace("0", "O")
                + "." * ("0" not in number[place:])
            )
        if way == 2 and number[place - 1] != number[place]:
            return number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
        if way == 3:
            return number[:place] + str((int(number[place], 36) + 1) % 10) + number[place + 1 :]
        if way == 4:
            return f"{number[:4]}-{number[4:]}"
        return invoice_no_make(numbers=self.numbers, invoice_date=day, uscc=self.firm.uscc)


class Distress:
    """Orders thin out, money comes later and later, deliveries get short, over months."""

    def __init__(self, *, cast: Cast, firm: Firm, number: int) -> None:
        self.draws = Draws(seed=cast.chain.spec.seed, stream=f"distress {number}")
        draws = self.draws
        self.last = cast.chain.spec.last_date
        self.start = self.last - timedelta(days=draws.between(110, 300))
        self.length = draws.between(60, 200)
        self.depth, self.short = draws.between(35, 90) / 100, draws.between(0, 40) / 100
        self.delay = draws.between(15, 100)
        self.case = Case(
            f"X{number:03d}",
            "distress",
            True,
            (firm.code,),
            self.start,
            self.last,
            note=f"orders -{self.depth:.0%}, paid +{self.delay} days, short {self.short:.0%}",
        )

    def apply(self, deal: Deal) -> Iterator[Deal]:
        part = self._progress(deal.orders[0].order_date)
        if self.draws.chance(part * self.depth):
            return
        missing = {line.order_line for line in deal.orders if self.draws.chance(part * self.short)}
        moved = replace(
            deal,
            despatches=tuple(x for x in deal.despatches if x.order_line not in missing),
            receipts=tuple(x for x in deal.receipts if x.order_line not in missing),
            invoices=tuple(x for x in deal.invoices if x.order_line not in missing),
        )
        known = {line.invoice_no for line in moved.invoices}
        payments = tuple(
            replace(
                line,
                payment_date=later(
                    line.payment_date, int(self.delay * self._progress(line.payment_date))
                ),
            )
            for line in deal.payments
            if not line.invoice_no or line.invoice_no in known
        )
        yield deal_cut(deal=replace(moved, payments=payments), last_date=self.last)

    def _progress(self, day: date) -> float:
        return min(max((day - self.start).days / self.length, 0.0), 1.0)
