from datetime import timedelta

import pytest

from ledger.errors import DomainError
from risk.models import Report
from risk.queries.reports import (
    report_data_get,
    report_get,
    report_history,
    report_latest,
    report_payload_get,
    report_replay,
    reports_list,
    run_latest,
    run_progress,
    run_replay,
)
from tests.risk.cases import FAILING, NEW, SLOW, STEADY
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import PROGRAMME, run_done, run_started

pytestmark = pytest.mark.django_db


def test_a_run_made_again_is_equal_to_the_last_byte() -> None:
    run_id = run_done()
    assert run_replay(run_id=run_id) == ()
    report = report_latest(programme_ref=PROGRAMME, party_ref=STEADY)
    assert report is not None
    assert report_replay(report_id=report.id)
    assert run_replay(run_id=run_done()) == ()


def test_a_replay_notices_a_single_changed_byte() -> None:
    run_id = run_done()
    row = Report.objects.get(run_id=run_id, party_ref=SLOW)
    Report.objects.filter(pk=row.pk).update(payload=bytes(row.payload).replace(b"31", b"32", 1))
    assert run_replay(run_id=run_id) == (SLOW,)
    assert not report_replay(report_id=row.pk)


def test_the_latest_report_of_every_firm() -> None:
    run_done()
    last = run_done()
    rows = reports_list(programme_ref=PROGRAMME)
    assert {row.party_ref: row.verdict for row in rows} == {
        STEADY: "STEADY",
        SLOW: "OVERTRADING",
        FAILING: "DISTRESS",
        NEW: "ABSTAIN",
    }
    assert {row.run_id for row in rows} == {last}
    assert [r.party_ref for r in reports_list(programme_ref=PROGRAMME, verdict="DISTRESS")] == [
        FAILING
    ]
    assert [r.party_ref for r in reports_list(programme_ref=PROGRAMME, party_ref=NEW)] == [NEW]
    assert len(reports_list(programme_ref=PROGRAMME, run_id=last)) == 4
    assert len(report_history(programme_ref=PROGRAMME, party_ref=SLOW)) == 2


def test_a_report_names_what_it_was_made_from() -> None:
    run_id = run_done()
    row = report_latest(programme_ref=PROGRAMME, party_ref=SLOW, on=AS_OF)
    assert row is not None
    payload = report_payload_get(report_id=row.id)
    assert (
        payload["snapshot_hash"] == row.snapshot_hash == run_progress(run_id=run_id).snapshot_hash
    )
    assert payload["code_version"] == row.code_version
    assert payload["policy_version"] == row.policy_version == "v1"
    assert report_get(report_id=row.id, programme_ref=PROGRAMME) == row
    yesterday = AS_OF - timedelta(days=1)
    assert report_latest(programme_ref=PROGRAMME, party_ref=SLOW, on=yesterday) is None


def test_lists_do_not_fetch_the_reports_bytes(django_assert_num_queries: object) -> None:
    run_done()
    with django_assert_num_queries(1):  # type: ignore[operator]
        reports_list(programme_ref=PROGRAMME)


def test_progress_of_the_latest_run() -> None:
    assert run_latest(programme_ref=PROGRAMME) is None
    run_done()
    waiting = run_started()
    latest = run_latest(programme_ref=PROGRAMME)
    assert latest is not None
    assert (latest.id, latest.state, latest.done) == (waiting, "queued", 0)


def test_what_is_not_there_is_refused() -> None:
    run_done()
    own = report_latest(programme_ref=PROGRAMME, party_ref=SLOW)
    assert own is not None
    for act, code in (
        (lambda: run_progress(run_id=404), "run"),
        (lambda: run_replay(run_id=404), "run"),
        (lambda: report_data_get(report_id=404), "report"),
        (lambda: report_replay(report_id=404), "report"),
        (lambda: report_get(report_id=own.id, programme_ref="programme:2"), "report"),
    ):
        with pytest.raises(DomainError, match=rf"risk\.{code}_unknown"):
            act()
