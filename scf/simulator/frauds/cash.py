"""Where financed cash goes: back to the borrower by a detour, or honestly on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import CONTACT_FIELDS, Cast, later
from scf.simulator.frauds.loops import case_of
from scf.simulator.frauds.own_books import Trade, trade_make, transfer_make
from scf.simulator.frauds.values import Case, Payout
from scf.simulator.schedule import parts_split
from scf.simulator.values import Deal, Firm

_HONEST_CLIENT_SHARE = 0.15


def cashout_make(*, cast: Cast, number: int) -> tuple[Case, list[Payout]]:
    """Proceeds come back to the borrower's own circle through one to four firms."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"cashout {number}")
    borrower = _borrower(cast)
    between = cast.firms(draws.between(1, 4), shell_share=0.5)
    end, how = _circle(cast, borrower, draws)
    deals, payouts, first = list[Deal](), list[Payout](), date.max
    hop_days = draws.between(1, 9)
    for _ in range(draws.between(1, 3)):
        day = cast.day(first=300, last=30, draws=draws)
        first = min(first, day)
        amount = draws.between(30, 900) * 1_000_000
        payouts.append(Payout(day, borrower.code, amount))
        chain = [borrower, *between, end]
        left = amount * draws.between(60, 100) // 100
        for payer, receiver in pairwise(chain):
            day = later(day, draws.between(0, hop_days))
            deals += _passed_on(cast, draws, payer, receiver, day, left)
            left = left * draws.between(950, 1_000) // 1_000
    firms = [borrower, *between] if end is borrower else [borrower, *between, end]
    note = f"returns to {how} through {len(between)}, up to {hop_days} days a step"
    made = case_of(f"K{number:03d}", "cashout", True, firms, deals, first, note)
    made.last_date = max(line.payment_date for deal in deals for line in deal.payments)
    made.documents += [line.payment_no for deal in deals for line in deal.payments]
    return made, payouts


def cash_pool_make(*, cast: Cast, number: int) -> tuple[Case, list[Payout]]:
    """Sister firms share one purse: what one is paid, another spends on material."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"cash pool {number}")
    borrower = _borrower(cast)
    sister, *vendors = cast.firms(3)
    cast.share([borrower, sister], field="legal_representative")
    deals, payouts, first = list[Deal](), list[Payout](), date.max
    for _ in range(draws.between(1, 4)):
        day = cast.day(first=300, last=40, draws=draws)
        first = min(first, day)
        amount = draws.between(20, 500) * 1_000_000
        payouts.append(Payout(day, borrower.code, amount))
        day = later(day, draws.between(0, 12))
        passed = amount * draws.between(30, 100) // 100
        deals += _transfers(cast, draws, borrower, sister, day, passed)
        for vendor in vendors:
            bought = _bought(cast, draws, vendor, sister, day, passed * 40 // 113)
            deals.append(bought)
    firms = [borrower, sister, *vendors]
    return case_of(
        f"P{number:03d}", "cash_pool", False, firms, deals, first, "group purse"
    ), payouts


def trade_return_make(*, cast: Cast, number: int) -> tuple[Case, list[Payout]]:
    """A vendor is paid with the proceeds, and later someone buys from the borrower: real goods."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"trade return {number}")
    borrower = _borrower(cast)
    vendor, other = cast.firms(2)
    deals, payouts, first = list[Deal](), list[Payout](), date.max
    for _ in range(draws.between(1, 4)):
        day = cast.day(first=300, last=60, draws=draws)
        first = min(first, day)
        amount = draws.between(20, 500) * 1_000_000
        payouts.append(Payout(day, borrower.code, amount))
        deals.append(_bought(cast, draws, vendor, borrower, day, amount * 60 // 113))
        day = later(day, draws.between(5, 25))
        deals.append(_bought(cast, draws, other, vendor, day, amount * 40 // 113))
        day = later(day, draws.between(5, 25))
        deals.append(_bought(cast, draws, borrower, other, day, amount * 55 // 113))
    firms = [borrower, vendor, other]
    made = case_of(f"T{number:03d}", "trade_return", False, firms, deals, first, "paid for goods")
    return made, payouts


def honest_payouts(*, cast: Cast) -> list[Payout]:
    """What the platform paid to its ordinary clients in the year."""
    draws = Draws(seed=cast.chain.spec.seed, stream="payouts")
    found: list[Payout] = []
    for firm in cast.chain.suppliers:
        if draws.chance(_HONEST_CLIENT_SHARE):
            for _ in range(draws.between(1, 8)):
                day = cast.day(first=360, last=5, draws=draws)
                found.append(Payout(day, firm.code, draws.between(8, 600) * 1_000_000))
    return found


def _borrower(cast: Cast) -> Firm:
    found = cast.busy_supplier() or cast.firms(1)[0]
    cast.own_books.add(found.code)
    return found


def _circle(cast: Cast, borrower: Firm, draws: Draws) -> tuple[Firm, str]:
    """Who gets it in the end: the borrower itself or a firm that shares something with it."""
    if draws.chance(0.4):
        return borrower, "itself"
    (end,) = cast.firms(1, shell_share=0.6)
    field = draws.pick(CONTACT_FIELDS)
    cast.share([borrower, end], field=field)
    return end, field


def _passed_on(
    cast: Cast, draws: Draws, payer: Firm, receiver: Firm, day: date, amount_minor: int
) -> list[Deal]:
    """Cash moves as a transfer, a loan, or dressed as the payment of an invoice."""
    if not draws.chance(0.3):
        return _transfers(cast, draws, payer, receiver, day, amount_minor)
    trade = Trade(
        seller=receiver,
        buyer=payer,
        day=day,
        net_minor=amount_minor * 100 // 113,
        goods="none",
        within_days=0,
        paid_after=0,
    )
    return [trade_make(draws=draws, numbers=cast.numbers, trade=trade)]


def _transfers(
    cast: Cast, draws: Draws, payer: Firm, receiver: Firm, day: date, amount_minor: int
) -> list[Deal]:
    kind = draws.pick(("transfer", "transfer", "loan"))
    parts: Sequence[int] = parts_split(
        draws=draws, total=amount_minor, count=draws.between(1, 3), step=100
    )
    return [
        transfer_make(
            numbers=cast.numbers,
            payer=payer,
            receiver=receiver,
            day=later(day, draws.between(0, 2)),
            amount_minor=part,
            kind=kind,
        )
        for part in parts
    ]


def _bought(cast: Cast, draws: Draws, seller: Firm, buyer: Firm, day: date, net_minor: int) -> Deal:
    trade = Trade(
        seller=seller,
        buyer=buyer,
        day=day,
        net_minor=max(net_minor, 100_000),
        pieces=draws.between(1, 2),
        carrier_code=draws.pick(cast.chain.carriers).code,
        paid_after=draws.between(0, 30),
    )
    return trade_make(draws=draws, numbers=cast.numbers, trade=trade)
