"""A world for each test of the supplier's desk."""

import pytest

from tests.support.desks import Desks


@pytest.fixture
def desks(db: None) -> Desks:
    return Desks.make()
