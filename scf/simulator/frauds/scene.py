"""Everything that happens on purpose in one chain: cases, who changes, what is altered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from scf.simulator.deals import deal_cut
from scf.simulator.frauds import cash, erp_frauds, erp_honest, loops
from scf.simulator.frauds.background import background_deals, partners_join
from scf.simulator.frauds.cast import Cast
from scf.simulator.frauds.values import Case, Payout
from scf.simulator.numbers import Numbers, numbers_start
from scf.simulator.values import Chain, Deal, Firm


class Alteration(Protocol):
    """Turns one deal of a firm into what became of it, and tells its case."""

    case: Case

    def apply(self, deal: Deal) -> Iterator[Deal]: ...


@dataclass(slots=True)
class Scene:
    """The cases of a chain. `payouts` and the cases' documents grow while deals pass through."""

    cast: Cast
    with_background: bool = True
    cases: list[Case] = field(default_factory=list)
    payouts: list[Payout] = field(default_factory=list)
    alterations: dict[str, Alteration] = field(default_factory=dict)
    dead_carriers: list[Firm] = field(default_factory=list)
    numbers: Numbers = field(default_factory=lambda: numbers_start(series=5))
    partners: list[Firm] = field(default_factory=list)
    doublings: list[erp_frauds.Doubling] = field(default_factory=list)

    def firms(self) -> Iterator[Firm]:
        """The chain's firms as the anchor's parties file tells of them."""
        for firm in (*self.cast.chain.firms(), *self.dead_carriers):
            yield self.cast.known(firm)

    def own_firms(self) -> Iterator[Firm]:
        """Firms that hand in their own books, shells included."""
        chain = self.cast.chain
        for firm in (*chain.suppliers, *chain.distributors, *self.cast.shells):
            if firm.code in self.cast.own_books:
                yield replace(self.cast.known(firm), role="firm")

    def altered(self, deals: Iterator[Deal]) -> Iterator[Deal]:
        """The chain's deals as they really went; papers get lost only beside a background."""
        dirt = erp_honest.Dirt(seed=self.cast.chain.spec.seed)
        for deal in deals:
            changed = None
            if deal.orders and deal.orders[0].direction == "purchase":
                changed = self.alterations.get(deal.orders[0].partner_code)
            parts = (deal,) if changed is None else changed.apply(deal)
            for part in parts:
                if self.with_background:
                    yield from dirt.apply(part)
                else:
                    yield part

    def extra(self) -> Iterator[Deal]:
        """The deals of the cases, then the firms' own honest trade."""
        for case in self.cases:
            yield from case.deals
        if self.with_background:
            yield from background_deals(cast=self.cast, firms=self.partners)

    def labels(self) -> list[Case]:
        """What happened, in order; a case that left no trace is none."""
        for doubling in self.doublings:
            self.payouts += doubling.payouts
        traced = [case for case in self.cases if case.first_date <= case.last_date]
        return sorted(traced, key=lambda case: case.case_id)


def scene_make(
    *,
    chain: Chain,
    frauds: Mapping[str, int],
    lookalikes: Mapping[str, int],
    with_background: bool = True,
) -> Scene:
    """So many cases of each kind in the chain; fewer when its firms run out.

    A kind's cases do not depend on how many of the others there are, but which firm they
    take does.
    """
    scene = Scene(cast=Cast(chain=chain), with_background=with_background)
    scene.dead_carriers = [_carrier_that_never_moves(chain)]
    for kind, count in (*sorted(frauds.items()), *sorted(lookalikes.items())):
        for number in range(1, count + 1):
            _MAKERS[kind](scene, number)
    _happened(scene.cases, last_date=chain.spec.last_date)
    scene.payouts += cash.honest_payouts(cast=scene.cast) if with_background else []
    scene.partners = partners_join(cast=scene.cast) if with_background else []
    return scene


def _happened(cases: Iterable[Case], *, last_date: date) -> None:
    """Leave out what of the cases lies after the chain's last day."""
    for case in cases:
        if not case.deals:
            continue
        case.deals = [deal_cut(deal=deal, last_date=last_date) for deal in case.deals]
        known = {x.invoice_no for deal in case.deals for x in deal.invoices}
        known |= {x.payment_no for deal in case.deals for x in deal.payments}
        case.documents = [number for number in case.documents if number in known]
        case.last_date = min(case.last_date, last_date)


