import pytest

from ledger.errors import DomainError
from risk.models import Case
from risk.operations.blocks import block_set
from risk.operations.gates import gate_override_propose
from risk.queries.blocks import block_refuse, blocks_map
from risk.queries.gates import gate_get
from tests.risk.cases_made import draft, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def blocked() -> Case:
    run_done()
    record(draft())
    case = Case.objects.get()
    block_set(case=case, party_ref="party:2", by="user:2", reason="假单", on=AS_OF, at=AT)
    return case


def test_a_block_names_its_case_and_its_programme(blocked: Case) -> None:
    found = blocks_map(programme_ref=PROGRAMME, party_refs=["party:2", "party:3"])
    assert {ref: row.case_id for ref, row in found.items()} == {"party:2": blocked.pk}
    assert blocks_map(programme_ref="programme:2", party_refs=["party:2"]) == {}
    block_refuse(programme_ref=PROGRAMME, party_refs=["party:3"])
    with pytest.raises(DomainError, match=r"risk\.party_blocked"):
        block_refuse(programme_ref=PROGRAMME, party_refs=["party:3", "party:2"])


def test_nobody_overrides_a_confirmed_fraud(blocked: Case) -> None:
    state = gate_get(programme_ref=PROGRAMME, party_ref="party:2", on=AS_OF)
    assert state.decision_id is not None
    with pytest.raises(DomainError, match=r"risk\.party_blocked"):
        gate_override_propose(
            decision_id=state.decision_id, grant="full", by="user:1", reason="担保",
            until=AS_OF, at=AT,
        )  # fmt: skip
