"""The risk desk reads a report and walks its graph in a real browser, in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ledger.operations.running import WorkOutcome
from risk.engine import run_carry
from risk.facts import Facts, FlowFact, FlowKind, PartyFact, flows_from_facts
from risk.operations.runs import risk_run_start, snapshot_store
from risk.queries.reports import ReportRow, report_history
from risk.snapshot import snapshot_build
from scf.journeys.assessing import risk_assess_now
from scf.network.operations import user_language_set
from scf.network.values import party_ref
from tests.support.desks import Desks

BUYERS = 33
# Where a node of the picture stands in the window.
PLACE = """key => {
  const el = document.querySelector(".ego-pic"), box = el.getBoundingClientRect();
  const nodes = echarts.getInstanceByDom(el).getModel().getSeries()[0].getData();
  for (let i = 0; i < nodes.count(); i++) if (nodes.getId(i) === key) {
    const at = nodes.getItemLayout(i);
    return [box.left + at[0], box.top + at[1]];
  }
}"""


@pytest.fixture
def desks(transactional_db: None) -> Desks:
    """A firm that sells to the obligor, assessed on two days."""
    desks = Desks.make("graphed")
    world = desks.world
    desks.papers()
    for days in (0, 1):
        on = world.today + timedelta(days=days)
        risk_assess_now(programme_id=world.programme_id, as_of=on, at=world.at)
    return desks


@pytest.fixture
def reports(desks: Desks) -> tuple[ReportRow, ...]:
    world = desks.world
    return report_history(
        programme_ref=world.programme.book, party_ref=party_ref(world.party("supplier"))
    )


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, desks: Desks, problems: list[str]
) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 900}, base_url=live_server.url
    )
    session = desks.client("risk").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_report_is_read_walked_and_compared(
    page: Page,
    desks: Desks,
    reports: tuple[ReportRow, ...],
    problems: list[str],
    language: str,
) -> None:
    user_language_set(user_id=desks.world.actors["risk"].user_id, language=language)
    page.goto(f"/risk/reports/{reports[0].id}/")
    seller, buyer = (party_ref(desks.world.party(key)) for key in ("supplier", "obligor"))

    # The picture is drawn and the table behind it is one click away.
    expect(page.locator(".ego-pic canvas").first).to_be_visible()
    row = page.locator(f"[id='row-{buyer}']")
    expect(row).to_be_hidden()
    page.locator(".ego .ch-table > summary").click()
    expect(row).to_be_visible()

    # A figure opens its rows; the replay is checked in place.
    page.locator(".rs details.lin > summary").first.click()
    expect(page.locator(".rs .lin-p").first).to_be_visible()
    page.locator(".replay button").click()
    expect(page.locator(".replay .st-g")).to_be_visible()

    # From the firm to its buyer by the keyboard, whose own trade is then shown.
    picture = page.locator(".ego-pic")
    picture.focus()
    picture.press("ArrowDown")
    picture.press("ArrowRight")
    expect(row).to_have_class("sel")
    expect(page.locator(".ego-say")).not_to_be_empty()

    # An edge opens its rows.
    row.locator("[data-edge]").first.click()
    expect(page.locator("#ego-rows tbody tr").first).to_be_visible()

    # A layer is added, the anchor taken out and put back; the address says so.
    page.locator("[data-layer=cash]").click()
    expect(page.locator("[data-layer=cash]")).to_have_attribute("aria-current", "true")
    page.locator("[data-anchor]").click()
    expect(page.locator("[data-anchor]")).to_have_attribute("aria-current", "true")
    expect(row).to_have_count(0)
    assert "anchor=out" in page.url
    page.locator("[data-anchor]").click()
    expect(row).to_have_count(1)

    # Two dates beside each other.
    page.locator(f".act a[href*='/compare/?with={reports[1].id}']").click()
    expect(page.locator(".vd.one")).to_have_count(2)
    expect(page.locator("#graph")).to_be_visible()
    assert seller != buyer
    assert problems == []


def test_a_firm_is_expanded_and_the_view_kept(
    page: Page, desks: Desks, reports: tuple[ReportRow, ...], problems: list[str]
) -> None:
    world = desks.world
    seller, buyer = (world.party(key) for key in ("supplier", "obligor"))
    page.goto(f"/risk/graph/{buyer}/?open=party:{seller}")
    expect(page.locator(".ego-pic canvas").first).to_be_visible()
    expect(page.locator(f"[id='row-party:{seller}']")).to_be_visible()
    page.locator("[data-fold]").click()
    expect(page.locator("[data-fold]")).to_have_count(0)
    assert "open=" not in page.url
    page.locator("[data-layer=goods]").click()
    expect(page.locator("[data-layer=goods]")).not_to_have_attribute("aria-current", "true")
    page.reload()
    page.locator("input[name=name]").fill("发票圈")
    page.locator("button[value=save]").click()
    expect(page.locator(".be [aria-current]")).to_contain_text("发票圈")
    assert problems == []


def test_the_others_are_expanded_by_key_and_by_mouse(
    page: Page, desks: Desks, problems: list[str]
) -> None:
    firm = crowd(desks)
    page.goto(f"/risk/graph/{firm}/?layer=invoice")
    named = page.locator("tr[id^='row-party:']")
    expect(named).to_have_count(7)
    picture = page.locator(".ego-pic")
    picture.focus()
    picture.press("ArrowDown")
    picture.press("ArrowRight")
    rest = page.locator("tr[id^='row-rest:']")
    for _step in range(7):
        if rest.get_attribute("class") == "sel":
            break
        picture.press("ArrowDown")
    expect(rest).to_have_class("sel")
    picture.press("Enter")
    expect(named).to_have_count(20)
    # The others stand where the server said; a double click there asks for more of them.
    expect(rest).to_have_count(1)
    key = str(rest.get_attribute("id")).removeprefix("row-")
    page.mouse.dblclick(*page.evaluate(PLACE, key))
    expect(named).to_have_count(BUYERS)
    expect(rest).to_have_count(0)
    page.go_back()
    expect(named).to_have_count(20)
    assert problems == []


def crowd(desks: Desks) -> int:
    """A run of its own over a firm with many buyers; the firm's id."""
    world = desks.world
    firm = world.party("supplier")
    buyers = [party_ref(9_000 + number) for number in range(BUYERS)]
    flows = [
        FlowFact(FlowKind.INVOICE, party_ref(firm), buyer, 1_000_000 - number, world.today)
        for number, buyer in enumerate(buyers)
    ]
    parties = [PartyFact(party_ref(firm), "算例注塑", roles=("supplier",))] + [
        PartyFact(buyer, f"买方 {number}", roles=("distributor",))
        for number, buyer in enumerate(buyers)
    ]
    facts = Facts(parties=tuple(parties), flows=flows_from_facts(flows))
    snapshot = snapshot_build(facts, as_of=world.today + timedelta(days=1))
    book = world.programme.book
    snapshot_id = snapshot_store(programme_ref=book, snapshot=snapshot, at=world.at)
    run_id = risk_run_start(programme_ref=book, snapshot_id=snapshot_id, at=world.at)
    assert run_carry(run_id=run_id, worker="test", at=world.at) is WorkOutcome.DONE
    return firm


def test_on_paper_and_on_a_phone(
    page: Page, desks: Desks, reports: tuple[ReportRow, ...], problems: list[str]
) -> None:
    page.goto(f"/risk/reports/{reports[0].id}/")
    page.emulate_media(media="print")
    expect(page.locator(".hs-side")).to_be_hidden()
    expect(page.locator(".print-foot")).to_contain_text(reports[0].payload_hash)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    table, picture = page.locator(".ego .ch-scroll"), page.locator(".ego-pic canvas").first
    expect(table).to_be_visible()
    expect(picture).to_be_visible()
    boxes = table.bounding_box(), picture.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] < boxes[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert problems == []


def test_without_script_the_table_stands_open(
    browser: Browser, live_server: LiveServer, desks: Desks, reports: tuple[ReportRow, ...]
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    session = desks.client("risk").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/risk/reports/{reports[0].id}/")
    row = page.locator(f"[id='row-{party_ref(desks.world.party('obligor'))}']")
    expect(row).to_be_visible()
    row.locator("[data-edge]").first.click()
    expect(page.locator("table tbody tr").first).to_be_visible()
    page.go_back()
    page.locator("[data-anchor]").click()
    expect(row).to_have_count(0)
    context.close()
