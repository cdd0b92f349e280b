import json

import pytest

from ledger.errors import DomainError
from risk.facts import RequestFact
from risk.models import Report
from risk.operations.reports import report_make
from risk.operations.runs import snapshot_store
from risk.queries.reports import report_replay
from tests.risk.cases import SLOW, chain_snapshot
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db


def stored() -> int:
    return snapshot_store(programme_ref=PROGRAMME, snapshot=chain_snapshot(), at=AT)


def test_a_report_on_demand_with_its_request() -> None:
    report_id = report_make(
        programme_ref=PROGRAMME,
        snapshot_id=stored(),
        party_ref=SLOW,
        request=RequestFact(SLOW, 90_000_000, "receivable", "quote:5"),
        at=AT,
    )
    row = Report.objects.get(pk=report_id)
    assert (row.verdict, row.party_name, row.party_role) == ("DISTRESS", "北屿线束", "supplier")
    assert json.loads(bytes(row.payload))["request"]["request_ref"] == "quote:5"
    assert report_replay(report_id=report_id)


def test_a_firm_or_snapshot_that_is_not_there() -> None:
    snapshot_id = stored()
    for snapshot, party, code in ((snapshot_id, "party:404", "party"), (404, SLOW, "snapshot")):
        with pytest.raises(DomainError, match=rf"risk\.{code}_unknown"):
            report_make(programme_ref=PROGRAMME, snapshot_id=snapshot, party_ref=party, at=AT)
    assert not Report.objects.exists()
