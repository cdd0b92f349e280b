"""Order, receipt, invoice and clearing of one purchase as its events tell, in time.

The three-flow questions of `reconciling`, asked of a process log instead of documents: was it
invoiced without goods, was it paid before they came, is the invoice older than the order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What happened to the purchase; other events of a log say nothing here."""

    ORDERED = "ordered"
    VENDOR_INVOICE = "vendor_invoice"  # the date on the vendor's invoice
    RECEIVED = "received"
    INVOICED = "invoiced"  # the invoice was entered
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """How many purchases. `cleared_unreceived` includes those cleared with no receipt ever."""

    purchases: int = 0
    complete: int = 0
    invoiced_unreceived: int = 0
    cleared_unreceived: int = 0
    invoice_before_order: int = 0


def process_figures(purchases: Iterable[Sequence[tuple[Step, str]]]) -> ProcessFigures:
    """Count over purchases, each its steps with their moments (ISO text of one time zone)."""
    counts = [0] * 5
    for steps in purchases:
        first: dict[Step, str] = {}
        for step, moment in steps:
            first[step] = min(first.get(step, moment), moment)
        for number, holds in enumerate(_questions(first)):
            counts[number] += holds
    return ProcessFigures(*counts)


def _questions(first: dict[Step, str]) -> tuple[bool, ...]:
    received = first.get(Step.RECEIVED)
    cleared = first.get(Step.CLEARED)
    billed, ordered = first.get(Step.VENDOR_INVOICE), first.get(Step.ORDERED)
    return (
        True,
        None not in (received, first.get(Step.INVOICED), cleared),
        Step.INVOICED in first and received is None,
        cleared is not None and (received is None or cleared < received),
        billed is not None and ordered is not None and billed < ordered,
    )
