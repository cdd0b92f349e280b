"""The stress lab: a pool's facts gathered from products, books and documents, and answered."""

from __future__ import annotations

import os
import socket
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.running import WorkOutcome, work_run_steps
from ledger.operations.work import WorkClaim, work_finish, work_progress
from ledger.queries import balances_list
from risk.chain.graph import Layer, layer_graph
from risk.operations.runs import snapshot_store
from risk.operations.stress import (
    WORK_KIND,
    stress_advance,
    stress_fail,
    stress_finish,
    stress_freeze,
    stress_request,
)
from risk.queries.reports import reports_list
from risk.queries.stress import StressRow, stress_facts, stress_get
from risk.snapshot import YEAR_DAYS, Snapshot
from risk.stress.chances import chance_ppm
from risk.stress.facts import FirmRisk, Product, StressFacts
from risk.stress.result import stress_bytes
from risk.stress.scenario import Scenario
from scf.access.policy import require
from scf.journeys.assessing import CHAIN_KINDS, chain_freeze
from scf.network.queries import ProgrammeFacts, parties_get, party_kinds_map, programme_get
from scf.network.values import Actor, Role, Scope, party_ref, ref_id
from scf.products.postings import claim_ref, series_ref
from scf.products.queries import SeriesFacts, holdings_table, series_live
from scf.products.waterfall import Position, interest_due_minor

# Progress is written at most so often: every draw in a transaction would cost more than it.
PROGRESS_STEP = 2_000


@transaction.atomic(durable=True)
def stress_ask(*, actor: Actor, scenario: Scenario, key: str, at: datetime) -> int:
    """The risk desk's button: a run as of the business date, answered by a worker.

    Returns the run's id, the same for a repeated ``key``. Raises ``access.denied``,
    ``risk.scenario_invalid``.
    """
    require(actor, "stress.run")
    programme = programme_get(programme_id=actor.programme_id)
    return stress_request(
        programme_ref=programme.book,
        scenario=scenario,
        as_of=programme.business_date,
        by=actor.ref,
        key=key,
        at=at,
    )


def stress_run(*, claim: WorkClaim, at: datetime) -> None:
    """The effect of a "stress.run" item: freeze, draw with progress, store; several transactions.

    What cannot be answered (an empty pool, an unknown firm) ends the run with its code.
    Raises ``ledger.work_lost`` when another worker took over.
    """
    stress_id, book = int(str(claim.payload["stress_id"])), str(claim.payload["programme_ref"])
    try:
        result = _answer(claim, stress_id, programme_get(programme_id=ref_id(book)))
    except DomainError as error:
        if error.code == "ledger.work_lost":
            raise
        with transaction.atomic(durable=True):
            work_finish(claim=claim)
            stress_fail(stress_id=stress_id, error_code=error.code, at=at)
        return
    with transaction.atomic(durable=True):
        work_finish(claim=claim)
        stress_finish(stress_id=stress_id, result=result, at=at)


def stress_carry(*, stress_id: int, at: datetime) -> WorkOutcome:
    """A turn at a queued run, in this process."""

    def effect(claim: WorkClaim) -> None:
        stress_run(claim=claim, at=at)

    worker = f"{socket.gethostname()}:{os.getpid()}"
    return work_run_steps(kind=WORK_KIND, key=f"stress:{stress_id}", worker=worker, effect=effect)


def _answer(claim: WorkClaim, stress_id: int, programme: ProgrammeFacts) -> bytes:
    run = stress_get(stress_id=stress_id, programme_ref=programme.book)
    facts = stress_facts(stress_id=stress_id)
    if facts is None:
        facts = _freeze(claim, run, programme)

    def progress(done: int) -> None:
        if done % PROGRESS_STEP and done != run.draws_total:
            return
        with transaction.atomic(durable=True):
            work_progress(claim=claim, rows_done=done, rows_known=run.draws_total)
            stress_advance(stress_id=stress_id, draws_done=done)

    return stress_bytes(facts, run.scenario, progress=progress)


