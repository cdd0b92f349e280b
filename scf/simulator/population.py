"""The firms of the chain: invented names, valid codes, heavy-tailed shares. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from scf.simulator.contacts import ContactBook
from scf.simulator.draws import Draws
from scf.simulator.identity import account_number_make, phone_make, uscc_make
from scf.simulator.values import Chain, ChainSpec, Firm, Item
from scf.simulator.words import (
    APPLIANCES,
    BANKS,
    BRAND_FIRST,
    BRAND_SECOND,
    CARRIER_WORDS,
    CITIES,
    DISTRIBUTOR_WORDS,
    INDUSTRIES,
    Goods,
)

ANCHOR_NAME = "沧澜家电集团有限公司"
GROUP_NAME = "沧澜"
FEATURED_CODE = "100231"

_ENTITIES = (
    ("1000", "沧澜制冷电器有限公司", "8802"),
    ("2000", "沧澜洗涤电器有限公司", "8813"),
    ("3000", "沧澜空调有限公司", "8824"),
)
# code, name, city, industry: the suppliers that the demo tells stories about
_NAMED_SUPPLIERS = (
    (FEATURED_CODE, "澄岳注塑科技有限公司", "临江", "注塑件"),
    ("100407", "临江禾木包装有限公司", "临江", "包装"),
    ("100555", "望川微电机有限公司", "望川", "电机"),
    ("100618", "云汀压缩机配件有限公司", "云汀", "压缩机与阀件"),
    ("100702", "岚州钣金制品有限公司", "岚州", "钣金件"),
    ("100733", "北屿线束科技有限公司", "北屿", "线束"),
)
_NAMED_DISTRIBUTOR = ("200011", "栖川商贸有限公司", "栖川")
# Firms that the demo tells stories about; frauds leave them alone.
NAMED_CODES = frozenset({code for code, *_ in _NAMED_SUPPLIERS} | {_NAMED_DISTRIBUTOR[0]})
_TERMS = ((30, 0.12), (60, 0.28), (90, 0.42), (120, 0.18))
_CITY_MAP = {city: (province, division) for city, province, division in CITIES}


def chain_populate(*, spec: ChainSpec) -> Chain:
    """All firms for ``spec``; the named ones come first among their kind."""
    names = _NameBook()
    known = ContactBook(draws=Draws(seed=spec.seed, stream="contacts"))
    return Chain(
        spec=spec,
        obligors=known.fill(_obligors_make(spec=spec)),
        suppliers=known.fill(_suppliers_make(spec=spec, names=names)),
        distributors=known.fill(_distributors_make(spec=spec, names=names)),
        carriers=known.fill(_carriers_make(spec=spec, names=names)),
    )


class _NameBook:
    """Makes firm names and never the same twice."""

    def __init__(self) -> None:
        self._taken = {name for _, name, *_ in _NAMED_SUPPLIERS} | {_NAMED_DISTRIBUTOR[1]}

    def make(self, *, draws: Draws, city: str, word: str) -> str:
        """A name like 临江恒泽注塑有限公司."""
        while True:
            brand = draws.pick(BRAND_FIRST) + draws.pick(BRAND_SECOND)
            name = f"{city if draws.chance(0.6) else ''}{brand}{word}有限公司"
            if name not in self._taken:
                self._taken.add(name)
                return name


def _firm_make(
    *,
    draws: Draws,
    spec: ChainSpec,
    code: str,
    name: str,
    role: str,
    city: str,
    industry: str,
    account_tail: str = "",
) -> Firm:
    province, division = _CITY_MAP[city]
    bank, bank_number = draws.pick(BANKS)
    return Firm(
        code=code,
        name=name,
        role=role,
        uscc=uscc_make(draws=draws, division=division),
        region=province,
        city=city,
        industry=industry,
        registered_date=_registered_draw(draws=draws, spec=spec),
        bank_name=f"{bank}{city}分行",
        bank_code=bank_number + division + draws.digits(3),
        bank_account=account_number_make(draws=draws, tail=account_tail),
        email=f"cw{code}@example.com",
        phone=phone_make(draws=draws, code=code),
    )


def _registered_draw(*, draws: Draws, spec: ChainSpec) -> date:
    return spec.first_date - timedelta(days=draws.between(200, 9_000))


def _obligors_make(*, spec: ChainSpec) -> tuple[Firm, ...]:
    draws = Draws(seed=spec.seed, stream="obligors")
    return tuple(
        replace(
            _firm_make(
                draws=draws,
                spec=spec,
                code=code,
                name=name,
                role="obligor",
                city="临江",
                industry="家用电器",
                account_tail=tail,
            ),
            items=_appliances_make(code=code),
        )
        for code, name, tail in _ENTITIES
    )


def _appliances_make(*, code: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            code=f"FG{code[0]}{index:03d}",
            name=name,
            unit="PCS",
            price_e6=int(price * 1_000_000),
            price_unit=1,
            lot_milli=max(4_000, int(60_000 / price) * 1_000),
        )
        for index, (name, price) in enumerate(APPLIANCES[code], start=1)
    )


def _suppliers_make(*, spec: ChainSpec, names: _NameBook) -> tuple[Firm, ...]:
    draws = Draws(seed=spec.seed, stream="suppliers")
    plans = list(_NAMED_SUPPLIERS[: spec.supplier_count])
    taken = {code for code, *_ in plans}
    codes = (str(100_001 + index) for index in range(spec.supplier_count + len(taken)))
    industries = list(INDUSTRIES)
    shares = np.array([INDUSTRIES[name][1] for name in industries])
    drawn = draws.generator.choice(len(industries), size=spec.supplier_count, p=shares)
    for choice in drawn[len(plans) :].tolist():
        industry = industries[choice]
        city = draws.pick(CITIES)[0]
        word = draws.pick(INDUSTRIES[industry][0])
        code = next(code for code in codes if code not in taken)
        plans.append((code, names.make(draws=draws, city=city, word=word), city, industry))
    weights = _weights_draw(draws=draws, count=len(plans), floor=len(_NAMED_SUPPLIERS))
    return tuple(
        _supplier_make(draws=draws, spec=spec, plan=plan, weight=weight)
        for plan, weight in zip(plans, weights, strict=True)
    )


def _supplier_make(
    *, draws: Draws, spec: ChainSpec, plan: tuple[str, str, str, str], weight: float
) -> Firm:
    code, name, city, industry = plan
    featured = code == FEATURED_CODE
    firm = _firm_make(
        draws=draws,
        spec=spec,
        code=code,
        name=name,
        role="supplier",
        city=city,
        industry=industry,
        account_tail="4471" if featured else "",
    )
    return replace(
        firm,
        weight=0.0 if featured else weight,
        growth=_growth_draw(draws=draws),
        payment_days=_terms_draw(draws=draws),
        company_code=draws.pick(_ENTITIES)[0],
        items=_items_make(draws=draws, code=code, goods=INDUSTRIES[industry][2]),
    )


def _items_make(*, draws: Draws, code: str, goods: tuple[Goods, ...]) -> tuple[Item, ...]:
    """The supplier's own price list: two to four variants of each thing its trade makes."""
    items = []
    for index, (name, unit, price, price_unit, lot) in enumerate(goods, start=1):
        for variant in range(draws.between(1, 3)):
            yuan_e4 = int(price * draws.spread(0.18) * 10_000)
            items.append(
                Item(
                    code=f"{code[1:]}-{index}{'ABC'[variant]}",
                    name=name,
                    unit=unit,
                    price_e6=yuan_e4 * 100,
                    price_unit=price_unit,
                    lot_milli=lot * 1_000,
                )
            )
    return tuple(items)


