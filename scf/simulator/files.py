"""Write a simulated chain as ERP and bank files, streaming. Touches the given folder only."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain as chained
from pathlib import Path
from typing import TextIO

from scf.simulator.deals import chain_deals, deal_cut
from scf.simulator.featured import featured_deals
from scf.simulator.frauds.own_books import OWN_SYSTEM
from scf.simulator.frauds.scene import Scene, scene_make
from scf.simulator.frauds.statements import payout_statements
from scf.simulator.frauds.values import LABEL_HEADER, LABELS_NAME, Case
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
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """How many cases of each kind happen in a chain, and whether firms trade beside the anchor."""

    frauds: Mapping[str, int]
    lookalikes: Mapping[str, int]
    with_background: bool = True


def chain_write(*, spec: ChainSpec, folder: Path, plot: Plot | None = None) -> ChainFiles:
    """Simulate ``spec`` and write the six tables into ``folder``, which is created.

    With a ``plot`` its cases happen too: labels.csv says which, and the folder ``bank`` holds
    the statements that show what was paid to financed firms. The same spec gives the same bytes.
    """
    return chain_write_sets(spec=spec, folders={folder: spec.last_date}, plot=plot)[0]


def chain_write_sets(
    *,
    spec: ChainSpec,
    folders: Mapping[Path, date],
    plot: Plot | None = None,
    answers: Path | None = None,
) -> list[ChainFiles]:
    """The same in instalments: each folder holds what is new up to its date, oldest first.

    The parties are in the first one only, and so are the labels and the bank's statements
    unless ``answers`` names a folder for them.
    """
    chain = chain_populate(spec=spec)
    scene = None
    if plot is not None:
        scene = scene_make(
            chain=chain,
            frauds=plot.frauds,
            lookalikes=plot.lookalikes,
            with_background=plot.with_background,
        )
    with ExitStack() as stack:
        instalments: list[_Instalment] = []
        since: date | None = None
        for folder, last_date in folders.items():
            folder.mkdir(parents=True, exist_ok=True)
            sheets = {
                name: _Sheet(stack.enter_context(_sheet_open(folder=folder, name=name)), header)
                for name, header in HEADERS.items()
                if since is None or name != "parties"
            }
            instalments.append(_Instalment(folder, since, last_date, sheets))
            since = last_date + timedelta(days=1)
        parties = instalments[0].sheets["parties"]
        for firm in chain.firms() if scene is None else scene.firms():
            parties.write(party_row(firm))
        for firm in () if scene is None else scene.own_firms():
            parties.write(party_row(firm, OWN_SYSTEM))
        for deal in deals_all(chain=chain, scene=scene):
            for part in instalments:
                cut = deal_cut(deal=deal, last_date=part.last_date, since=part.since)
                _deal_write(deal=cut, sheets=part.sheets)
        cases = (
            ()
            if scene is None
            else _answers_write(scene=scene, folder=answers or instalments[0].folder)
        )
        return [
            ChainFiles(
                folder=part.folder,
                chain=chain,
                row_counts={name: sheet.count for name, sheet in part.sheets.items()},
                cases=cases,
            )
            for part in instalments
        ]


def deals_all(*, chain: Chain, scene: Scene | None = None) -> Iterator[Deal]:
    """The featured supplier's deals, then everyone's, then those of a scene's cases."""
    honest = chain_deals(chain=chain)
    if scene is None:
        return chained(featured_deals(chain=chain), honest)
    return chained(featured_deals(chain=chain), scene.altered(honest), scene.extra())


def _answers_write(*, scene: Scene, folder: Path) -> tuple[Case, ...]:
    """labels.csv and the statements of the account that financed firms were paid from."""
    cases = tuple(scene.labels())
    with (folder / LABELS_NAME).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(LABEL_HEADER)
        writer.writerows(case.row() for case in cases)
    if not scene.with_background:
        return cases
    bank = folder / "bank"
    bank.mkdir(exist_ok=True)
    for name, content in payout_statements(scene=scene):
        (bank / name).write_bytes(content)
    return cases


def _sheet_open(*, folder: Path, name: str) -> TextIO:
    return (folder / f"{name}.csv").open("w", encoding=ENCODINGS.get(name, "utf-8-sig"), newline="")


@dataclass(frozen=True, slots=True)
class _Instalment:
    folder: Path
    since: date | None
    last_date: date
    sheets: dict[str, _Sheet]


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
