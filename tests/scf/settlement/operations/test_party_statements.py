"""A version is added only when it says something else; the database refuses a second one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from scf.settlement.models import PartyStatement
from scf.settlement.operations.party_statements import party_statement_store
from scf.settlement.queries.party_statements import PartyStatementFacts
from tests.scf.settlement.scenes import AT, Scene, scene

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def store(bank: Scene, digest: str, month: date = MARCH) -> PartyStatementFacts:
    return party_statement_store(
        programme_id=bank.world.programme_id,
        party_id=bank.world.party("A"),
        month=month,
        content={"month": "2026-03", "digest": digest},
        content_hash=digest,
        on_date=MARCH,
        at=AT,
    )


def test_versions_count_what_differs() -> None:
    bank = scene()
    assert [store(bank, one * 64).version for one in "aabba"] == [1, 1, 2, 2, 3]


def test_a_version_is_unique_and_a_month_begins_on_its_first() -> None:
    bank = scene()
    first = store(bank, "a" * 64)
    row = PartyStatement.objects.get(pk=first.id)
    row.pk = None
    with pytest.raises(IntegrityError, match="party_statement_once"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="party_statement_month"), transaction.atomic():
        store(bank, "c" * 64, date(2026, 3, 2))
