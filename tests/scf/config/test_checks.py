"""The system check tells an operator when the strongest guard is off."""

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings


@pytest.mark.parametrize(("separate", "found"), [(True, []), (False, ["huoshui.W001"])])
def test_logging_in_as_the_owner_is_reported(
    settings: Settings, *, separate: bool, found: list[str]
) -> None:
    settings.HUOSHUI_APP_ROLE_SEPARATE = separate
    ids = [problem.id for problem in run_checks(tags=["security"])]
    assert [name for name in ids if name == "huoshui.W001"] == found
