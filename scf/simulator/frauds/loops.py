"""Trade that goes round: rings of invoices, and the honest loops that look like them. Pure.

A ring sends one invoice sum through three to six firms, split into pieces, in one round or
several; goods seldom move. The honest loops are goods that come back by a registered buy-back
or a consignment, and subcontracting, where each firm adds its work to what it passes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scf.simulator.draws import Draws
from scf.simulator.frauds.cast import CONTACT_FIELDS, Cast, later
from scf.simulator.frauds.own_books import Trade, trade_make
from scf.simulator.frauds.values import Case
from scf.simulator.values import Deal, Firm


def ring_make(*, cast: Cast, number: int) -> Case:
    """Three to six firms invoice each other in a circle, one to six rounds."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"ring {number}")
    firms = cast.firms(draws.between(3, 6), shell_share=draws.pick((0.0, 0.0, 0.2, 0.5)))
    shared = _share_some(cast, firms, draws)
    goods = draws.pick(("none", "none", "paper", "moved"))
    step_days, most_pieces = draws.between(1, 16), draws.between(1, 6)
    drift, paid = draws.uniform() * 0.12, draws.chance(0.6)
    base = int(draws.between(25, 600) * 1_000_000 * draws.spread(0.4))
    day = cast.day(first=330, last=60, draws=draws)
    first, deals = day, list[Deal]()
    for _ in range(draws.between(1, 6)):
        amount = base * (1 + 0.5 * (draws.uniform() - 0.5))
        for place, seller in enumerate(firms):
            trade = Trade(
                seller=seller,
                buyer=firms[(place + 1) % len(firms)],
                day=day,
                net_minor=int(amount * (1 + drift * (draws.uniform() - 0.5))),
                pieces=draws.between(1, most_pieces),
                goods=goods if draws.chance(0.9) else "none",
                carrier_code=draws.pick(cast.chain.carriers).code,
                terms_days=draws.pick((30, 60, 90)),
                paid_after=draws.between(0, 20) if paid else None,
            )
            deals.append(trade_make(draws=draws, numbers=cast.numbers, trade=trade))
            day = later(day, draws.between(0, step_days))
        day = later(day, draws.between(3, 60))
    note = f"firms={len(firms)} goods={goods} pieces<={most_pieces} shared={shared or '-'}"
    return case_of(f"R{number:03d}", "rings", True, firms, deals, first, note)


def registered_make(*, cast: Cast, number: int, kind: str) -> Case:
    """Goods sold on and bought back (or lent and returned); one leg is registered as such."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"{kind} {number}")
    firms = cast.firms(draws.between(3, 4))
    day = cast.day(first=330, last=60, draws=draws)
    first, deals = day, list[Deal]()
    base = draws.between(20, 500) * 1_000_000
    for _ in range(draws.between(1, 5)):
        for place, seller in enumerate(firms):
            is_back = place == len(firms) - 1
            trade = Trade(
                seller=seller,
                buyer=firms[(place + 1) % len(firms)],
                day=day,
                net_minor=int(base * (1 + 0.04 * draws.uniform())),
                pieces=draws.between(1, 2),
                carrier_code=draws.pick(cast.chain.carriers).code,
                paid_after=draws.between(10, 45),
                line_type=kind if is_back else "standard",
            )
            deals.append(trade_make(draws=draws, numbers=cast.numbers, trade=trade))
            day = later(day, draws.between(2, 20))
        day = later(day, draws.between(5, 50))
    prefix = "B" if kind == "buy_back" else "C"
    return case_of(f"{prefix}{number:03d}", kind, False, firms, deals, first, "registered leg")


def subcontract_make(*, cast: Cast, number: int) -> Case:
    """Material goes out, is worked on by others and comes back dearer, carried each time."""
    draws = Draws(seed=cast.chain.spec.seed, stream=f"subcontract {number}")
    firms = cast.firms(draws.between(3, 5))
    day = cast.day(first=330, last=60, draws=draws)
    first, deals = day, list[Deal]()
    low, high = draws.between(6, 20), draws.between(25, 80)
    for _ in range(draws.between(1, 6)):
        amount = draws.between(10, 300) * 1_000_000
        for place, seller in enumerate(firms):
            trade = Trade(
                seller=seller,
                buyer=firms[(place + 1) % len(firms)],
                day=day,
                net_minor=amount,
                pieces=draws.between(1, 2),
                carrier_code=draws.pick(cast.chain.carriers).code,
                terms_days=draws.pick((30, 60)),
                paid_after=draws.between(15, 75),
            )
            deals.append(trade_make(draws=draws, numbers=cast.numbers, trade=trade))
            day = later(day, draws.between(3, 22))
            amount = amount * (100 + draws.between(low, high)) // 100
        day = later(day, draws.between(5, 40))
    note = f"value added {low}-{high}% a step"
    return case_of(f"S{number:03d}", "subcontract", False, firms, deals, first, note)


def case_of(
    case_id: str,
    kind: str,
    is_fraud: bool,
    firms: Sequence[Firm],
    deals: list[Deal],
    first: date,
    note: str,
) -> Case:
    """A case whose documents are the invoices of its deals."""
    invoices = [line for deal in deals for line in deal.invoices]
    return Case(
        case_id=case_id,
        kind=kind,
        is_fraud=is_fraud,
        parties=tuple(firm.code for firm in firms),
        first_date=first,
        last_date=max((line.invoice_date for line in invoices), default=first),
        documents=[line.invoice_no for line in invoices],
        deals=deals,
        note=note,
    )


def _share_some(cast: Cast, firms: Sequence[Firm], draws: Draws) -> str:
    """In some rings a few firms have one owner, telephone or address."""
    shared = [field for field in CONTACT_FIELDS if draws.chance(0.28)]
    for field in shared:
        count = draws.between(2, len(firms))
        start = draws.between(0, len(firms) - count)
        cast.share(firms[start : start + count], field=field)
    return ",".join(shared)
