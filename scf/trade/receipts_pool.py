"""What is left of each receipt after reversals and returns. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scf.trade.match_values import ReceiptLine
from scf.trade.units import unit_convert
from scf.trade.values import Movement


@dataclass(slots=True)
class OpenReceipt:
    """A receipt and what can still be invoiced of it, in the order line's unit."""

    line: ReceiptLine
    open_micro: int


def receipts_net(*, receipts: Sequence[ReceiptLine], unit: str) -> list[OpenReceipt]:
    """Receipts oldest first, each less its reversals and returns, in ``unit``.

    A reversal that names its receipt reduces that one; one that names none reduces the newest
    first. What exceeds the receipts is dropped: availability is never negative.
    Raises ``trade.unit_unknown``.
    """
    ordered = sorted(receipts, key=lambda each: (each.receipt_date, each.number, each.line_no))
    pools = [
        OpenReceipt(line, unit_convert(qty_micro=line.qty_micro, unit=line.unit, to=unit))
        for line in ordered
        if line.movement is Movement.RECEIPT
    ]
    others = [line for line in ordered if line.movement is not Movement.RECEIPT]
    if others:
        _apply_movements(pools, others, unit)
    return pools


def _apply_movements(pools: list[OpenReceipt], others: list[ReceiptLine], unit: str) -> None:
    targets = {(pool.line.number, pool.line.line_no): pool for pool in pools}
    balance = 0
    for line in others:
        qty = line.movement.sign * unit_convert(qty_micro=line.qty_micro, unit=line.unit, to=unit)
        pool = targets.get((line.original_number, line.original_line_no))
        if pool is None:
            balance += qty
            continue
        targets[(line.number, line.line_no)] = pool
        pool.open_micro += qty
    # A named reversal of more than its receipt spills over to the others.
    for pool in pools:
        if pool.open_micro < 0:
            balance += pool.open_micro
            pool.open_micro = 0
    for pool in reversed(pools):
        if balance >= 0:
            break
        taken = min(pool.open_micro, -balance)
        pool.open_micro -= taken
        balance += taken
