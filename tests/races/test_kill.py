"""kill -9 of the worker at random points of a life: taken over within 20 s, nothing lost or twice.

The same life is lived once in peace; what is in the database afterwards is what every disturbed
life has to end with, table by table and account by account.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from ledger.queries import trial_balance, work_counts, works_list
from scf.access.policy import scope_for
from scf.financing.queries import claim_get
from scf.journeys.accepting import ACCEPT, quote_accept, quote_accept_approve
from scf.journeys.closing import series_close
from scf.journeys.confirming import confirmation_prepare, confirmation_sign
from scf.journeys.day_end import day_end_request
from scf.journeys.importing import import_receive
from scf.journeys.paying import payouts_decide, payouts_submit
from scf.journeys.quoting import quotes_make
from scf.journeys.verifying import book_prove
from scf.management.background import work_inline
from scf.network.queries import approvals_pending
from scf.settlement.queries import batches_list, payment_file_get
from scf.simulator.bank.pain import payment_file_read
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.life import INVOICE, bid, listed
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make
from scf.tasks import relay_once
from tests.scf.imports.chain import invoice_row, order_row, receipt_row, table
from tests.support.worker import CeleryWorker

STAGES = 6
TAKEN_OVER_SECONDS = 20.0
LIFE_SECONDS = 120.0
# From before the worker has heard of the work until after it is done.
MOMENT_SECONDS = 0.5
LINES = 60
# Made by the first programme of a database, found by the next.
SHARED = frozenset({"ledger_asset", "risk_storedpolicy"})
Owner = psycopg.Connection[Any]
Settle = Callable[[], None]

pytestmark = pytest.mark.django_db(transaction=True)


def live(world: World, settle: Settle) -> None:
    """A life whose background work is done by ``settle``, called STAGES times."""
    actors = world.actors
    receivable_id = papers_deliver(
        world=world, number=INVOICE, gross_minor=FACE, due_date=world.today + timedelta(days=TENOR)
    )
    gate_open(world=world)
    import_receive(actor=actors["ops"], files=_files(), is_dry_run=False, at=world.at)
    settle()
    quote = quotes_make(actor=actors["supplier"], receivable_ids=[receivable_id], at=world.at)[
        0
    ].quote
    assert quote is not None
    claim = quote_accept(
        actor=actors["supplier"], quote_id=quote.id, key="accept", consent=True, at=world.at
    )
    waiting = approvals_pending(scope=scope_for(actors["supplier2"]), verb=ACCEPT)[0]
    quote_accept_approve(
        actor=actors["supplier2"],
        approval_id=waiting.id,
        content_hash=waiting.content_hash,
        at=world.at,
    )
    settle()
    asked = confirmation_prepare(actor=actors["anchor"], claim_id=claim.id, at=world.at)
    confirmation_sign(
        actor=actors["anchor2"],
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        reauthenticated_at=world.at,
        at=world.at,
    )
    settle()
    series = listed(world=world, claim=claim_get(claim_id=claim.id))
    bid(world=world, series=series, bids=BIDS)
    series_close(actor=actors["ops"], series_id=series.id, at=world.at)
    settle()
    _pay_out(world, settle)
    day_end_request(actor=actors["ops"], at=world.at)
    settle()


def _pay_out(world: World, settle: Settle) -> None:
    maker, checker = world.actors["ops"], world.actors["ops2"]
    batch = batches_list(scope=scope_for(maker))[0]
    asked = payouts_submit(actor=maker, batch_id=batch.id, at=world.at)
    payouts_decide(
        actor=checker,
        approval_id=asked.id,
        approve=True,
        content_hash=asked.content_hash,
        at=world.at,
    )
    settle()
    file = payment_file_get(scope=scope_for(maker), batch_id=batch.id)
    world.bank_day(instructions=payment_file_read(content=file.content))


def _files() -> list[tuple[str, bytes]]:
    """Three tables that complete each other, with enough lines for more than one moment."""
    numbers = [{"order_no": f"45{number:08d}"} for number in range(LINES)]
    receipts = [{**one, "receipt_no": f"50{index:08d}"} for index, one in enumerate(numbers)]
    invoices = [{**one, "invoice_no": f"K-{index:05d}"} for index, one in enumerate(numbers)]
    return [
        ("orders.csv", table([order_row(**one) for one in numbers])),
        ("receipts.csv", table([receipt_row(**one) for one in receipts])),
        ("invoices.csv", table([invoice_row(**one) for one in invoices])),
    ]


class Hunter:
    """Relays work to two real workers, and kills one of them in some stages, at some moment.

    The one that holds work is the one that dies, when one of them does. It comes back while the
    other carries on.
    """

    def __init__(
        self, workers: Sequence[CeleryWorker], owner: Owner, seed: int, kills: int
    ) -> None:
        self._workers, self._owner = workers, owner
        self._random = random.Random(seed)
        self.fatal = frozenset(self._random.sample(range(STAGES), kills))
        self._stage = 0
        self.killed_at: list[datetime] = []

    def settle(self) -> None:
        """Relay until all work is at rest."""
        is_fatal, self._stage = self._stage in self.fatal, self._stage + 1
        deadline = time.monotonic() + LIFE_SECONDS
        relay_once(at=datetime.now(tz=UTC))
        if not is_fatal:
            self._relay_until_quiet(deadline)
            return
        time.sleep(self._random.uniform(0, MOMENT_SECONDS))
        victim = self._victim()
        victim.kill()
        self.killed_at.append(datetime.now(tz=UTC))
        reborn = threading.Thread(target=victim.start)
        reborn.start()
        self._relay_until_quiet(deadline)
        reborn.join()

    def _victim(self) -> CeleryWorker:
        held = self._owner.execute("SELECT worker FROM ledger_workitem WHERE state = 'leased'")
        pids = [int(str(row[0]).rpartition(":")[2]) for row in held]
        busy = [one for one in self._workers if any(one.runs(pid) for pid in pids)]
        return self._random.choice(busy or list(self._workers))

    def _relay_until_quiet(self, deadline: float) -> None:
        quiet = 0
        while quiet < 2:
            assert time.monotonic() < deadline, works_list(limit=20)
            time.sleep(0.05)
            relay_once(at=datetime.now(tz=UTC))
            counts = work_counts()
            quiet = 0 if counts.get("ready") or counts.get("leased") else quiet + 1


def counted(owner: Owner) -> dict[str, int]:
    """Rows of every table."""
    tables = [
        str(row[0])
        for row in owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
    ]
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier(name))
        for name in tables
    )
    return {str(name): int(count) for name, count in owner.execute(query)}


def lived(code: str, owner: Owner, settle: Settle) -> tuple[World, dict[str, Any]]:
    """A world that lived, and what its life left: rows by table, balances, the date."""
    world = world_make(code=code, start=TUESDAY)
    before = counted(owner)
    live(world, settle)
    after = counted(owner)
    rows = {
        name: after[name] - count
        for name, count in before.items()
        if after[name] != count and name not in SHARED
    }
    balances = trial_balance(book=world.programme.book, as_of=world.today)
    nets = sorted((ref.code, ref.asset[:2], balance.net) for ref, balance in balances)
    return world, {"rows": rows, "balances": nets, "today": world.today}


@pytest.fixture(scope="module")
def workers(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sequence[CeleryWorker]]:
    """Two workers without a scheduler: the test is the relay."""
    folder = tmp_path_factory.mktemp
    own = [CeleryWorker(folder=folder(f"killed{n}"), concurrency=1, beat=False) for n in range(2)]
    starting = [threading.Thread(target=one.start) for one in own]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    yield own
    for one in own:
        one.stop()


@pytest.fixture(scope="module")
def remembered() -> dict[str, Any]:
    """What the undisturbed life left, once lived."""
    return {}


@pytest.fixture
def in_peace(remembered: dict[str, Any], owner_connection: Owner) -> dict[str, Any]:
    """Lived in this process, without a worker."""
    if not remembered:
        with work_inline() as drain:
            remembered.update(lived("peace", owner_connection, drain)[1])
    return remembered


SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 58))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_life_with_its_worker_killed(
    seed: int,
    workers: Sequence[CeleryWorker],
    in_peace: dict[str, Any],
    owner_connection: Owner,
) -> None:
    hunter = Hunter(workers, owner_connection, seed, kills=1 if seed < 8 else 3)
    world, left = lived("death", owner_connection, hunter.settle)
    assert left["rows"] == in_peace["rows"]
    assert left == in_peace
    assert book_prove(programme_id=world.programme_id).ok
    assert set(work_counts()) == {"done"}
    assert len(hunter.killed_at) == len(hunter.fatal)
    for item in works_list(limit=1_000):
        assert item.finished_at is not None
        kills = [at for at in hunter.killed_at if item.enqueued_at <= at <= item.finished_at]
        if kills:
            assert (item.finished_at - kills[-1]).total_seconds() <= TAKEN_OVER_SECONDS, item
