import pytest
from django.db import IntegrityError, transaction

from risk.models import RunShard
from tests.risk.runs_made import run_done

pytestmark = pytest.mark.django_db


def test_what_the_database_itself_refuses() -> None:
    run_done()
    shard = RunShard.objects.get()
    assert (shard.first, shard.last, shard.done) == (0, 4, 4)
    assert str(shard).endswith(" 0-4")
    for change in ({"done": 5}, {"done": -1}, {"first": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RunShard.objects.filter(pk=shard.pk).update(**change)
    shard.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        shard.save()
