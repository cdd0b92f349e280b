"""The helpers that expect a refusal fail when there is none, or another one.

Many tests say nothing but ``with refused("room.word")``; this is what makes them able to fail.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from _pytest.outcomes import Failed

from ledger.errors import DomainError
from tests.ledger.books import refused as ledger_refused
from tests.risk.operations.test_gates import refused as gate_refused
from tests.risk.operations.test_limits import refused as limit_refused
from tests.scf.journeys.conftest import Refused

pytestmark = pytest.mark.django_db
Helper = Callable[[str], AbstractContextManager[Any]]
HELPERS: tuple[Helper, ...] = (ledger_refused, gate_refused, limit_refused, Refused)


@pytest.mark.parametrize("helper", HELPERS)
def test_nothing_refused_is_a_failure(helper: Helper) -> None:
    with pytest.raises((AssertionError, Failed)), helper("room.word"):
        pass


@pytest.mark.parametrize("helper", HELPERS)
def test_another_refusal_is_a_failure(helper: Helper) -> None:
    with pytest.raises(AssertionError), helper("room.word"):
        raise DomainError("room.other")


@pytest.mark.parametrize("helper", HELPERS)
def test_the_refusal_itself_passes(helper: Helper) -> None:
    with helper("room.word"):
        raise DomainError("room.word", fact=1)
