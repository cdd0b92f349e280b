import pytest

from ledger.errors import DomainError
from risk.canonical import sha256_hex
from risk.models import Report, RiskRun, StoredPolicy, StoredSnapshot
from risk.queries.replay import run_replayed
from risk.snapshot import snapshot_dump
from tests.risk.cases import FAILING, NEW, SLOW
from tests.risk.facts_made import snapshot_of
from tests.risk.runs_made import run_done, run_started

pytestmark = pytest.mark.django_db


def test_a_run_comes_out_equal_to_the_last_byte() -> None:
    found = run_replayed(run_id=run_done())
    assert found.is_equal
    assert (found.state, found.reports, found.differing, found.missing) == ("done", 4, (), ())
    assert found.code_before == found.code_now


def test_a_tampered_report_is_named_even_with_a_hash_to_match() -> None:
    run_id = run_done()
    row = Report.objects.get(run_id=run_id, party_ref=SLOW)
    data = bytes(row.payload).replace(b'"OVERTRADING"', b'"EXPANSION"', 1)
    rows = Report.objects.filter(pk=row.pk)
    rows.update(payload=data, payload_hash=sha256_hex(data))
    found = run_replayed(run_id=run_id)
    assert found.differing == (SLOW,)
    assert not found.is_equal


def test_a_hash_that_is_not_the_bytes_own_is_found() -> None:
    run_id = run_done()
    Report.objects.filter(run_id=run_id, party_ref=FAILING).update(payload_hash="0" * 64)
    assert run_replayed(run_id=run_id).differing == (FAILING,)


def test_a_report_taken_out_is_missed() -> None:
    run_id = run_done()
    Report.objects.filter(run_id=run_id, party_ref=NEW).update(run=None)
    found = run_replayed(run_id=run_id)
    assert found.missing == (NEW,)
    assert not found.is_equal


def test_changed_inputs_are_told() -> None:
    run_id = run_done()
    policy = StoredPolicy.objects.get()
    StoredPolicy.objects.update(data={**policy.data, "gate_valid_days": 31})
    found = run_replayed(run_id=run_id)
    assert (found.policy_intact, found.snapshot_intact) == (False, True)
    assert not found.is_equal
    StoredSnapshot.objects.update(data=snapshot_dump(snapshot_of()))
    assert not run_replayed(run_id=run_id).snapshot_intact


def test_other_code_is_told() -> None:
    run_id = run_done()
    RiskRun.objects.update(code_version="another")
    found = run_replayed(run_id=run_id)
    assert found.code_before == "another" != found.code_now


def test_a_run_without_reports_proves_nothing() -> None:
    assert not run_replayed(run_id=run_started()).is_equal
    with pytest.raises(DomainError, match=r"risk\.run_unknown"):
        run_replayed(run_id=404)
