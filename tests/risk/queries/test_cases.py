import pytest

from ledger.errors import DomainError
from risk.queries.cases import (
    case_decisions,
    case_events,
    case_evidence,
    case_get,
    cases_list,
    cases_live_count,
    honest_list,
)
from tests.risk.cases_made import case, draft, investigated, record
from tests.risk.runs_made import PROGRAMME

pytestmark = pytest.mark.django_db
OTHER = "self_trade:invoice_to_itself:party:9"


def test_cases_by_state_and_by_firm() -> None:
    investigated()
    record(draft(), draft(subject=OTHER))
    assert len(cases_list(programme_ref=PROGRAMME)) == 2
    assert [one.subject for one in cases_list(programme_ref=PROGRAMME, states=["open"])] == [OTHER]
    assert len(cases_list(programme_ref=PROGRAMME, party_ref="party:3")) == 2
    assert cases_list(programme_ref=PROGRAMME, party_ref="party:9") == ()
    assert cases_live_count(programme_ref=PROGRAMME) == 2
    assert cases_live_count(programme_ref="programme:2") == 0


def test_one_case_with_all_that_belongs_to_it() -> None:
    found = investigated()
    assert case_get(programme_ref=PROGRAMME, case_id=found.id) == case()
    assert found.number == f"C-{found.id:05d}"
    assert [one.kind for one in case_events(case_id=found.id)] == ["opened", "taken"]
    assert case_evidence(case_id=found.id)[0].row_id == 7
    assert case_decisions(case_id=found.id) == ()
    assert honest_list(programme_ref=PROGRAMME) == ()
    with pytest.raises(DomainError, match=r"risk\.case_unknown"):
        case_get(programme_ref="programme:2", case_id=found.id)
