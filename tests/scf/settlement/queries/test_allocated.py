import pytest

from scf.settlement.queries.allocated import allocated_map


@pytest.mark.django_db
def test_nothing_is_placed_on_what_nobody_paid() -> None:
    """What was placed is seen in the whole life of tests/scf/journeys/test_watching.py."""
    assert allocated_map(programme_id=1, refs=["claim:1"]) == {}
    assert allocated_map(programme_id=1, refs=[]) == {}
