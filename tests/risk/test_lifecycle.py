import pytest

from ledger.errors import DomainError
from risk.lifecycle import (
    CASE,
    COLLECTION,
    OPEN_OUTCOMES,
    OUTCOMES,
    PROMISE,
    PROPOSAL,
    RESERVATION,
    RUN,
    WARNING,
    Table,
    step_check,
)


@pytest.mark.parametrize("table", [RUN, PROPOSAL, RESERVATION, WARNING, COLLECTION, PROMISE])
def test_every_state_has_a_line_and_leads_to_an_end(table: Table) -> None:
    for after in table.values():
        assert after <= table.keys()
    reached, todo = set(), [next(iter(table))]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [after for after in table[state] if after not in reached]
    assert reached == set(table)
    assert any(not after for after in table.values())


def test_a_step_that_the_table_lacks_is_refused() -> None:
    assert step_check(RESERVATION, current="reserved", to="exposed") == "exposed"
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        step_check(RESERVATION, current="freed", to="exposed")


def test_what_lets_a_firm_sell_is_an_outcome() -> None:
    assert set(OUTCOMES) > OPEN_OUTCOMES


def test_a_case_has_no_dead_end() -> None:
    assert all(after and after <= CASE.keys() for after in CASE.values())
    assert step_check(CASE, current="closed", to="open") == "open"
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        step_check(CASE, current="open", to="closed")  # nobody looked into it
