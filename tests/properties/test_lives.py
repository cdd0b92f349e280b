"""Random lives of a receivable: whatever comes in, money is conserved and the proofs hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import DomainError
from ledger.queries import balances_list
from scf.financing.terms import EarlyBenefit, LateAccrual
from scf.journeys.defaulting import write_off_approve, write_off_submit
from scf.journeys.verifying import book_prove
from scf.network.calendar import Roll, business_day_roll
from scf.products.queries import series_get
from scf.simulator.worked.life import (
    INVOICE,
    claim_offered,
    days_pass,
    issued,
    listed,
    money_leaves,
)
from scf.simulator.worked.papers import credit_deliver
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import TERMS, World, world_make

pytestmark = pytest.mark.django_db(transaction=True)
_numbers = count(1)

PAY = st.tuples(st.just("pay"), st.integers(1, 70_000_000))
CREDIT = st.tuples(st.just("credit"), st.integers(1, 9_000_000))
RECOURSE = st.tuples(st.just("recourse"), st.integers(1, 5_000_000))
WRITE_OFF = st.tuples(st.just("write_off"), st.just(0))
LEAVE = st.tuples(st.just("leave"), st.just(0))
STEP = st.tuples(st.integers(0, 45), st.one_of(PAY, PAY, CREDIT, RECOURSE, WRITE_OFF, LEAVE))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(STEP, min_size=1, max_size=5),
    benefit=st.sampled_from(list(EarlyBenefit)),
    late=st.sampled_from(list(LateAccrual)),
    shares=st.permutations([5_000, 3_000, 1_372]),
)
def test_money_is_conserved_over_random_lives(
    steps: list[tuple[int, tuple[str, int]]],
    benefit: EarlyBenefit,
    late: LateAccrual,
    shares: list[int],
) -> None:
    terms = replace(TERMS, early_benefit=benefit, late_accrual=late)
    world = world_make(code=f"life-{next(_numbers)}", start=TUESDAY, terms=terms)
    claim = claim_offered(world=world, face_minor=100_000_000, tenor_days=90)
    series = listed(world=world, claim=claim)
    issued(world=world, series=series, bids=dict(zip("ABC", shares, strict=True)))
    money_leaves(world=world)
    for number, (gap, (kind, minor)) in enumerate(steps):
        target = business_day_roll(day=world.today + timedelta(days=gap), roll=Roll.FOLLOWING)
        days_pass(world=world, until=target)
        money_leaves(world=world)
        _step(world=world, claim_id=claim.id, number=number, kind=kind, minor=minor)
        _check(world=world, series_id=series.id)


def _step(*, world: World, claim_id: int, number: int, kind: str, minor: int) -> None:
    if kind == "pay":
        world.pays_in(("obligor", minor, INVOICE))
    elif kind == "credit":
        credit_deliver(world=world, number=f"CN-{number}", invoice=INVOICE, gross_minor=minor)
    elif kind == "recourse":
        world.pays_in(("supplier", minor, "补偿"))
    elif kind == "write_off":
        _write_off(world=world, claim_id=claim_id)
    money_leaves(world=world)


def _write_off(*, world: World, claim_id: int) -> None:
    try:
        asked = write_off_submit(
            actor=world.actors["ops"], claim_id=claim_id, reason="随机", at=world.at
        )
    except DomainError as refused:
        if refused.code not in {"financing.claim_not_payable", "financing.nothing_open"}:
            raise
        return  # settled, written off already, or nothing left to write off
    write_off_approve(
        actor=world.actors["ops2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=world.at,
    )


def _check(*, world: World, series_id: int) -> None:
    book = world.programme.book
    report = book_prove(programme_id=world.programme_id)
    assert report.ok, [proof for proof in report.proofs if not proof.ok]
    cash = {ref.code: 0 for ref, _ in balances_list(book=book, asset="CNY")}
    for ref, balance in balances_list(book=book, asset="CNY"):
        cash[ref.code] += balance.net
    assert cash.pop("bank.escrow") == sum(cash.values()) == world.balance_minor
    series = series_get(series_id=series_id)
    assert series.position is not None
    assert 0 <= series.position.principal_minor <= series.principal_minor
    if series.state == "redeemed":
        assert series.position.principal_minor == 0
