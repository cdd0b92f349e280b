"""Many rows and many values at once."""

from __future__ import annotations

import pytest
from django.db.models import F

from scf.network.models import Party
from scf.trade.bulk import AnyOf, ids_reserve, rows_copy


@pytest.mark.django_db
def test_reserved_ids_are_fresh_and_ascending() -> None:
    first = ids_reserve(table="trade_document", count=3)
    second = ids_reserve(table="trade_document", count=2)
    assert first == sorted(first)
    assert max(first) < min(second)
    assert ids_reserve(table="trade_document", count=0) == []


@pytest.mark.django_db
def test_any_of_takes_numbers_texts_and_nothing() -> None:
    Party.objects.create(name="甲", tax_id="A")
    other = Party.objects.create(name="乙", tax_id="B")
    assert Party.objects.filter(AnyOf(F("tax_id"), {"B", "C"})).get() == other
    assert Party.objects.filter(AnyOf(F("pk"), [other.pk, 0])).get() == other
    assert not Party.objects.filter(AnyOf(F("tax_id"), [])).exists()
    assert not Party.objects.filter(AnyOf(F("pk"), ())).exists()


@pytest.mark.django_db
def test_copied_rows_keep_every_character() -> None:
    name = '制表\t换行\n反斜\\ 引号" 空\\N'
    columns = "id name short_name tax_id group_name sector city legal_representative phone address kyb_state investor_class four_eyes_waived_by quotes_opted_out".split()
    (pk,) = ids_reserve(table="network_party", count=1)
    assert (
        rows_copy(
            table="network_party",
            columns=columns,
            rows=[(pk, name, "", "T", "", "", "", "", "", "", "pending", "none", "", False)],
        )
        == 1
    )
    assert Party.objects.get(pk=pk).name == name
