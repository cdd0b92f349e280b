"""Chains with planted rings, made independently of the simulator: heavy-tailed and seasonal
honest trade between firms of no anchor, rings of split invoices, loops that are honest."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from risk.facts import FlowFact, FlowKind, PartyFact
from risk.snapshot import Snapshot
from tests.risk.facts_made import flow, snapshot_of


@dataclass
class Chain:
    snapshot: Snapshot
    rings: list[frozenset[str]]


@dataclass
class Maker:
    seed: int
    goods_missing: float = 0.03
    flows: list[FlowFact] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    orders: int = 0

    def __post_init__(self) -> None:
        self.draw = np.random.default_rng(self.seed)

    def sale(
        self, seller: str, buyer: str, amount: int, ago: int, *, goods: bool, pieces: int = 1
    ) -> None:
        """An order, its goods (sent, delivered, received) and its invoices within three days."""
        self.orders += 1
        key, item = self.orders, f"item {self.draw.integers(12)}"
        pair = (seller, buyer)
        if goods:
            late = int(self.draw.integers(1, 6))
            for kind, days in ((FlowKind.DESPATCH, late + 3), (FlowKind.RECEIPT, late)):
                self.flows.append(
                    flow(kind, *pair, amount, days_ago=ago + days, order=key, item=item, qty=10,
                         paid_after=3)
                )  # fmt: skip
        cuts = sorted(self.draw.integers(1, amount, pieces - 1).tolist())
        parts = np.diff([0, *cuts, amount])
        for number, part in enumerate(parts):
            after = int(self.draw.integers(0, 4)) if number else 0
            self.flows.append(
                flow(FlowKind.INVOICE, *pair, max(int(part), 1), days_ago=max(ago - after, 0),
                     order=key, item=item, qty=10, document=f"I-{key}-{number}",
                     row=len(self.flows))
            )  # fmt: skip

    def honest(self, firms: list[str], pairs: int) -> None:
        weight = 1 / np.arange(1, len(firms) + 1) ** 0.8
        weight /= weight.sum()
        for _ in range(pairs):
            a, b = self.draw.choice(len(firms), 2, replace=False, p=weight)
            usual = int(np.exp(self.draw.normal(15, 1.2)))
            for ago in np.sort(self.draw.integers(0, 360, self.draw.poisson(9) + 1)).tolist():
                if self.draw.random() < 0.55 + 0.45 * np.sin(2 * np.pi * ago / 365):
                    amount = int(usual * np.exp(self.draw.normal(0, 0.35))) + 100
                    goods = self.draw.random() > self.goods_missing
                    self.sale(firms[a], firms[b], amount, ago, goods=goods)

    def round(self, members: list[str], *, margin: float, goods: bool, pieces: int) -> None:
        amount = int(np.exp(self.draw.normal(16, 1)))
        ago = int(self.draw.integers(60, 330))
        turns = int(self.draw.integers(1, 4))
        for _ in range(turns):
            value = float(amount)
            for a, b in zip(members, [*members[1:], members[0]], strict=True):
                many = int(self.draw.integers(1, pieces + 1))
                self.sale(a, b, int(value), ago, goods=goods, pieces=many)
                value *= 1 + margin * self.draw.uniform(0.3, 1.7)
                ago = max(ago - int(self.draw.integers(0, 8)), 0)


def chain_with_rings(*, seed: int, firms: int = 250, pairs: int = 900, rings: int = 20) -> Chain:
    """`rings` planted rings and half as many honest loops with goods and margins."""
    maker = Maker(seed)
    names = [f"f{n:04d}" for n in range(firms)]
    maker.honest(names, pairs)
    planted = []
    for number in range(rings):
        size = int(maker.draw.integers(3, 7))
        members = maker.draw.choice(names, size, replace=False).tolist()
        maker.round(members, margin=0.01, goods=False, pieces=4)
        planted.append(frozenset(members))
        if maker.draw.random() < 0.5:
            maker.keys |= dict.fromkeys(members[:2], f"owner {number}")
    for _ in range(rings // 2):
        size = int(maker.draw.integers(3, 6))
        members = maker.draw.choice(names, size, replace=False).tolist()
        maker.round(members, margin=0.12, goods=True, pieces=2)
    parties = tuple(PartyFact(n, n, owner_key=maker.keys.get(n, "")) for n in names)
    return Chain(snapshot_of(*maker.flows, parties=parties), planted)


def found_and_right(
    chain: Chain, subjects: Iterator[str] | list[str]
) -> tuple[int, int, int]:  # fmt: skip
    """Planted rings that were found, rings told, told ones that are planted."""
    told = [frozenset(subject.split(",")) for subject in subjects]
    hits = sum(ring in told for ring in chain.rings)
    return hits, len(told), sum(ring in chain.rings for ring in told)
