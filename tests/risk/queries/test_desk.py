import pytest

from risk.operations.ownership import item_take
from risk.queries.desk import desk_queue
from tests.risk.cases import FAILING
from tests.risk.cases_made import draft, record
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def test_the_most_severe_first_whatever_they_come_from() -> None:
    run_done()
    record(draft(severity="warn"))
    found = desk_queue(programme_ref=PROGRAMME, on=AS_OF)
    assert [(item.kind, item.severity) for item in found] == [
        ("failed", "high"),
        ("case", "warn"),
        ("referred", "warn"),
    ]


def test_each_item_with_its_owner() -> None:
    run_done()
    record(draft())
    for kind, ref, who in (("decision", FAILING, "user:1"),):
        item_take(programme_ref=PROGRAMME, kind=kind, ref_id=ref, owner_ref=who, at=AT)
    owners = {item.kind: item.owner_ref for item in desk_queue(programme_ref=PROGRAMME, on=AS_OF)}
    assert owners == {"failed": "user:1", "referred": "", "case": ""}
    run_done()  # a new decision of the same firm keeps its owner
    owners = {item.kind: item.owner_ref for item in desk_queue(programme_ref=PROGRAMME, on=AS_OF)}
    assert owners["failed"] == "user:1"


def test_nothing_waits_before_the_first_run() -> None:
    assert desk_queue(programme_ref=PROGRAMME, on=AS_OF) == ()
