import pytest

from ledger.errors import DomainError
from risk.operations.case_closing import case_approve, case_decline, case_propose, case_reopen
from risk.operations.cases import case_follow_owner
from risk.operations.limits import limit_reserve, limit_set
from risk.queries.blocks import blocks_map
from risk.queries.cases import case_decisions, case_events, honest_list
from risk.queries.gates import gate_get
from tests.risk.cases_made import CHECKER, MAKER, RING, case, draft, investigated, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def propose(
    outcome: str, *, firms: tuple[str, ...] = (), by: str = MAKER, why: str = "核过"
) -> int:
    return case_propose(
        programme_ref=PROGRAMME, case_id=case().id, outcome=outcome, reason=why,
        refuse_refs=firms, by=by, at=AT,
    )  # fmt: skip


def approve(decision_id: int, by: str = CHECKER) -> str:
    return case_approve(
        programme_ref=PROGRAMME, case_id=case().id, decision_id=decision_id, by=by, on=AS_OF, at=AT
    )


def gate(party: str = "party:2") -> str:
    return gate_get(programme_ref=PROGRAMME, party_ref=party, on=AS_OF).outcome


def test_fraud_takes_two_people_and_closes_the_gate() -> None:
    run_done()
    investigated()
    assert gate() == "passed"
    decision = propose("confirmed_fraud", firms=("party:2",))
    assert gate() == "passed"
    with pytest.raises(DomainError, match=r"risk\.four_eyes"):
        approve(decision, by=MAKER)
    assert approve(decision) == "confirmed_fraud"
    assert (case().state, case().outcome) == ("closed", "confirmed_fraud")
    assert gate() == "failed"
    assert gate("party:3") != "failed"  # a firm of the ring that nobody accused
    assert [event.kind for event in case_events(case_id=case().id)][-2:] == [
        "closed",
        "gate_refused",
    ]
    run_done()  # its figures are as good as before
    assert gate() == "failed"


def test_a_blocked_firm_reserves_nothing() -> None:
    for scope, subject in (("party", "party:2"), ("group", "group:g")):
        limit_set(
            programme_ref=PROGRAMME, scope=scope, subject_ref=subject, base_minor=10_000,
            by=MAKER, approved_by=CHECKER, reason="首次", at=AT,
        )  # fmt: skip
    investigated()
    approve(propose("confirmed_fraud", firms=("party:2",)))
    with pytest.raises(DomainError, match=r"risk\.party_blocked"):
        limit_reserve(
            programme_ref=PROGRAMME, key="claim:1", seller_ref="party:2", obligor_ref="party:1",
            group_ref="group:g", amount_minor=100, at=AT,
        )  # fmt: skip


def test_found_out_to_be_innocent_the_block_is_lifted() -> None:
    investigated()
    approve(propose("confirmed_fraud", firms=("party:2", "party:3")))
    case_reopen(programme_ref=PROGRAMME, case_id=case().id, reason="新证据", by=MAKER, at=AT)
    assert set(blocks_map(programme_ref=PROGRAMME, party_refs=["party:2"])) == {"party:2"}
    case_follow_owner(
        programme_ref=PROGRAMME, case_id=case().id, act="taken", by=MAKER, text="", at=AT
    )
    approve(propose("confirmed_fraud", firms=("party:3",)))
    assert set(blocks_map(programme_ref=PROGRAMME, party_refs=["party:2", "party:3"])) == {
        "party:3"
    }
    kinds = [event.kind for event in case_events(case_id=case().id)]
    assert kinds.count("block_lifted") == 1


def test_a_false_alarm_is_kept_as_known_honest() -> None:
    investigated(1_000)
    approve(propose("false_alarm", why="备案的回购"))
    (row,) = honest_list(programme_ref=PROGRAMME)
    assert (row.subject, row.amount_minor, row.quiet_to_minor) == (RING, 1_000, 1_500)
    assert (row.maker_ref, row.checker_ref, row.reason) == (MAKER, CHECKER, "备案的回购")
    record(draft(1_600))
    assert honest_list(programme_ref=PROGRAMME) == ()


def test_a_person_who_reopens_it_ends_the_honest_word() -> None:
    investigated()
    approve(propose("false_alarm"))
    with pytest.raises(DomainError, match=r"risk\.reason_missing"):
        case_reopen(programme_ref=PROGRAMME, case_id=case().id, reason=" ", by=MAKER, at=AT)
    case_reopen(programme_ref=PROGRAMME, case_id=case().id, reason="举报", by=MAKER, at=AT)
    assert honest_list(programme_ref=PROGRAMME) == ()
    assert case().state == "open"


def test_sent_back_it_stays_under_investigation() -> None:
    investigated()
    decision = propose("explained")
    with pytest.raises(DomainError, match=r"risk\.reason_missing"):
        case_decline(programme_ref=PROGRAMME, case_id=case().id, decision_id=decision, by=CHECKER, reason="", at=AT)  # fmt: skip
    case_decline(programme_ref=PROGRAMME, case_id=case().id, decision_id=decision, by=CHECKER, reason="再查仓库", at=AT)  # fmt: skip
    assert case().state == "investigating"
    assert case_decisions(case_id=case().id)[0].answer == "再查仓库"
    with pytest.raises(DomainError, match=r"risk\.case_moved"):
        approve(decision)


def test_what_grew_since_it_was_proposed_is_looked_at_again() -> None:
    investigated(1_000)
    decision = propose("explained")
    record(draft(1_001))
    with pytest.raises(DomainError, match=r"risk\.case_moved"):
        approve(decision)
    assert case().state == "investigating"


def test_what_cannot_be_proposed() -> None:
    record(draft())
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        propose("explained")  # nobody looks into it
    case_follow_owner(
        programme_ref=PROGRAMME, case_id=case().id, act="taken", by=MAKER, text="", at=AT
    )
    for outcome, firms, why, code in (
        ("forgotten", (), "x", "outcome_unknown"),
        ("explained", (), " ", "reason_missing"),
        ("confirmed_fraud", (), "x", "case_party_unknown"),
        ("confirmed_fraud", ("party:9",), "x", "case_party_unknown"),
    ):
        with pytest.raises(DomainError, match=rf"risk\.{code}"):
            propose(outcome, firms=firms, why=why)
    propose("explained")
    with pytest.raises(DomainError, match=r"risk\.case_waits"):
        propose("referred")
