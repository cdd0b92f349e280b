"""A whole life across the portals in a real browser: sold, bought, paid out, collected, proven.

Every step is somebody's click; between the clicks the platform's background work is drained in
this process, and the bank writes its statements, which operations upload.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from scf.access.policy import scope_for
from scf.financing.queries import claims_list
from scf.journeys.founding import seat_give
from scf.management.background import work_inline
from scf.network.operations import user_language_set
from scf.network.values import Role, Seat
from scf.portals.figures import money
from scf.products.queries import distributions_of, series_get, series_of_claim
from scf.settlement.queries import batches_list, payment_file_get
from scf.simulator.bank.desk import statement_make
from scf.simulator.bank.pain import payment_file_read
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.life import INVOICE, days_pass
from scf.simulator.worked.world import ESCROW, World
from tests.support.desks import Desks

FACE = 1_000_000
DAYS = 14
DAYS = 7
# What the headline says at the moments that matter.
WORDS = {
    "zh-hans": {"sold": "可以变现", "issued": "已发行", "proven": "账目自证无误", "held": "已兑付"},
    "en": {
        "sold": "into cash today",
        "issued": "Issued",
        "proven": "The books prove themselves",
        "held": "Redeemed",
    },
}


class Life:
    """The people's browsers, the bank, and the work in the background."""

    def __init__(
        self, desks: Desks, browser: Browser, server: LiveServer, drain: Callable[[], None]
    ) -> None:
        self.desks, self.world = desks, desks.world
        self._browser, self._server, self.drain = browser, server, drain
        self.problems: list[str] = []

    @contextmanager
    def seat(self, key: str, address: str) -> Iterator[Page]:
        """Somebody's browser at an address; what the console complains about is kept."""
        context = self._browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        session = self.desks.client(key).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": self._server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{address}: {error}"))
        page.on(
            "console",
            lambda said: (
                self.problems.append(f"{address}: {said.text}") if said.type == "error" else None
            ),
        )
        page.goto(self._server.url + address)
        yield page
        context.close()
        self.drain()

    def bank_day(
        self,
        folder: Path,
        *,
        incoming: tuple[tuple[str, int, str], ...] = (),
        instructions: tuple[Instruction, ...] = (),
    ) -> None:
        """The bank writes today's statement; operations upload it."""
        world = self.world
        world.statements += 1
        statement = statement_make(
            account=EscrowAccount(
                number=ESCROW.number, holder_name=ESCROW.holder_name, bank_name=ESCROW.bank_name
            ),
            day=world.today,
            sequence=world.statements,
            opening_minor=world.balance_minor,
            incoming=[
                Incoming(
                    amount_minor=minor,
                    name=world.firms[key][1],
                    account=world.firms[key][2],
                    text=text,
                )
                for key, minor, text in incoming
            ],
            instructions=instructions,
        )
        world.balance_minor = statement.closing_minor
        file = folder / f"{statement.number}.csv"
        file.write_bytes(bank_sheet_render(statement=statement))
        with self.seat("ops", "/operations/reconcile/") as page:
            page.locator("#statement").set_input_files(file)
            page.locator("button[value=upload]").click()
            expect(page.locator(".hs-said .green")).to_be_visible()

    def payouts_leave(self, folder: Path) -> None:
        """Made into a batch by one person, signed by another, confirmed by the bank."""
        scope = scope_for(self.world.actors["ops"])
        batch = next(one for one in batches_list(scope=scope) if one.sent_at is None)
        address = f"/operations/payouts/{batch.id}/"
        with self.seat("ops", address) as page:
            page.locator("button[value=submit]").click()
            expect(page.locator(".eyes")).to_be_visible()
            expect(page.locator("button[value=approve]")).to_have_count(0)
        with self.seat("ops2", address) as page:
            page.locator("button[value=approve]").click()
            expect(page.locator(".hs-said .green")).to_be_visible()
        file = payment_file_get(scope=scope, batch_id=batch.id)
        self.bank_day(folder, instructions=tuple(payment_file_read(content=file.content)))


@pytest.fixture
def desks(transactional_db: None) -> Desks:
    desks = Desks.make("browsed")
    world = desks.world
    world.actors["auditor"] = seat_give(
        programme_id=world.programme_id,
        username="browsed-auditor",
        display_name="auditor",
        password="browsed-auditor-926",
        role=Role.AUDITOR,
        seat=Seat.VIEWER,
    )
    return desks


