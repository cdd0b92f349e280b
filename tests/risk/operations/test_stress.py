import pytest

from ledger.errors import DomainError
from ledger.models import WorkItem
from risk.models import StressRun
from risk.operations.stress import stress_advance, stress_fail, stress_finish
from risk.stress.scenario import Scenario
from tests.risk.stress_made import AT, PROGRAMME, answered, asked, frozen

pytestmark = pytest.mark.django_db


def test_a_question_is_queued_as_durable_work() -> None:
    stress_id = asked()
    item = WorkItem.objects.get(kind="stress.run")
    assert item.payload == {"stress_id": stress_id, "programme_ref": PROGRAMME}
    run = StressRun.objects.get()
    assert (run.state, run.draws_total, run.scenario["seed"]) == ("queued", 1_200, 20_260_318)


def test_a_question_without_sense_is_not_asked() -> None:
    with pytest.raises(DomainError, match=r"risk\.scenario_invalid"):
        asked(Scenario(draws=1))
    assert not StressRun.objects.exists()


def test_a_question_asked_twice_with_one_key_is_one_run() -> None:
    assert asked(key="k") == asked(key="k") != asked(key="other")
    assert WorkItem.objects.filter(kind="stress.run").count() == 2


def test_what_is_known_is_frozen_once() -> None:
    stress_id = asked()
    frozen(stress_id)
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        frozen(stress_id)
    stress_advance(stress_id=stress_id, draws_done=500)
    run = StressRun.objects.get()
    assert (run.state, run.draws_done, len(run.facts_hash)) == ("running", 500, 64)


def test_a_result_stands_for_good() -> None:
    stress_id = answered()
    run = StressRun.objects.get()
    assert (run.state, run.draws_done) == ("done", 1_200)
    assert run.finished_at == AT
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        stress_finish(stress_id=stress_id, result=b"{}", at=AT)


def test_a_run_without_an_answer_says_why() -> None:
    stress_id = asked()
    stress_fail(stress_id=stress_id, error_code="risk.pool_empty", at=AT)
    run = StressRun.objects.get()
    assert (run.state, run.error_code) == ("failed", "risk.pool_empty")
