import pytest

from ledger.errors import DomainError
from risk.operations.ownership import item_take
from risk.queries.ownership import Owner, item_require, owners_map
from tests.risk.cases import FAILING
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db


def test_owners_by_the_keys_that_were_asked_for() -> None:
    for kind, ref, who in (("case", 7, "user:1"), ("decision", "party:3", "user:2")):
        item_take(programme_ref=PROGRAMME, kind=kind, ref_id=ref, owner_ref=who, at=AT)
    keys: list[tuple[str, int | str]] = [("case", 7), ("case", 8), ("decision", "party:3")]
    assert owners_map(programme_ref=PROGRAMME, keys=keys) == {
        ("case", 7): Owner("user:1", AT),
        ("decision", "party:3"): Owner("user:2", AT),
    }
    assert owners_map(programme_ref="programme:2", keys=keys) == {}
    assert owners_map(programme_ref=PROGRAMME, keys=list[tuple[str, int]]()) == {}


def test_an_item_is_one_of_the_programme_s_own() -> None:
    run_done()
    item_require(programme_ref=PROGRAMME, kind="decision", ref_id=FAILING)
    for book, kind, ref in (
        ("programme:2", "decision", FAILING),
        (PROGRAMME, "case", "1"),
        (PROGRAMME, "case", "x"),
        (PROGRAMME, "moon", "1"),
    ):
        with pytest.raises(DomainError, match=r"risk\.item_unknown"):
            item_require(programme_ref=book, kind=kind, ref_id=ref)
