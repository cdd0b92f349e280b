"""Write a simulated chain as ERP files, streaming. Touches the given folder only."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain as chained
from pathlib import Path
from typing import TextIO

from scf.simulator.deals import chain_deals
from scf.simulator.featured import featured_deals
from scf.simulator.population import chain_populate
from scf.simulator.tables import (
    ENCODINGS,
    HEADERS,
    Row,
    despatch_row,
    invoice_row,
    order_row,
    party_row,
    payment_row,
    receipt_row,
    row_mistype,
)
from scf.simulator.values import Chain, ChainSpec, Deal

_BLANK_ROW_EVERY = 9_973  # vendor exports are full of blank rows
_MISTYPED_EVERY = 7_919  # despatch notes are typed by hand


@dataclass(frozen=True, slots=True)
class ChainFiles:
    """What was written: the folder, and rows per table without headers and blank rows."""

    folder: Path
    chain: Chain
    row_counts: dict[str, int]


def chain_write(*, spec: ChainSpec, folder: Path) -> ChainFiles:
    """Simulate ``spec`` and write the six tables into ``folder``, which is created.

    The same spec gives the same bytes.
    """
    chain = chain_populate(spec=spec)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        sheets = {
            name: _Sheet(stack.enter_context(_sheet_open(folder=folder, name=name)), header)
            for name, header in HEADERS.items()
        }
        for firm in chain.firms():
            sheets["parties"].write(party_row(firm))
        for deal in deals_all(chain=chain):
            _deal_write(deal=deal, sheets=sheets)
        counts = {name: sheet.count for name, sheet in sheets.items()}
    return ChainFiles(folder=folder, chain=chain, row_counts=counts)


def deals_all(*, chain: Chain) -> Iterator[Deal]:
    """The featured supplier's deals, then everyone's."""
    return chained(featured_deals(chain=chain), chain_deals(chain=chain))


def _sheet_open(*, folder: Path, name: str) -> TextIO:
    return (folder / f"{name}.csv").open("w", encoding=ENCODINGS.get(name, "utf-8-sig"), newline="")


class _Sheet:
    def __init__(self, stream: TextIO, header: Iterable[str]) -> None:
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(header)
        self._stream = stream
        self.count = 0

    def write(self, row: Row) -> None:
        self._writer.writerow(row)
        self.count += 1
        if self.count % _BLANK_ROW_EVERY == 0:
            self._stream.write("\r\n")

    def write_all(self, lines: Iterable[object], row_of: Callable[..., Row]) -> None:
        for line in lines:
            self.write(row_of(line))


def _deal_write(*, deal: Deal, sheets: dict[str, _Sheet]) -> None:
    sheets["orders"].write_all(deal.orders, order_row)
    for line in deal.despatches:
        row = despatch_row(line)
        mistyped = sheets["despatches"].count % _MISTYPED_EVERY == _MISTYPED_EVERY - 1
        sheets["despatches"].write(row_mistype(row=row) if mistyped else row)
    sheets["receipts"].write_all(deal.receipts, receipt_row)
    sheets["invoices"].write_all(deal.invoices, invoice_row)
    sheets["payments"].write_all(deal.payments, payment_row)
