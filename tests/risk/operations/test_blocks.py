import pytest

from risk.models import Case
from risk.operations.blocks import block_lift, block_set
from risk.queries.blocks import blocks_map
from risk.queries.gates import gate_get, gate_history
from tests.risk.cases_made import draft, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def made() -> Case:
    record(draft())
    return Case.objects.get()


def put(case: Case) -> bool:
    return block_set(case=case, party_ref="party:2", by="user:2", reason="假单", on=AS_OF, at=AT)


def test_a_firm_without_a_decision_is_blocked_all_the_same() -> None:
    case = made()
    assert not put(case)
    assert blocks_map(programme_ref=PROGRAMME, party_refs=["party:2"])["party:2"].reason == "假单"
    run_done()
    assert gate_get(programme_ref=PROGRAMME, party_ref="party:2", on=AS_OF).outcome == "failed"


def test_the_decision_in_force_is_refused_and_later_runs_repeat_it() -> None:
    run_done()
    assert put(made())
    history = gate_history(programme_ref=PROGRAMME, party_ref="party:2")
    assert [(row.outcome, row.by_ref) for row in history] == [("failed", "user:2"), ("passed", "")]


def test_lifted_for_all_but_those_to_keep() -> None:
    case = made()
    put(case)
    assert block_lift(case=case, keep=["party:2"], by="user:2", at=AT) == []
    assert block_lift(case=case, keep=[], by="user:2", at=AT) == ["party:2"]
    assert blocks_map(programme_ref=PROGRAMME, party_refs=["party:2"]) == {}
    run_done()
    assert gate_get(programme_ref=PROGRAMME, party_ref="party:2", on=AS_OF).outcome == "passed"
