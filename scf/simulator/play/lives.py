"""Stretches of a receivable's life that both the demo and the headless run go through."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from scf.products.queries import SeriesFacts
from scf.simulator.bank.values import Incoming
from scf.simulator.play.banker import obligor_payments
from scf.simulator.play.people import LOGINS, SINGLE_LOGINS
from scf.simulator.play.stage import Stage
from scf.trade.values import ReceivableFacts

# Shares of a series that the three investors take, in thousandths.
THREE_SHARES: Mapping[str, int] = {"investor": 534, "investor2": 320, "investor3": 146}


def people_of(supplier: str) -> tuple[str, str]:
    """Maker and checker of a supplier; the checker is empty where one person does both."""
    names = [login.username for login in LOGINS + SINGLE_LOGINS if login.firm == supplier]
    return names[0], names[1] if len(names) > 1 else ""


def sold(*, stage: Stage, supplier: str, receivable: ReceivableFacts) -> int:
    """From an open gate and the quote to a checked claim; returns the claim's id."""
    stage.gate_ensure(supplier=supplier)
    maker, checker = people_of(supplier)
    return stage.sell(receivable_id=receivable.id, maker=maker, checker=checker).id


def listed(*, stage: Stage, supplier: str, receivable: ReceivableFacts) -> SeriesFacts:
    """From the quote to an open offering."""
    claim_id = sold(stage=stage, supplier=supplier, receivable=receivable)
    stage.confirm(claim_id=claim_id)
    return stage.offer(claim_id=claim_id)


def bid_shares(*, stage: Stage, series: SeriesFacts, shares: Mapping[str, int]) -> None:
    """Bids in thousandths of the series; the last bidder takes what the others left of a whole."""
    names = list(shares)
    left = series.units
    for name in names:
        units = series.units * shares[name] // 1_000
        if sum(shares.values()) == 1_000 and name == names[-1]:
            units = left
        stage.bid(series_id=series.id, investor=name, units=units)
        left -= units


def issued(
    *,
    stage: Stage,
    supplier: str,
    receivable: ReceivableFacts,
    shares: Mapping[str, int] = THREE_SHARES,
) -> SeriesFacts:
    """From the quote to the close: the supplier's money is prepared for the bank."""
    series = listed(stage=stage, supplier=supplier, receivable=receivable)
    bid_shares(stage=stage, series=series, shares=shares)
    return stage.close(series_id=series.id)


def day_pass(*, stage: Stage, late: Collection[str] = (), extra: Sequence[Incoming] = ()) -> None:
    """A quiet day: obligors pay what is due but for the ``late``, batches leave, the day ends."""
    incoming = [
        *obligor_payments(
            programme_id=stage.cast.programme_id, on=stage.programme.business_date, late=late
        ),
        *extra,
    ]
    if incoming:
        stage.bank_day(incoming=incoming)
    if stage.payouts_sign():
        stage.bank_day()
    stage.day_end()
