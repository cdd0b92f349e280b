"""What the firms trade among themselves honestly: most of it goes one way, some comes back. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import Cast, work_day
from scf.simulator.frauds.own_books import Trade, trade_make, transfer_make
from scf.simulator.values import Deal, Firm

_SUPPLIER_SHARE = 0.25
_DISTRIBUTOR_SHARE = 0.03
_TIER_TWO_SHARE = 0.04
_BACK_SHARE = 0.08  # of customer relations: the customer sells something too
_NO_PAPERS_SHARE = 0.06
_INVOICES_ONLY_SHARE = 0.12  # of sellers: what they hand in are tax invoices and bank data
_OVERPAID_SHARE = 0.01


def partners_join(*, cast: Cast) -> list[Firm]:
    """Honest firms that hand in their own books, with firms behind them that only these know."""
    draws = Draws(seed=cast.chain.spec.seed, stream="own books")
    firms = [firm for firm in cast.chain.suppliers if draws.chance(_SUPPLIER_SHARE)]
    firms += [firm for firm in cast.chain.distributors if draws.chance(_DISTRIBUTOR_SHARE)]
    behind = int(len(cast.chain.suppliers) * _TIER_TWO_SHARE) + 1
    firms += [cast.shell() for _ in range(behind)]
    # Who takes part in a case trades honestly too: its other invoices are no evidence.
    known = {firm.code for firm in firms}
    everyone = (*cast.chain.suppliers, *cast.chain.distributors, *cast.shells)
    firms += [firm for firm in everyone if firm.code in cast.own_books and firm.code not in known]
    cast.own_books.update(firm.code for firm in firms)
    return firms


def background_deals(*, cast: Cast, firms: list[Firm]) -> Iterator[Deal]:
    """A year and more of their trade, firm by firm, so that it can be written as it comes."""
    draws = Draws(seed=cast.chain.spec.seed, stream="background")
    if len(firms) < 3:
        return
    bare = {firm.code for firm in firms if draws.chance(_INVOICES_ONLY_SHARE)}
    for seller in firms:
        for _ in range(draws.between(1, 4)):
            buyer = _customer(draws, firms, seller)
            pairs = [(seller, buyer)]
            if draws.chance(_BACK_SHARE):
                pairs.append((buyer, seller))
            for sells, buys in pairs:
                lost = 1.0 if sells.code in bare else _NO_PAPERS_SHARE
                yield from _relation(cast, draws, sells, buys, lost)


def _customer(draws: Draws, firms: list[Firm], seller: Firm) -> Firm:
    """Large ones are found more often: the lower of two draws from the list."""
    while True:
        buyer = firms[min(draws.between(0, len(firms) - 1), draws.between(0, len(firms) - 1))]
        if buyer.code != seller.code:
            return buyer


def _relation(cast: Cast, draws: Draws, seller: Firm, buyer: Firm, lost: float) -> Iterator[Deal]:
    """Regular custom: about so much every so many days, paid as this customer always pays."""
    usual = int(draws.between(3, 80) * 1_000_000 * draws.spread(0.8))
    terms = draws.pick((0, 30, 30, 60, 90))
    habit = draws.between(0, 35) if draws.chance(0.3) else 0
    every, spec = draws.between(9, 60), cast.chain.spec
    ago = spec.history_days - draws.between(1, every)
    while ago > 1:
        day = work_day(spec.last_date - timedelta(days=ago))
        ago -= max(every + draws.between(-every // 3, every // 3), 2)
        trade = Trade(
            seller=seller,
            buyer=buyer,
            day=day,
            net_minor=max(int(usual * draws.spread(0.35)), 200_000),
            pieces=draws.between(2, 3) if draws.chance(0.06) else 1,
            goods="none" if draws.chance(lost) else "moved",
            carrier_code=draws.pick(cast.chain.carriers).code,
            terms_days=terms,
            paid_after=terms + habit + draws.between(0, 6),
        )
        yield trade_make(draws=draws, numbers=cast.numbers, trade=trade)
        if draws.chance(_OVERPAID_SHARE):
            yield _overpaid(cast, draws, trade, day)


def _overpaid(cast: Cast, draws: Draws, trade: Trade, day: date) -> Deal:
    """Cash for nothing that is quite honest: a deposit, a loan among business friends."""
    return transfer_make(
        numbers=cast.numbers,
        payer=trade.buyer,
        receiver=trade.seller,
        day=day,
        amount_minor=trade.net_minor * draws.between(5, 120) // 100,
        kind=draws.pick(("transfer", "loan")),
    )
