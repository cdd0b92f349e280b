import pytest
from django.db import IntegrityError, transaction

from risk.models import SavedView
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db


def view(**changes: str) -> SavedView:
    values = {"programme_ref": PROGRAMME, "owner_ref": "user:1", "name": "第一圈", **changes}
    row = SavedView(party_ref="party:2", saved_at=AT, **values)
    row.save()
    return row


def test_a_view_the_database_refuses() -> None:
    assert str(view()) == "user:1 第一圈"
    view(owner_ref="user:2")
    for changes in ({}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            view(**changes)
