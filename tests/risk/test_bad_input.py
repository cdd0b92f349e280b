"""What no chain should hand over: bounded time, clear findings, no guess."""

from __future__ import annotations

import itertools
import json
import time
from datetime import timedelta
from typing import Any

import pytest

from risk.analysis import chain_analyse
from risk.facts import Facts, FlowFact, FlowKind, PartyFact, day_number, flows_from_columns
from risk.models import Report
from risk.operations.runs import risk_run_start, snapshot_store
from risk.policy import DEFAULT_POLICY
from risk.queries.reports import run_progress
from risk.report import report_bytes
from risk.snapshot import Snapshot, snapshot_build
from tests.risk.facts_made import AS_OF, flow, snapshot_of
from tests.risk.runs_made import AT, run_carried

BOUND_SECONDS = 60.0  # of processor; a sound chain of this size takes a few


def reported(snapshot: Snapshot, *refs: str) -> list[dict[str, Any]]:
    analysis = chain_analyse(snapshot, policy=DEFAULT_POLICY)
    return [json.loads(report_bytes(analysis, party_ref=ref)) for ref in refs]


def codes(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(finding["check"], finding["code"]) for finding in report["findings"]}


def measured(report: dict[str, Any]) -> dict[str, tuple[int | None, int | None]]:
    return {m["code"]: (m["with"], m["without"]) for m in report["position"]["measures"]}


def invoice(seller: str, buyer: str, amount: int, *, days_ago: int = 20) -> FlowFact:
    return flow(FlowKind.INVOICE, seller, buyer, amount, days_ago=days_ago)


@pytest.mark.django_db(transaction=True)
def test_a_run_of_an_empty_chain_is_done_at_once() -> None:
    snapshot_id = snapshot_store(programme_ref="programme:9", snapshot=snapshot_of(), at=AT)
    run_id = risk_run_start(programme_ref="programme:9", snapshot_id=snapshot_id, at=AT)
    run_carried(run_id)
    progress = run_progress(run_id=run_id)
    assert (progress.state, progress.done, progress.total) == ("done", 0, 0)
    assert not Report.objects.filter(run_id=run_id).exists()


def test_a_firm_that_trades_with_itself_is_no_chain() -> None:
    (report,) = reported(
        snapshot_of(*(invoice("a", "a", 100, days_ago=n) for n in (5, 9, 80))), "a"
    )
    assert ("self_trade", "invoice_to_itself") in codes(report)
    assert report["verdict"]["verdict"] == "ABSTAIN"
    assert report["graph"]["invoice"]["nodes"] == []
    assert set(measured(report).values()) <= {(None, None), (0, None), (None, 0)}


@pytest.mark.parametrize("amount", [0, -500])
def test_amounts_that_are_not_positive_are_named_and_do_not_weigh(amount: int) -> None:
    (report,) = reported(snapshot_of(invoice("a", "b", amount), invoice("a", "b", amount)), "a")
    assert ("input_quality", "amount_not_positive") in codes(report)
    assert report["verdict"]["verdict"] == "ABSTAIN"
    assert report["graph"]["invoice"]["total_out_minor"] == 0


def test_firms_that_nobody_trades_with_have_no_figures_and_no_verdict() -> None:
    alone = tuple(PartyFact(f"party:{n}", f"party:{n}", roles=("supplier",)) for n in range(30))
    snapshot = snapshot_of(invoice("a", "b", 500), parties=alone)
    for report in reported(snapshot, "party:0", "party:29"):
        assert report["verdict"]["verdict"] == "ABSTAIN"
        assert report["position"]["bow_tie"] == "other"
        own = {code: value for code, (value, _) in measured(report).items()}
        assert set(own.values()) == {None}


def test_rows_of_tomorrow_and_of_no_day_are_left_out_and_counted() -> None:
    rows = [invoice("a", "b", 500), invoice("a", "b", 700, days_ago=-3)]
    snapshot = snapshot_of(*rows)
    assert dict(snapshot.dropped) == {"future": 1, "undated": 0}
    (report,) = reported(snapshot, "a")
    assert ("input_quality", "rows_future") in codes(report)
    assert report["graph"]["invoice"]["total_out_minor"] == 500


def test_a_firm_with_thirty_thousand_buyers_takes_bounded_time() -> None:
    buyers = 30_000
    first = day_number(AS_OF - timedelta(days=300))
    snapshot = snapshot_build(
        Facts(
            parties=(PartyFact("hub", "hub", roles=("supplier",)),),
            flows=flows_from_columns(
                {
                    "kind": [int(FlowKind.INVOICE)] * buyers,
                    "supplier_ref": ["hub"] * buyers,
                    "buyer_ref": [f"buyer:{n:05d}" for n in range(buyers)],
                    "amount_minor": [1_000 + n % 97 for n in range(buyers)],
                    "day": [first + n % 300 for n in range(buyers)],
                }
            ),
        ),
        as_of=AS_OF,
    )
    started = time.process_time()
    hub, buyer = reported(snapshot, "hub", "buyer:00000")
    assert time.process_time() - started < BOUND_SECONDS
    assert hub["graph"]["invoice"]["buyers"] == buyers
    assert len(hub["graph"]["invoice"]["nodes"]) < 20
    assert len(json.dumps(hub)) < 200_000
    assert measured(hub)["buyer_hhi"][0] in (33, 34)
    # Invoices alone, with no order and no goods behind them, are not a firm to judge.
    assert hub["verdict"]["verdict"] == buyer["verdict"]["verdict"] == "ABSTAIN"


def test_an_explosion_of_cycles_ends_at_its_budget_and_says_so() -> None:
    firms = [f"party:{n:02d}" for n in range(28)]
    everyone = [
        invoice(seller, buyer, 1_000, days_ago=30 - day)
        for day in range(12)
        for seller, buyer in itertools.permutations(firms, 2)
    ]
    started = time.process_time()
    (report,) = reported(snapshot_of(*everyone), firms[0])
    assert time.process_time() - started < BOUND_SECONDS
    assert ("circular_trade", "search_stopped") in codes(report)
    assert report["verdict"]["verdict"] == "ABSTAIN"
