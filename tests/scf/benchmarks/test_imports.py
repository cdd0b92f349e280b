"""The import benchmark measures what it says, in a database of its own."""

import pytest

from scf.benchmarks.imports import import_measure


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_line_is_imported_and_agrees() -> None:
    measured = import_measure(order_lines=40)
    assert (measured["rows"], measured["order_lines"], measured["agree"]) == (120, 40, 40)
    for name in ("read_seconds", "import_seconds", "match_seconds"):
        seconds = measured[name]
        assert isinstance(seconds, float)
        assert seconds >= 0