def language(world: World, name: str) -> None:
    for actor in world.actors.values():
        user_language_set(user_id=actor.user_id, language=name)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_from_an_invoice_to_the_proofs(
    browser: Browser, live_server: LiveServer, desks: Desks, name: str, tmp_path: Path
) -> None:
    world, words = desks.world, WORDS[name]
    receivable_id = desks.papers(face_minor=FACE, days=DAYS)
    gate_open(world=world)
    language(world, name)
    with work_inline() as drain:
        life = Life(desks, browser, live_server, drain)
        claim_id = sold(life, words)
        confirmed(life, claim_id, desks.password_set("anchor2"))
        series_id = offered(life, claim_id)
        bought(life, series_id, tmp_path)
        closed(life, series_id, words)
        life.payouts_leave(tmp_path)
        due = advanced(life, series_id)
        life.bank_day(tmp_path, incoming=(("obligor", FACE, INVOICE),))
        assert series_get(series_id=series_id).state == "redeemed", due
        life.payouts_leave(tmp_path)
        seen(life, series_id, receivable_id, words)
    assert life.problems == []


def sold(life: Life, words: dict[str, str]) -> int:
    """The supplier's first person agrees, the second approves; the claim's id."""
    with life.seat("supplier", "/supplier/") as page:
        expect(page.locator("h1")).to_contain_text(words["sold"])
        page.locator(".hero .btn-pri").click()
        page.locator("#receipt .agree input").check()
        page.locator("#receipt .btn-pri").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    with life.seat("supplier2", "/supplier/") as page:
        page.locator(".nd .btn").first.click()
        page.locator("#review .btn-pri").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    claim = claims_list(scope=scope_for(life.world.actors["supplier"]))[0]
    assert claim.state == "matched"
    return claim.id


def confirmed(life: Life, claim_id: int, password: str) -> None:
    """The obligor's first person prepares, its signer signs with the password."""
    address = f"/anchor/confirm/{claim_id}/"
    with life.seat("anchor", address) as page:
        page.locator(".g-main .btn-pri").click()
        expect(page.locator(".eyes")).to_be_visible()
    with life.seat("anchor2", address) as page:
        page.locator("input[type=password]").fill(password)
        page.locator(".agree input").check()
        page.locator(".g-main .btn-pri").click()
        expect(page.locator("h1 .st")).to_be_visible()


def offered(life: Life, claim_id: int) -> int:
    """Two people of operations put it on offer; the series' id."""
    with life.seat("ops", f"/operations/issue/claims/{claim_id}/") as page:
        page.locator(".g-main .btn-pri").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    series = series_of_claim(claim_id=claim_id)
    assert series is not None
    with life.seat("ops2", f"/operations/issue/{series.id}/") as page:
        page.locator("button[value=list]").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    return series.id


def bought(life: Life, series_id: int, folder: Path) -> None:
    """The investor pays in and takes every unit."""
    series = series_get(series_id=series_id)
    life.bank_day(folder, incoming=(("A", series.principal_minor, "入金"),))
    with life.seat("A", f"/investor/products/{series_id}/") as page:
        form = page.locator("form[data-ctrl-enter]")
        form.locator("input[name=units]").fill(str(series.units))
        form.locator(".agree input").check()
        form.locator(".btn-pri").click()
        agreed = page.locator("form[data-ctrl-enter] .btn-pri")
        if agreed.count() and not page.locator(".hs-said .green").count():
            page.locator(".agree input").check()
            agreed.click()
        expect(page.locator(".hs-said .green")).to_be_visible()
    assert series_get(series_id=series_id).state == "funded"


def closed(life: Life, series_id: int, words: dict[str, str]) -> None:
    """Delivery against payment."""
    with life.seat("ops", f"/operations/issue/{series_id}/") as page:
        page.locator("button[value=close]").click()
        expect(page.locator(".hs-said .green")).to_be_visible()
        expect(page.locator("h1 .st").first).to_have_text(words["issued"])


def advanced(life: Life, series_id: int) -> date:
    """Operations end a day by hand; the days until the payment date pass."""
    before = life.world.today
    with life.seat("ops", "/operations/day/") as page:
        page.locator(".g-main .btn-pri").click()
        expect(page.locator("h1")).to_be_visible()
    assert life.world.today > before
    due = series_get(series_id=series_id).payment_date
    days_pass(world=life.world, until=due)
    assert due - before >= timedelta(days=1)
    return due


def seen(life: Life, series_id: int, receivable_id: int, words: dict[str, str]) -> None:
    """Everybody sees how it ended."""
    paid = distributions_of(series_id=series_id)
    assert paid
    with life.seat("A", "/investor/holdings/") as page:
        expect(page.locator("main")).to_contain_text(re.compile(words["held"]))
    with life.seat("A", "/investor/cash/") as page:
        series = series_get(series_id=series_id)
        expect(page.locator("main")).to_contain_text(series.number)
    with life.seat("supplier", f"/supplier/receivables/{receivable_id}/") as page:
        expect(page.locator("main")).to_contain_text(money(FACE))
    with life.seat("auditor", "/auditor/") as page:
        expect(page.locator("h1")).to_contain_text(words["proven"])
        page.locator("a[href='/auditor/journals/']").first.click()
        expect(page.locator("table tbody tr").first).to_be_visible()
