"""A contact is logged by whoever owns the debt, and nobody else."""

import pytest

from ledger.errors import DomainError
from risk.operations.collecting import collections_refresh, hazards_latest
from risk.operations.collections import Said
from risk.queries.collections import collections_list, contacts_list
from risk.queries.ownership import owner_get
from scf.journeys.collection_desk import collection_contact
from tests.risk.collection_made import books, debt
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)
CALL = Said("phone", "财务经理", "reached", "下周付")


def test_one_owner_logs_and_a_reader_does_not() -> None:
    desks = Desks.make()
    world, book = desks.world, desks.world.programme.book
    hazards = hazards_latest(programme_ref=book, debtors=[])
    collections_refresh(
        programme_ref=book, books=books(debt()), hazards=hazards, on=world.today, at=world.at
    )
    (row,) = collections_list(programme_ref=book)

    def log(key: str, item_id: int = row.id) -> int:
        return collection_contact(
            actor=world.actors[key], item_id=item_id, said=CALL, key="k1", at=world.at
        )

    with pytest.raises(DomainError, match=r"access\.denied"):
        log("ops")
    assert log("risk") == log("risk")
    assert len(contacts_list(item_id=row.id)) == 1
    owner = owner_get(programme_ref=book, kind="collection", ref_id=row.id)
    assert owner is not None
    assert owner.owner_ref == world.actors["risk"].ref
    with pytest.raises(DomainError, match=r"risk\.item_taken"):
        log("risk2")
    with pytest.raises(DomainError, match=r"risk\.collection_unknown"):
        log("risk", row.id + 1)
