"""Statements are their party's own; the desks of the platform see all."""

from datetime import date

import pytest

from ledger.errors import DomainError
from scf.access.policy import scope_for
from scf.settlement.operations.party_statements import party_statement_store
from scf.settlement.queries.party_statements import party_statement_get, party_statements_list
from tests.scf.settlement.scenes import AT, scene

pytestmark = pytest.mark.django_db


def test_another_party_s_statement_does_not_exist() -> None:
    bank = scene()
    made = party_statement_store(
        programme_id=bank.world.programme_id,
        party_id=bank.world.party("A"),
        month=date(2026, 3, 1),
        content={},
        content_hash="a" * 64,
        on_date=date(2026, 3, 17),
        at=AT,
    )
    assert party_statement_get(scope=bank.scope_of("A"), statement_id=made.id) == made
    assert party_statements_list(scope=scope_for(bank.actor("ops"))) == [made]
    assert party_statements_list(scope=bank.scope_of("B")) == []
    with pytest.raises(DomainError, match="statement_unknown"):
        party_statement_get(scope=bank.scope_of("B"), statement_id=made.id)
