import pytest

from risk.operations.gates import gate_override_propose, gate_refuse
from risk.operations.limits import limit_change_propose
from risk.queries.desk_decisions import decisions_waiting
from risk.queries.desk_items import QueueItem
from tests.risk.cases import FAILING, NEW
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def queue() -> list[QueueItem]:
    return decisions_waiting(programme_ref=PROGRAMME, on=AS_OF)


def test_failed_firms_and_those_a_person_must_judge() -> None:
    run_done()
    assert [(item.kind, item.party_ref, item.severity) for item in queue()] == [
        ("failed", FAILING, "high"),
        ("referred", NEW, "warn"),
    ]
    assert queue()[0].party_name == "栖川塑粒"
    assert [r["code"] for r in queue()[0].facts["reasons"]] == ["orders_fall", "dso_jump"]


def test_a_proposal_takes_the_place_of_the_case_it_is_about() -> None:
    run_done()
    gate_override_propose(
        decision_id=queue()[0].ref_id, grant="full", by="user:1", reason="担保", until=AS_OF, at=AT
    )
    limit_change_propose(
        programme_ref=PROGRAMME,
        scope="party",
        subject_ref=NEW,
        base_minor=900,
        by="user:3",
        reason="首次核定",
        at=AT,
    )
    found = [(item.kind, item.maker_ref) for item in queue()]
    assert sorted(found) == [("limit", "user:3"), ("override", "user:1"), ("referred", "")]


def test_what_a_person_decided_no_longer_waits() -> None:
    run_done()
    gate_refuse(decision_id=queue()[0].ref_id, by="user:3", reason="确认困境", at=AT)
    assert [item.kind for item in queue()] == ["referred"]


def test_nothing_waits_before_the_first_run() -> None:
    assert queue() == []
