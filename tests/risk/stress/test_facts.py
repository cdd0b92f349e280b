import pytest

from ledger.errors import DomainError
from risk.stress.facts import facts_dump, facts_load
from tests.risk.stress.pools import pool, product


def test_facts_come_back_from_their_bytes() -> None:
    facts = pool()
    assert facts_load(facts_dump(facts)) == facts
    assert facts_dump(facts_load(facts_dump(facts))) == facts_dump(facts)


def test_the_buffer_is_what_may_fail_to_come_before_investors_lose() -> None:
    assert pool().products[0].buffer_minor == 600_000
    assert product("s", "a", face=9_000_000).buffer_minor == 0


def test_who_stands_and_falls_together() -> None:
    assert pool().unit_of("obligor-a") == "obligor-a"
    with pytest.raises(DomainError, match=r"risk\.party_unknown"):
        pool().unit_of("nobody")


def test_sectors_are_numbered_by_name_and_unknown_is_zero() -> None:
    assert pool().sectors().tolist() == [1, 0, 0]