def _distributors_make(*, spec: ChainSpec, names: _NameBook) -> tuple[Firm, ...]:
    draws = Draws(seed=spec.seed, stream="distributors")
    weights = _weights_draw(draws=draws, count=spec.distributor_count, floor=1)
    firms = []
    for index, weight in enumerate(weights):
        code, name, city = _NAMED_DISTRIBUTOR
        if index > 0:
            city = draws.pick(CITIES)[0]
            word = draws.pick(DISTRIBUTOR_WORDS)
            code, name = str(201_000 + index), names.make(draws=draws, city=city, word=word)
        firm = _firm_make(
            draws=draws,
            spec=spec,
            code=code,
            name=name,
            role="distributor",
            city=city,
            industry="家电零售",
        )
        firms.append(
            replace(
                firm,
                weight=weight,
                growth=_growth_draw(draws=draws),
                payment_days=draws.pick((0, 15, 30, 45)),
                company_code=draws.pick(_ENTITIES)[0],
                prepays=index == 0 or draws.chance(0.45),
            )
        )
    return tuple(firms)


def _carriers_make(*, spec: ChainSpec, names: _NameBook) -> tuple[Firm, ...]:
    draws = Draws(seed=spec.seed, stream="carriers")
    firms = []
    for index in range(12):
        city = draws.pick(CITIES)[0]
        name = names.make(draws=draws, city=city, word=draws.pick(CARRIER_WORDS))
        firms.append(
            _firm_make(
                draws=draws,
                spec=spec,
                code=str(300_001 + index),
                name=name,
                role="carrier",
                city=city,
                industry="道路运输",
            )
        )
    return tuple(firms)


def _weights_draw(*, draws: Draws, count: int, floor: int) -> list[float]:
    """Shares that sum to 1 with a heavy tail; the first ``floor`` are never tiny."""
    sizes = draws.generator.pareto(1.15, size=count) + 0.15
    sizes = np.minimum(sizes, 60.0)
    sizes[:floor] = np.maximum(sizes[:floor], 2.5)
    return [float(share) for share in sizes / sizes.sum()]


def _growth_draw(*, draws: Draws) -> float:
    """Yearly drift of a firm's orders: most grow a little, some a lot, some shrink."""
    return min(max(float(0.06 + 0.16 * (draws.spread(0.8) - 1.0)), -0.35), 0.6) - (
        0.3 if draws.chance(0.08) else 0.0
    )


def _terms_draw(*, draws: Draws) -> int:
    roll, passed = draws.uniform(), 0.0
    for days, share in _TERMS:
        passed += share
        if roll < passed:
            return days
    return _TERMS[-1][0]
