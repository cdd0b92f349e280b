"""A world for each test of this desk."""

import pytest

from tests.support.desks import Desks


@pytest.fixture
def desks(db: None) -> Desks:
    return Desks.make()
