"""State axes: no dead ends, no state without a line, every refusal names the step."""

import pytest

from ledger.errors import DomainError
from scf.financing.lifecycle import CLAIM, CLAIM_FREED, PAYMENT
from scf.network.transitions import Axis, axis
from scf.products.lifecycle import OFFERING, SUBSCRIPTION


@pytest.mark.parametrize("table", [CLAIM, PAYMENT, OFFERING, SUBSCRIPTION], ids=lambda a: a.name)
def test_every_state_is_reached_and_leads_to_an_end(table: Axis) -> None:
    reached, waiting = {table.start}, [table.start]
    while waiting:
        for after in table.table[waiting.pop()] - reached:
            reached.add(after)
            waiting.append(after)
    assert reached == set(table.table)
    ends = table.ends() or {"paid"}
    for state in table.table:
        seen, waiting = {state}, [state]
        while waiting:
            for after in table.table[waiting.pop()] - seen:
                seen.add(after)
                waiting.append(after)
        assert seen & ends, f"{table.name}: {state} leads nowhere"


def test_a_freed_claim_is_at_an_end() -> None:
    assert CLAIM.ends() >= CLAIM_FREED


def test_a_step_not_in_the_table_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        CLAIM.check(current="draft", to="assigned")
    assert refused.value.facts == {"axis": "claim", "current": "draft", "to": "assigned"}
    assert CLAIM.check(current="draft", to="submitted") == "submitted"
    assert CLAIM.sources("submitted") == {"draft"}


def test_a_table_with_a_state_that_has_no_line_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="gone"):
        axis("broken", "here", {"here": "gone"})