def _carrier_that_never_moves(chain: Chain) -> Firm:
    model = chain.carriers[-1]
    return replace(model, code="300901", name=f"{model.city}速远货运代理有限公司", uscc="")


def _add(make: Callable[[Scene, int], Case | None]) -> Callable[[Scene, int], None]:
    def made(scene: Scene, number: int) -> None:
        case = make(scene, number)
        if case is not None:
            scene.cases.append(case)

    return made


def _phantom(scene: Scene, number: int) -> Case | None:
    return erp_frauds.phantom_make(
        cast=scene.cast,
        numbers=scene.numbers,
        number=number,
        dead_carriers=scene.dead_carriers,
    )


def _registered(kind: str) -> Callable[[Scene, int], Case]:
    return lambda scene, number: loops.registered_make(cast=scene.cast, number=number, kind=kind)


def _paid(
    make: Callable[..., tuple[Case, list[Payout]]],
) -> Callable[[Scene, int], Case]:
    def made(scene: Scene, number: int) -> Case:
        case, payouts = make(cast=scene.cast, number=number)
        scene.payouts += payouts
        return case

    return made


def _altering(
    make: Callable[[Scene, Firm, int], Alteration], *, large: bool = False
) -> Callable[[Scene, int], Case | None]:
    def made(scene: Scene, number: int) -> Case | None:
        firm = scene.cast.large_supplier() if large else scene.cast.busy_supplier()
        if firm is None:
            return None
        alteration = make(scene, firm, number)
        scene.alterations[firm.code] = alteration
        if isinstance(alteration, erp_frauds.Doubling):
            scene.doublings.append(alteration)
        return alteration.case

    return made


def _doubling(scene: Scene, firm: Firm, number: int) -> Alteration:
    return erp_frauds.Doubling(cast=scene.cast, numbers=scene.numbers, firm=firm, number=number)


def _distress(scene: Scene, firm: Firm, number: int) -> Alteration:
    return erp_frauds.Distress(cast=scene.cast, firm=firm, number=number)


def _reissue(scene: Scene, firm: Firm, number: int) -> Alteration:
    return erp_honest.Reissue(cast=scene.cast, numbers=scene.numbers, firm=firm, number=number)


def _self_delivery(scene: Scene, firm: Firm, number: int) -> Alteration:
    return erp_honest.SelfDelivery(cast=scene.cast, firm=firm, number=number)


def _fewer(kind: str) -> Callable[[Scene, Firm, int], Alteration]:
    def made(scene: Scene, firm: Firm, number: int) -> Alteration:
        return erp_honest.FewerOrders(cast=scene.cast, firm=firm, number=number, kind=kind)

    return made


_MAKERS: Mapping[str, Callable[[Scene, int], None]] = {
    "rings": _add(lambda scene, number: loops.ring_make(cast=scene.cast, number=number)),
    "phantom": _add(_phantom),
    "duplicates": _add(_altering(_doubling)),
    "cashout": _add(_paid(cash.cashout_make)),
    "distress": _add(_altering(_distress, large=True)),
    "buy_back": _add(_registered("buy_back")),
    "consignment": _add(_registered("consignment")),
    "subcontract": _add(lambda s, number: loops.subcontract_make(cast=s.cast, number=number)),
    "cash_pool": _add(_paid(cash.cash_pool_make)),
    "trade_return": _add(_paid(cash.trade_return_make)),
    "reissue": _add(_altering(_reissue)),
    "self_delivery": _add(_altering(_self_delivery)),
    "dip": _add(_altering(_fewer("dip"), large=True)),
    "shrinking": _add(_altering(_fewer("shrinking"), large=True)),
    "seasonal": _add(
        lambda s, number: erp_honest.seasonal_make(cast=s.cast, numbers=s.numbers, number=number)
    ),
    "standing_order": _add(
        lambda s, number: erp_honest.standing_order_make(
            cast=s.cast, numbers=s.numbers, number=number
        )
    ),
}
