"""The posting benchmark measures what it says, in a database of its own."""

import pytest

from scf.benchmarks.postings import postings_measure


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_journal_is_posted_and_timed() -> None:
    measured = postings_measure(journals=40, writers=2)
    assert (measured["journals"], measured["writers"]) == (40, 2)
    median, slowest = measured["median_ms"], measured["p99_ms"]
    assert isinstance(median, float)
    assert isinstance(slowest, float)
    assert 0 < median <= slowest
