import pytest
from django.db import IntegrityError, models, transaction

from risk.models import Limit, LimitChange, LimitReservation
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
SUBJECT = {
    "programme_ref": PROGRAMME,
    "scope": "party",
    "subject_ref": "party:2",
    "currency": "CNY",
}


def refused(row: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_limits_the_database_refuses() -> None:
    limit = Limit(**SUBJECT, base_minor=100)
    limit.save()
    assert str(limit) == "party party:2"
    refused(Limit(**SUBJECT, base_minor=200))
    refused(Limit(**{**SUBJECT, "scope": "world"}, base_minor=1))
    refused(Limit(**{**SUBJECT, "scope": "pair"}, base_minor=-1))
    refused(Limit(**{**SUBJECT, "scope": "pair"}, base_minor=5, floating_minor=-6))
    refused(Limit(**{**SUBJECT, "scope": "pair"}, base_minor=5, exposed_minor=-1))


def test_reservations_the_database_refuses() -> None:
    limit = Limit(**SUBJECT, base_minor=100)
    limit.save()

    def held(key: str, amount: int, state: str = "reserved") -> LimitReservation:
        return LimitReservation(
            limit=limit,
            programme_ref=PROGRAMME,
            key=key,
            amount_minor=amount,
            state=state,
            reserved_at=AT,
        )

    first = held("claim:1", 5)
    first.save()
    assert str(first) == "claim:1 reserved"
    for row in (held("claim:1", 6), held("claim:2", 0), held("claim:3", 1, "lost")):
        refused(row)


def test_changes_the_database_refuses() -> None:
    def change(**other: str) -> LimitChange:
        return LimitChange(
            **SUBJECT, base_minor=1, reason="旺季", maker_ref="user:1", made_at=AT, **other
        )

    first = change()
    first.save()
    assert str(first) == "party party:2 pending"
    for row in (change(), change(state="approved", checker_ref="user:1"), change(state="lost")):
        refused(row)
