"""A world of the worked example for each test, and the stages a receivable passes in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from ledger.errors import DomainError
from scf.financing.queries import ClaimFacts, QuoteFacts
from scf.journeys.quoting import quotes_make
from scf.products.queries import SeriesFacts
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.life import INVOICE, claim_from, issued, listed, money_leaves
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make


@dataclass
class Stage:
    """A world and how to bring a receivable to where a test begins."""

    world: World

    def receivable(self, number: str = INVOICE, face_minor: int = FACE) -> int:
        return papers_deliver(
            world=self.world,
            number=number,
            gross_minor=face_minor,
            due_date=self.world.today + timedelta(days=TENOR),
        )

    def sellable(self, number: str = INVOICE, face_minor: int = FACE) -> int:
        receivable_id = self.receivable(number, face_minor)
        gate_open(world=self.world)
        return receivable_id

    def quote(self, receivable_id: int) -> QuoteFacts:
        outcome = quotes_make(
            actor=self.world.actors["supplier"], receivable_ids=[receivable_id], at=self.world.at
        )[0]
        assert outcome.quote is not None, outcome.error
        return outcome.quote

    def registered(self) -> ClaimFacts:
        return claim_from(world=self.world, receivable_id=self.sellable())

    def listed(self) -> SeriesFacts:
        return listed(world=self.world, claim=self.registered())

    def issued(self) -> SeriesFacts:
        series = issued(world=self.world, series=self.listed(), bids=BIDS)
        money_leaves(world=self.world)
        return series


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return Stage(world_make(code="stage", start=TUESDAY))


class Refused:
    """``with refused("room.word"):`` the block must be refused with exactly that code."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        assert isinstance(error, DomainError), f"not refused: {self.code}"
        assert error.code == self.code, str(error)
        return True


Refusing = Callable[[str], Refused]


@pytest.fixture
def refused() -> Refusing:
    return Refused
