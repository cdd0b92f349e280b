import pytest
from django.db import InternalError, ProgrammingError, transaction

from ledger.errors import DomainError
from ledger.operations.running import WorkOutcome
from risk.facts import FlowKind, PartyFact
from risk.models import CaseEvent
from risk.operations.case_closing import case_approve, case_propose
from risk.operations.cases import (
    case_evidence_add,
    case_follow_owner,
    case_note_add,
)
from risk.operations.runs import risk_run_start, snapshot_store
from risk.queries.cases import case_events, case_evidence, cases_list
from tests.risk.cases_made import CHECKER, MAKER, case, draft, investigated, record, run_latest_id
from tests.risk.facts_made import AS_OF, flow, snapshot_of
from tests.risk.runs_made import AT, PROGRAMME, run_carried

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return [event.kind for event in case_events(case_id=case().id)]


def closed(outcome: str, amount: int = 1_000) -> None:
    found = investigated(amount)
    firms = ["party:2"] if outcome == "confirmed_fraud" else []
    decision = case_propose(
        programme_ref=PROGRAMME, case_id=found.id, outcome=outcome, reason="核过单据",
        refuse_refs=firms, by=MAKER, at=AT,
    )  # fmt: skip
    case_approve(
        programme_ref=PROGRAMME, case_id=found.id, decision_id=decision, by=CHECKER, on=AS_OF, at=AT
    )


def test_a_suspicion_is_one_case_however_often_it_is_seen() -> None:
    assert record(draft()) == (1, 0, 0)
    assert record(draft(), run_id=run_latest_id()) == (0, 0, 0)  # the same run again
    assert record(draft()) == (0, 0, 1)
    found = case()
    assert (found.state, found.seen_count, found.amount_minor) == ("open", 2, 1_000)
    assert found.parties == (("party:2", "望川铜材"), ("party:3", "北屿线束"))
    assert found.evidence == 1
    assert told() == ["opened"]


def test_more_of_it_is_told_and_kept_with_its_new_rows() -> None:
    record(draft(1_000, severity="warn"))
    record(draft(1_500, row=8))
    found = case()
    assert (found.amount_minor, found.severity) == (1_500, "high")
    assert [one.document for one in case_evidence(case_id=found.id)] == ["INV-7", "INV-8"]
    assert told() == ["opened", "grew"]
    record(draft(1_200, severity="warn"))  # less is no news
    assert told() == ["opened", "grew"]
    assert case().severity == "high"


def test_an_older_run_that_comes_late_changes_nothing() -> None:
    record(draft())
    first = run_latest_id()
    record(draft(2_000))
    assert record(draft(9_000), run_id=first) == (0, 0, 0)
    assert case().amount_minor == 2_000


def test_what_was_explained_comes_again_with_a_tenth_more() -> None:
    closed("explained")
    assert record(draft(1_100)) == (0, 0, 1)
    assert case().state == "closed"
    assert record(draft(1_101)) == (0, 1, 0)
    assert (case().state, case().outcome) == ("open", "")
    assert told()[-1] == "reopened"


def test_what_was_found_honest_comes_again_with_half_more() -> None:
    closed("false_alarm")
    assert record(draft(1_500)) == (0, 0, 1)
    assert record(draft(1_501)) == (0, 1, 0)
    # Closed otherwise afterwards, the old word no longer counts.
    case_follow_owner(
        programme_ref=PROGRAMME, case_id=case().id, act="taken", by=MAKER, text="", at=AT
    )
    decision = case_propose(
        programme_ref=PROGRAMME, case_id=case().id, outcome="referred", reason="移交",
        refuse_refs=[], by=MAKER, at=AT,
    )  # fmt: skip
    case_approve(
        programme_ref=PROGRAMME, case_id=case().id, decision_id=decision, by=CHECKER, on=AS_OF,
        at=AT,
    )  # fmt: skip
    assert record(draft(1_700)) == (0, 1, 0)


def test_taken_it_is_investigated_and_released_it_is_open() -> None:
    found = investigated()
    assert found.state == "investigating"
    follow = {"programme_ref": PROGRAMME, "case_id": found.id, "by": MAKER, "at": AT, "text": ""}
    case_follow_owner(act="handed", **follow)  # type: ignore[arg-type]
    case_follow_owner(act="released", **follow)  # type: ignore[arg-type]
    assert case().state == "open"
    assert told() == ["opened", "taken", "handed", "released"]


def test_a_case_whose_outcome_waits_is_not_given_back() -> None:
    found = investigated()
    case_propose(
        programme_ref=PROGRAMME, case_id=found.id, outcome="explained", reason="季节",
        refuse_refs=[], by=MAKER, at=AT,
    )  # fmt: skip
    with pytest.raises(DomainError, match=r"risk\.case_waits"):
        case_follow_owner(
            programme_ref=PROGRAMME, case_id=found.id, act="released", by=MAKER, text="", at=AT
        )


def test_people_add_notes_and_documents_once() -> None:
    found = investigated()
    same = {"programme_ref": PROGRAMME, "case_id": found.id, "by": MAKER, "at": AT}
    case_note_add(text=" 已电话仓库 ", **same)  # type: ignore[arg-type]
    assert case_evidence_add(document="仓单 88", note="无此货", **same)  # type: ignore[arg-type]
    assert not case_evidence_add(document="仓单 88", note="", **same)  # type: ignore[arg-type]
    assert case_events(case_id=found.id)[-2].text == "已电话仓库"
    assert case_evidence(case_id=found.id)[-1].note == "无此货"
    with pytest.raises(DomainError, match=r"risk\.reason_missing"):
        case_note_add(text=" ", **same)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"risk\.reason_missing"):
        case_evidence_add(document=" ", note="", **same)  # type: ignore[arg-type]


def test_another_programme_has_no_such_case() -> None:
    found = investigated()
    with pytest.raises(DomainError, match=r"risk\.case_unknown"):
        case_note_add(programme_ref="programme:2", case_id=found.id, text="x", by=MAKER, at=AT)


def test_the_history_cannot_be_rewritten() -> None:
    record(draft())
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        CaseEvent.objects.update(by_ref="user:3")


def test_a_run_without_suspicions_opens_nothing() -> None:
    assert record() == (0, 0, 0)


def test_a_run_opens_a_case_for_what_it_finds_and_the_next_one_sees_it_again() -> None:
    for number in (1, 2):
        # Another day, another invoice of a firm to itself.
        own = flow(FlowKind.INVOICE, "party:2", "party:2", 70_000, days_ago=number, row=number)
        party = PartyFact("party:2", "望川铜材", roles=("supplier",))
        snapshot = snapshot_store(
            programme_ref=PROGRAMME, snapshot=snapshot_of(own, parties=(party,)), at=AT
        )
        run_id = risk_run_start(programme_ref=PROGRAMME, snapshot_id=snapshot, at=AT)
        assert run_carried(run_id) is WorkOutcome.DONE
    own_trade = next(one for one in cases_list(programme_ref=PROGRAMME) if one.kind == "self_trade")
    assert own_trade.subject == "self_trade:invoice_to_itself:party:2"
    assert (own_trade.seen_count, own_trade.amount_minor) == (2, 70_000)
    assert own_trade.parties == (("party:2", "望川铜材"),)
    assert [one.row_id for one in case_evidence(case_id=own_trade.id)] == [1, 2]
