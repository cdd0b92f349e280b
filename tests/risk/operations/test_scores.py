"""Cards come in as drafts, another person puts them into force; drift once a month."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from risk.models import Report, RiskRun, ScoreCard, ScoreMonitor
from risk.operations.runs import risk_run_start, snapshot_store
from risk.operations.scores import card_approve, card_decline, card_take, drift_record
from risk.queries.reports import report_payload_get, run_replay
from risk.queries.scores import policy_in_force
from risk.scoring.card import card_data
from tests.risk.cases import NEW, STEADY, chain_snapshot
from tests.risk.operations.test_limits import refused
from tests.risk.runs_made import AT, PROGRAMME, run_carried, run_done
from tests.risk.scoring.test_card import CARD

pytestmark = pytest.mark.django_db
OTHER = replace(CARD, base_points=610)


def taken(card: object = CARD) -> int:
    return card_take(
        programme_ref=PROGRAMME,
        data=card_data(card),  # type: ignore[arg-type]
        by="user:1",
        reason="第一张",
        at=AT,
    )


def in_force(card: object = CARD) -> int:
    card_id = taken(card)
    card_approve(card_id=card_id, by="user:2", at=AT)
    return card_id


def scored_run() -> int:
    snapshot_id = snapshot_store(programme_ref=PROGRAMME, snapshot=chain_snapshot(), at=AT)
    run_id = risk_run_start(
        programme_ref=PROGRAMME,
        snapshot_id=snapshot_id,
        policy=policy_in_force(programme_ref=PROGRAMME),
        at=AT,
    )
    run_carried(run_id)
    return run_id


def test_a_new_version_retires_the_one_before() -> None:
    first, second = in_force(), in_force(OTHER)
    states = dict(ScoreCard.objects.values_list("pk", "state"))
    assert states == {first: "retired", second: "approved"}


def test_nobody_approves_their_own_and_nothing_is_answered_twice() -> None:
    card_id = taken()
    with refused("risk.four_eyes"):
        card_approve(card_id=card_id, by="user:1", at=AT)
    with refused("risk.four_eyes"):
        card_decline(card_id=card_id, by="user:1", reason="不", at=AT)
    with refused("risk.reason_missing"):
        card_decline(card_id=card_id, by="user:2", reason=" ", at=AT)
    card_decline(card_id=card_id, by="user:2", reason="数据太旧", at=AT)
    with refused("risk.step_refused"):
        card_approve(card_id=card_id, by="user:2", at=AT)
    with refused("risk.card_unknown"):
        card_approve(card_id=404, by="user:2", at=AT)


def test_the_same_card_comes_in_once_and_a_broken_one_never() -> None:
    taken()
    with refused("risk.card_known"):
        taken()
    with refused("risk.card_invalid"):
        card_take(programme_ref=PROGRAMME, data={}, by="user:1", reason="?", at=AT)
    with refused("risk.reason_missing"):
        card_take(programme_ref=PROGRAMME, data=card_data(OTHER), by="u", reason="", at=AT)


def test_the_database_keeps_four_eyes_and_one_in_force() -> None:
    card_id = taken()
    for change in (
        {"state": "approved"},
        {"state": "approved", "checker_ref": "user:1"},
        {"state": "odd"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ScoreCard.objects.filter(pk=card_id).update(**change)


def test_a_run_scores_by_the_card_in_force_and_comes_out_the_same_again() -> None:
    without = run_done()
    assert set(Report.objects.filter(run_id=without).values_list("score", flat=True)) == {None}
    in_force()
    run_id = scored_run()
    rows = {row.party_ref: row for row in Report.objects.filter(run_id=run_id)}
    assert rows[NEW].score is None
    block = report_payload_get(report_id=rows[STEADY].pk)["score"]
    assert (
        rows[STEADY].score == block["score"] == block["base_points"] + sum(block["points"].values())
    )
    assert report_payload_get(report_id=rows[NEW].pk)["score"] is None
    assert run_replay(run_id=run_id) == ()
    in_force(OTHER)
    assert run_replay(run_id=run_id) == ()


def test_drift_is_written_down_once_a_month() -> None:
    in_force()
    run_id = scored_run()
    assert drift_record(run_id=run_id, at=AT) is not None
    assert drift_record(run_id=run_id, at=AT + timedelta(days=1)) is None
    row = ScoreMonitor.objects.get()
    assert (row.month, row.state, row.firms) == ("2026-03", "few", 3)
    assert set(row.features) == {"overdue_ppm", "fill_ppm"}


def test_without_scores_there_is_no_drift() -> None:
    assert drift_record(run_id=run_done(), at=AT) is None
    with refused("risk.run_unknown"):
        drift_record(run_id=RiskRun.objects.count() + 99, at=AT)
