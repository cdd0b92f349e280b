"""The running document numbers of the ERP and of the tax system. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count


@dataclass(frozen=True, slots=True)
class Numbers:
    """One series for each kind of document; purchases and sales keep their own."""

    order: Iterator[int]
    receipt: Iterator[int]
    despatch: Iterator[int]
    invoice: Iterator[int]
    payment: Iterator[int]


def numbers_start(*, series: int) -> Numbers:
    """Fresh counters; ``series`` (0 to 9) keeps two of them apart."""
    return Numbers(
        order=count(4_500_200_001 + series * 100_000_000),
        receipt=count(5_000_100_001 + series * 100_000_000),
        despatch=count(800_200_001 + series * 10_000_000),
        invoice=count(series * 100_000_000 + 1),
        payment=count(2_000_000_001 + series * 100_000_000),
    )


def invoice_no_make(*, numbers: Numbers, invoice_date: date, uscc: str) -> str:
    """A number in the form of the fully digitalised e-invoice (数电票): 20 digits.

    Year, tax region of the seller, seven for the channel, nine running.
    """
    return f"{invoice_date:%y}{uscc[2:4]}2000000{next(numbers.invoice):09d}"
