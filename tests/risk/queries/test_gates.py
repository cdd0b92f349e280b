from datetime import timedelta

import pytest

from ledger.errors import DomainError
from risk.operations.gates import gate_override_propose
from risk.queries.gates import gate_get, gate_history, gate_require, gates_get, overrides_list
from tests.risk.cases import FAILING, NEW, STEADY
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def test_without_a_decision_in_date_the_gate_is_shut() -> None:
    never = gate_get(programme_ref=PROGRAMME, party_ref=STEADY, on=AS_OF)
    run_done()
    before = gate_get(programme_ref=PROGRAMME, party_ref=STEADY, on=AS_OF - timedelta(days=1))
    after = gate_get(programme_ref=PROGRAMME, party_ref=STEADY, on=AS_OF + timedelta(days=31))
    elsewhere = gate_get(programme_ref="programme:2", party_ref=STEADY, on=AS_OF)
    for state in (never, before, after, elsewhere):
        assert (state.outcome, state.passed) == ("missing", False)


def test_a_shut_gate_says_why() -> None:
    run_done()
    assert gate_require(programme_ref=PROGRAMME, party_ref=STEADY, on=AS_OF).passed
    with pytest.raises(DomainError) as refused:
        gate_require(programme_ref=PROGRAMME, party_ref=FAILING, on=AS_OF)
    assert refused.value.code == "risk.gate_closed"
    assert refused.value.facts == {"outcome": "failed", "verdict": "DISTRESS"}


def test_many_gates_in_one_query(django_assert_num_queries: object) -> None:
    run_done()
    refs = [STEADY, FAILING, NEW, "party:404"]
    with django_assert_num_queries(1):  # type: ignore[operator]
        states = gates_get(programme_ref=PROGRAMME, party_refs=refs, on=AS_OF)
    assert [states[ref].outcome for ref in refs] == ["passed", "failed", "referred", "missing"]
    assert states[STEADY] == gate_get(programme_ref=PROGRAMME, party_ref=STEADY, on=AS_OF)


def test_history_tells_every_decision_the_latest_first() -> None:
    run_done()
    run_done()
    told = gate_history(programme_ref=PROGRAMME, party_ref=FAILING)
    assert [row.outcome for row in told] == ["failed", "failed"]
    assert told[0].id > told[1].id


def test_overrides_are_listed_by_party_and_state() -> None:
    run_done()
    state = gate_get(programme_ref=PROGRAMME, party_ref=FAILING, on=AS_OF)
    assert state.decision_id is not None
    gate_override_propose(
        decision_id=state.decision_id, grant="full", by="user:1", reason="担保", until=AS_OF, at=AT
    )
    (row,) = overrides_list(programme_ref=PROGRAMME, party_ref=FAILING, state="pending")
    assert (row.verdict, row.maker_ref, row.grant) == ("DISTRESS", "user:1", "full")
    assert overrides_list(programme_ref=PROGRAMME, state="approved") == ()
    assert overrides_list(programme_ref=PROGRAMME, party_ref=NEW) == ()