def _freeze(claim: WorkClaim, run: StressRow, programme: ProgrammeFacts) -> StressFacts:
    """One transaction: what was gathered is what is stored."""
    with transaction.atomic(durable=True):
        work_progress(claim=claim, rows_done=0, rows_known=run.draws_total)
        snapshot = chain_freeze(programme=programme, as_of=run.as_of)
        facts = stress_facts_gather(programme=programme, snapshot=snapshot)
        snapshot_id = snapshot_store(
            programme_ref=programme.book, snapshot=snapshot, at=run.requested_at
        )
        stress_freeze(stress_id=run.id, snapshot_id=snapshot_id, facts=facts)
    return facts


def stress_facts_gather(*, programme: ProgrammeFacts, snapshot: Snapshot) -> StressFacts:
    """Issued products with what their obligors still owe, and the chain around them."""
    verdicts = {
        row.party_ref: row.verdict
        for row in reports_list(programme_ref=programme.book)
        if row.as_of <= snapshot.as_of
    }
    graph = layer_graph(snapshot, layer=Layer.INVOICE, days=YEAR_DAYS)
    firms = tuple(
        FirmRisk(
            ref=party.ref,
            name=party.name,
            sector=party.sector,
            group=party.group,
            pd_ppm=chance_ppm(is_anchor=is_anchor, verdict=verdicts.get(party.ref)),
            is_anchor=is_anchor,
        )
        for party, is_anchor in zip(snapshot.parties, snapshot.anchor_mask().tolist(), strict=True)
    )
    rows = (graph.source.tolist(), graph.target.tolist(), graph.weight.tolist())
    return StressFacts(
        as_of=snapshot.as_of,
        snapshot_hash=snapshot.digest,
        firms=firms,
        products=_products(programme),
        trade=tuple(zip(*rows, strict=True)),
    )


def _products(programme: ProgrammeFacts) -> tuple[Product, ...]:
    """Series with principal outstanding; the face is what stands in the books today."""
    owed = _owed(programme)
    scope = Scope(programme_id=programme.id, role=Role.RISK, party_ids=None)
    holders: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in holdings_table(scope=scope):
        holders[row["series_id"]].append((party_ref(row["investor_id"]), row["units"]))
    live = sorted(series_live(programme_id=programme.id), key=lambda one: one.id)
    return tuple(
        _product(series, series.position, owed[claim_ref(series.claim_id)], holders[series.id])
        for series in live
        if series.position is not None and series.position.principal_minor > 0
    )


def _product(
    series: SeriesFacts, position: Position, owed_minor: int, holders: list[tuple[str, int]]
) -> Product:
    interest = interest_due_minor(position=position, on=series.payment_date, terms=series.terms)
    return Product(
        ref=series_ref(series.id),
        number=series.number,
        obligor_ref=party_ref(series.obligor_id),
        seller_ref=party_ref(series.supplier_id),
        face_minor=owed_minor,
        principal_minor=position.principal_minor,
        interest_minor=max(0, interest),
        due_date=series.due_date,
        payment_date=series.payment_date,
        holders=tuple(sorted(holders)),
    )


def _owed(programme: ProgrammeFacts) -> Mapping[str, int]:
    """What obligors still owe by claim, as the books say."""
    asset = f"{programme.currency}.claim"
    rows = balances_list(book=programme.book, code="obligor", asset=asset)
    owed: dict[str, int] = defaultdict(int)
    for account, balance in rows:
        owed[account.subject] += balance.net
    return owed


def sectors_list(*, programme_id: int) -> list[str]:
    """The sectors that occur among the chain's firms, by name."""
    kinds = party_kinds_map(programme_id=programme_id)
    chain = [party_id for party_id, own in kinds.items() if own & CHAIN_KINDS]
    known = parties_get(party_ids=chain)
    return sorted({party.sector for party in known.values() if party.sector})
