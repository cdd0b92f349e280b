import pytest
from django.db import IntegrityError, transaction

from risk.models import StressRun
from tests.risk.stress_made import answered, asked

pytestmark = pytest.mark.django_db


def test_what_the_database_itself_refuses() -> None:
    rows = StressRun.objects.filter(pk=asked())
    for change in ({"state": "lost"}, {"draws_done": 10**6}, {"draws_done": -1}, {"state": "done"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        StressRun.objects.filter(pk=answered()).update(result=None)


def test_a_row_names_itself() -> None:
    stress_id = asked()
    assert str(StressRun.objects.get()) == f"stress run {stress_id}"
