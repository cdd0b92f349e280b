import pytest
from django.db import IntegrityError, transaction

from risk.models import DeskOwner, DeskOwnerEvent
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
ITEM = {"programme_ref": PROGRAMME, "kind": "case", "ref_id": "7"}


def test_an_item_has_one_row() -> None:
    DeskOwner(**ITEM, owner_ref="user:1", taken_at=AT).save()
    assert str(DeskOwner.objects.get()) == "case 7 user:1"
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskOwner(**ITEM, owner_ref="user:2", taken_at=AT).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskOwner(**{**ITEM, "kind": "moon"}, taken_at=AT).save()


def test_a_step_says_from_whom_to_whom() -> None:
    step = DeskOwnerEvent(**ITEM, act="taken", owner_ref="user:1", by_ref="user:1", at=AT)
    step.save()
    assert str(step) == "case 7 taken"
    for wrong in (
        {"act": "lost", "owner_ref": "user:1"},
        {"act": "taken", "owner_ref": ""},
        {"act": "released", "owner_ref": ""},  # nobody had it
        {"act": "released", "owner_ref": "user:1", "from_ref": "user:1"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeskOwnerEvent(**ITEM, by_ref="user:1", at=AT, **wrong).save()
