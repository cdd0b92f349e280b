import pytest

from risk.operations.case_closing import case_approve, case_propose
from risk.queries.desk_cases import cases_waiting
from tests.risk.cases_made import CHECKER, MAKER, case, draft, investigated, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db


def test_a_case_waits_until_it_is_closed() -> None:
    record(draft())
    (item,) = cases_waiting(programme_ref=PROGRAMME, on=AS_OF)
    assert (item.kind, item.party_name, item.amount_minor) == ("case", "望川铜材", 1_000)
    assert (item.facts["codes"], item.facts["firms"], item.facts["waits"]) == (["ring"], 2, False)


def test_a_proposed_outcome_names_its_maker() -> None:
    found = investigated()
    same = {"programme_ref": PROGRAMME, "case_id": found.id, "at": AT}
    decision = case_propose(
        outcome="explained",
        reason="x",
        refuse_refs=[],
        by=MAKER,
        **same,  # type: ignore[arg-type]
    )
    (item,) = cases_waiting(programme_ref=PROGRAMME, on=AS_OF)
    assert (item.maker_ref, item.facts["waits"]) == (MAKER, True)
    case_approve(decision_id=decision, by=CHECKER, on=AS_OF, **same)  # type: ignore[arg-type]
    assert cases_waiting(programme_ref=PROGRAMME, on=AS_OF) == []
    assert case().state == "closed"
