from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ledger.errors import DomainError
from risk.facts import RequestFact
from risk.models import GateOverride
from risk.operations.gates import (
    gate_decide,
    gate_override_approve,
    gate_override_decline,
    gate_override_propose,
    gate_refuse,
)
from risk.queries.gates import GateState, gate_get, gate_history
from tests.risk.cases import FAILING, NEW, SLOW, STEADY
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db
UNTIL = AS_OF + timedelta(days=14)


@pytest.fixture(autouse=True)
def run(db: None) -> int:
    return run_done()


def gate(party: str, on: date = AS_OF) -> GateState:
    return gate_get(programme_ref=PROGRAMME, party_ref=party, on=on)


def decision(party: str) -> int:
    found = gate(party).decision_id
    assert found is not None
    return found


def propose(party: str = FAILING, **changes: Any) -> int:
    asked: dict[str, Any] = {
        "decision_id": decision(party),
        "grant": "full",
        "by": "user:1",
        "reason": "集团担保",
        "until": UNTIL,
        "at": AT,
        **changes,
    }
    return gate_override_propose(**asked)


def refused(code: str) -> Any:
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


def test_each_verdict_meets_its_gate() -> None:
    found = {
        party: (gate(party).verdict, gate(party).outcome) for party in (STEADY, SLOW, FAILING, NEW)
    }
    assert found == {
        STEADY: ("STEADY", "passed"),
        SLOW: ("OVERTRADING", "named_only"),
        FAILING: ("DISTRESS", "failed"),
        NEW: ("ABSTAIN", "referred"),
    }
    assert [reason["code"] for reason in gate(FAILING).reasons] == ["orders_fall", "dso_jump"]


def test_a_request_too_large_closes_an_open_gate() -> None:
    asked = RequestFact(SLOW, 90_000_000, "receivable", "quote:7")
    gate_decide(programme_ref=PROGRAMME, party_ref=SLOW, request=asked, as_of=AS_OF, at=AT)
    assert gate(SLOW).outcome == "failed"
    assert gate_history(programme_ref=PROGRAMME, party_ref=SLOW)[0].request_minor == 90_000_000


def test_without_a_report_in_date_nothing_is_decided() -> None:
    late = AS_OF + timedelta(days=31)
    for party, on in (("party:404", AS_OF), (STEADY, late), (STEADY, AS_OF - timedelta(days=1))):
        with refused("risk.report_missing"):
            gate_decide(programme_ref=PROGRAMME, party_ref=party, request=None, as_of=on, at=AT)


def test_two_people_let_a_failed_firm_sell_until_a_day() -> None:
    gate_override_approve(override_id=propose(), by="user:2", at=AT)
    state = gate(FAILING, on=UNTIL)
    assert (state.outcome, state.passed, state.named_only) == ("overridden", True, False)
    assert not gate(FAILING, on=UNTIL + timedelta(days=1)).passed
    told = gate_history(programme_ref=PROGRAMME, party_ref=FAILING)[0]
    assert (told.by_ref, told.reason) == ("user:2", "集团担保")


def test_an_override_may_be_for_named_invoices_only() -> None:
    gate_override_approve(override_id=propose(NEW, grant="named_only"), by="user:2", at=AT)
    assert (gate(NEW).passed, gate(NEW).named_only) == (True, True)


def test_nobody_approves_their_own_override() -> None:
    override_id = propose()
    with refused("risk.four_eyes"):
        gate_override_approve(override_id=override_id, by="user:1", at=AT)
    assert not gate(FAILING).passed
    with pytest.raises(IntegrityError), transaction.atomic():
        GateOverride.objects.filter(pk=override_id).update(checker_ref="user:1")


def test_declined_leaves_the_gate_closed() -> None:
    override_id = propose()
    gate_override_decline(override_id=override_id, by="user:2", reason="担保未到", at=AT)
    assert gate(FAILING).outcome == "failed"
    with refused("risk.step_refused"):
        gate_override_approve(override_id=override_id, by="user:2", at=AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "risk.reason_missing"),
        ({"grant": "all"}, "risk.grant_unknown"),
        ({"until": AS_OF - timedelta(days=1)}, "risk.override_dates"),
        ({"until": AS_OF + timedelta(days=366)}, "risk.override_dates"),
        ({"decision_id": 404}, "risk.decision_unknown"),
        ({"party": STEADY}, "risk.gate_open"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(changes: dict[str, Any], code: str) -> None:
    with refused(code):
        propose(**changes)


def test_one_override_of_a_firm_waits_at_a_time() -> None:
    propose()
    with refused("risk.override_pending"):
        propose()


def test_an_override_holds_through_the_next_run_but_not_a_worse_verdict() -> None:
    gate_override_approve(override_id=propose(NEW), by="user:2", at=AT)
    run_done()
    assert (gate(NEW).outcome, gate(NEW).until) == ("overridden", UNTIL)
    gate_override_approve(override_id=propose(FAILING), by="user:2", at=AT)
    stale = decision(FAILING)
    gate_decide(programme_ref=PROGRAMME, party_ref=FAILING, request=None, as_of=AS_OF, at=AT)
    assert gate(FAILING).outcome == "overridden"
    with refused("risk.decision_stale"):
        gate_refuse(decision_id=stale, by="user:3", reason="旧页面", at=AT)


def test_one_person_may_refuse_whatever_the_verdict() -> None:
    gate_refuse(decision_id=decision(STEADY), by="user:3", reason="查到虚开", at=AT)
    state = gate(STEADY)
    assert (state.outcome, state.passed, state.verdict) == ("failed", False, "STEADY")
    run_done()  # the figures are as good as before, and the person's word still stands
    told = gate_history(programme_ref=PROGRAMME, party_ref=STEADY)[0]
    assert (told.outcome, told.by_ref, told.reason) == ("failed", "user:3", "查到虚开")
    gate_override_approve(override_id=propose(STEADY), by="user:2", at=AT)
    run_done()
    assert gate(STEADY).outcome == "passed"


def test_an_unknown_override() -> None:
    with refused("risk.override_unknown"):
        gate_override_approve(override_id=404, by="user:2", at=AT)
