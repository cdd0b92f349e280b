"""What was said of a firm before."""

from datetime import timedelta

import pytest

from risk.queries.changes import verdicts_before
from risk.queries.reports import report_history, reports_list
from tests.risk.runs_made import AT, PROGRAMME, run_done


@pytest.mark.django_db
def test_the_report_before_the_latest() -> None:
    run_done()
    assert verdicts_before(programme_ref=PROGRAMME) == {}
    run_done(at=AT + timedelta(hours=1))
    run_done(at=AT + timedelta(hours=2))
    before = verdicts_before(programme_ref=PROGRAMME)
    for row in reports_list(programme_ref=PROGRAMME):
        _latest, second, _first = report_history(programme_ref=PROGRAMME, party_ref=row.party_ref)
        found = before[row.party_ref]
        assert (found.report_id, found.verdict, found.as_of) == (
            second.id,
            second.verdict,
            second.as_of,
        )
    assert verdicts_before(programme_ref="programme:9") == {}
