import pytest

from scf.benchmarks.risk_http import DATA, PAGE, http_part


@pytest.mark.django_db
def test_without_a_risk_desk_there_is_nothing_to_measure() -> None:
    assert http_part(path=DATA) is None
    assert http_part(path=PAGE) is None
