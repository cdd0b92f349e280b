"""Two reports of a firm side by side."""

from datetime import timedelta
from typing import Any

import pytest

from risk.analysis import chain_analyse
from risk.comparing import Compared, Partner, partners_compare, reports_compare
from risk.facts import Facts
from risk.policy import DEFAULT_POLICY
from risk.report import report_payload
from risk.snapshot import snapshot_build
from tests.risk.cases import FAILING, chain_snapshot
from tests.risk.facts_made import AS_OF


@pytest.fixture(scope="module")
def payloads() -> tuple[dict[str, Any], dict[str, Any]]:
    """The failing firm a hundred days before its last report, and in it."""
    whole = chain_snapshot()
    facts = Facts(parties=whole.parties, flows=whole.flows)
    early = snapshot_build(facts, as_of=AS_OF - timedelta(days=100))
    return tuple(  # type: ignore[return-value]
        report_payload(chain_analyse(one, policy=DEFAULT_POLICY), party_ref=FAILING)
        for one in (early, whole)
    )


@pytest.fixture(scope="module")
def compared(payloads: tuple[dict[str, Any], dict[str, Any]]) -> Compared:
    return reports_compare(*payloads)


def test_every_reason_has_its_then_and_now(
    compared: Compared, payloads: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    then, now = payloads
    for number, one in enumerate(compared.reasons):
        before, after = (payload["verdict"]["reasons"][number] for payload in (then, now))
        assert (one.then, one.now) == (before["value"], after["value"])
        assert one.is_turned is (before["met"] is not after["met"])
    fall = next(one for one in compared.reasons if one.code == "orders_fall")
    assert fall.met_now is True
    assert fall.is_turned
    assert fall.difference is None or fall.difference < 0


def test_measures_levels_and_breaks(compared: Compared) -> None:
    share = next(one for one in compared.measures if one.code == "anchor_share")
    assert (share.then, share.now, share.difference) == (1_000_000, 1_000_000, 0)
    without = next(one for one in compared.measures_without if one.code == "anchor_share")
    assert (without.then, without.now, without.difference) == (None, None, None)
    dso = next(one for one in compared.levels if one.code == "dso_days")
    assert dso.now is not None
    assert {one.code for one in compared.breaks} == {"count", "total_minor", "share_ppm"}


def test_a_report_against_itself_does_not_move(
    payloads: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    same = reports_compare(payloads[1], payloads[1])
    assert not any(one.difference or one.is_turned for one in (*same.reasons, *same.measures))
    assert (same.findings_new, same.findings_gone) == ((), ())


def test_a_score_is_compared_where_there_is_one(
    payloads: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    then = {**payloads[0], "score": None}
    now = {**payloads[1], "score": {"score": 684, "pd_ppm": 19_000}}
    levels = {one.code: one for one in reports_compare(then, now).levels}
    assert (levels["score"].then, levels["score"].now) == (None, 684)
    levels = {one.code: one for one in reports_compare(now, now).levels}
    assert (levels["score"].difference, levels["pd_ppm"].difference) == (0, 0)


def test_findings_that_came_and_went() -> None:
    def payload(*codes: str) -> dict[str, Any]:
        return {
            "verdict": {"reasons": []},
            "signals": {},
            "reliability": {},
            "position": {"measures": []},
            "breaks": {},
            "findings": [{"code": code} for code in codes],
        }

    found = reports_compare(payload("ring", "spike"), payload("overpaid", "spike", "overpaid"))
    assert (found.findings_new, found.findings_gone) == (("overpaid",), ("ring",))


def test_partners_that_came_went_and_moved() -> None:
    def partner(ref: str, total: int, side: str = "buyer") -> Partner:
        return Partner(ref, f"企业 {ref}", side, "distributor", total)

    moved = partners_compare(
        [partner("a", 100), partner("b", 50), partner("c", 7), partner("a", 9, "supplier")],
        [partner("a", 40), partner("b", 50), partner("d", 30), partner("a", 10, "supplier")],
    )
    assert [(one.ref, one.side, one.state, one.difference) for one in moved] == [
        ("a", "buyer", "less", -60),
        ("d", "buyer", "new", 30),
        ("c", "buyer", "lost", -7),
        ("a", "supplier", "more", 1),
        ("b", "buyer", "same", 0),
    ]
