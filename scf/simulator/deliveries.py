"""Goods on the move: despatch, receipt, reversal, return. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scf.network.calendar import Roll, business_day_roll
from scf.simulator.draws import Draws
from scf.simulator.habits import Habits
from scf.simulator.numbers import Numbers
from scf.simulator.schedule import parts_split
from scf.simulator.values import DespatchLine, Firm, OrderLine, ReceiptLine


@dataclass(frozen=True, slots=True)
class Route:
    """Who carries the goods from where to where."""

    carrier: Firm
    origin: str
    destination: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One delivery of an order: what left and what arrived."""

    despatches: tuple[DespatchLine, ...]
    receipts: tuple[ReceiptLine, ...]

    @property
    def receipt_date(self) -> date:
        return self.receipts[0].receipt_date


def visits_make(
    *, draws: Draws, numbers: Numbers, habits: Habits, orders: Sequence[OrderLine], route: Route
) -> list[Visit]:
    """The deliveries of one order, in order of time; a line closed short stays short."""
    wanted = _visit_count(draws=draws, habits=habits)
    parts = [_line_parts(draws=draws, line=line, wanted=wanted) for line in orders]
    despatch_date = _work_day(orders[0].delivery_date - timedelta(days=draws.between(1, 4)))
    visits = []
    for number in range(wanted):
        if draws.chance(habits.late_share):
            despatch_date = _work_day(
                despatch_date + timedelta(days=draws.between(2, habits.late_days))
            )
        loads = [
            (line, parts[index][number])
            for index, line in enumerate(orders)
            if number < len(parts[index])
        ]
        if not loads:
            break
        visits.append(
            _visit_make(
                draws=draws, numbers=numbers, loads=loads, route=route, despatch_date=despatch_date
            )
        )
        despatch_date = _work_day(despatch_date + timedelta(days=draws.between(4, 12)))
    return visits


def receipts_reverse(
    *, draws: Draws, numbers: Numbers, habits: Habits, receipts: Sequence[ReceiptLine]
) -> list[ReceiptLine]:
    """Counting errors: a receipt reversed the next day and entered again."""
    extra: list[ReceiptLine] = []
    for line in receipts:
        if not draws.chance(habits.reversal_share):
            continue
        day = _work_day(line.receipt_date + timedelta(days=1))
        extra.append(_undo(line=line, numbers=numbers, movement="reversal", day=day))
        extra.append(
            replace(line, receipt_no=str(next(numbers.receipt)), receipt_line=1, receipt_date=day)
        )
    return extra


def receipt_return(*, draws: Draws, numbers: Numbers, receipt: ReceiptLine) -> ReceiptLine | None:
    """Faulty goods sent back some weeks later: 1% to 4% of the line; None when it is too small."""
    back = receipt.qty_milli * draws.between(1, 4) // 100 // 1_000 * 1_000
    if back <= 0:
        return None
    day = _work_day(receipt.receipt_date + timedelta(days=draws.between(5, 30)))
    return replace(_undo(line=receipt, numbers=numbers, movement="return", day=day), qty_milli=back)


def _undo(*, line: ReceiptLine, numbers: Numbers, movement: str, day: date) -> ReceiptLine:
    return replace(
        line,
        receipt_no=str(next(numbers.receipt)),
        receipt_line=1,
        receipt_date=day,
        movement=movement,
        original_receipt_no=line.receipt_no,
        original_receipt_line=line.receipt_line,
    )


def _visit_count(*, draws: Draws, habits: Habits) -> int:
    roll, passed = draws.uniform(), 0.0
    for number, share in enumerate(habits.visit_shares, start=1):
        passed += share
        if roll < passed:
            return number
    return len(habits.visit_shares)


def _line_parts(*, draws: Draws, line: OrderLine, wanted: int) -> list[int]:
    total = line.qty_milli
    if line.line_state == "closed":
        total = max(total * draws.between(85, 97) // 100 // 1_000 * 1_000, 1_000)
    return parts_split(draws=draws, total=total, count=wanted, step=1_000)


def _visit_make(
    *,
    draws: Draws,
    numbers: Numbers,
    loads: Sequence[tuple[OrderLine, int]],
    route: Route,
    despatch_date: date,
) -> Visit:
    despatch_no, receipt_no = str(next(numbers.despatch)), str(next(numbers.receipt))
    waybill_no = "YD" + draws.digits(12)
    receipt_date = _work_day(despatch_date + timedelta(days=draws.between(1, 4)))
    numbered = list(enumerate(loads, start=1))
    return Visit(
        despatches=tuple(
            DespatchLine(
                company_code=line.company_code,
                despatch_no=despatch_no,
                despatch_line=number,
                despatch_date=despatch_date,
                delivered_date=receipt_date,
                partner_code=line.partner_code,
                direction=line.direction,
                item=line.item,
                qty_milli=qty_milli,
                order_no=line.order_no,
                order_line=line.order_line,
                carrier_code=route.carrier.code,
                waybill_no=waybill_no,
                origin=route.origin,
                destination=route.destination,
            )
            for number, (line, qty_milli) in numbered
        ),
        receipts=tuple(
            ReceiptLine(
                company_code=line.company_code,
                receipt_no=receipt_no,
                receipt_line=number,
                receipt_date=receipt_date,
                partner_code=line.partner_code,
                direction=line.direction,
                item=line.item,
                qty_milli=qty_milli,
                order_no=line.order_no,
                order_line=line.order_line,
                delivery_note=despatch_no,
            )
            for number, (line, qty_milli) in numbered
        ),
    )


def _work_day(day: date) -> date:
    return business_day_roll(day=day, roll=Roll.FOLLOWING)
