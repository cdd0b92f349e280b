import pytest

from ledger.errors import DomainError
from risk.models import StressRun
from risk.queries.stress import (
    stress_facts,
    stress_file,
    stress_get,
    stress_list,
    stress_replay,
    stress_result,
)
from tests.risk.stress.pools import pool
from tests.risk.stress_made import PROGRAMME, QUICK, answered, asked

pytestmark = pytest.mark.django_db


def test_runs_are_listed_the_newest_first_and_for_their_programme_only() -> None:
    first, second = answered(), asked()
    rows = stress_list(programme_ref=PROGRAMME)
    assert [(row.id, row.state) for row in rows] == [(second, "queued"), (first, "done")]
    assert rows[1].scenario == QUICK
    assert len(rows[1].snapshot_hash) == len(rows[1].result_hash) == 64
    assert stress_list(programme_ref="programme:2") == ()
    with pytest.raises(DomainError, match=r"risk\.stress_unknown"):
        stress_get(stress_id=first, programme_ref="programme:2")


def test_a_result_is_read_as_it_was_stored() -> None:
    stress_id = answered()
    result = stress_result(stress_id=stress_id)
    assert result is not None
    assert result["pool"]["products"] == 2
    assert (stress_file(stress_id=stress_id) or b"").startswith(b'{"as_of":"2026-03-18"')
    assert stress_facts(stress_id=stress_id) == pool()


def test_before_the_end_there_is_nothing_to_read() -> None:
    stress_id = asked()
    assert stress_result(stress_id=stress_id) is None
    assert stress_file(stress_id=stress_id) is None
    assert stress_facts(stress_id=stress_id) is None
    with pytest.raises(DomainError, match=r"risk\.stress_unknown"):
        stress_replay(stress_id=stress_id)


def test_a_run_can_be_made_again_byte_for_byte() -> None:
    stress_id = answered()
    assert stress_replay(stress_id=stress_id)
    StressRun.objects.filter(pk=stress_id).update(result=b'{"schema":1}')
    assert not stress_replay(stress_id=stress_id)
