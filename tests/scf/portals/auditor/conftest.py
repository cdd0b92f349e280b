"""A world with an auditor, who only reads."""

import pytest

from scf.journeys.founding import seat_give
from scf.network.values import Role, Seat
from tests.support.desks import Desks


@pytest.fixture
def desks(db: None) -> Desks:
    made = Desks.make()
    made.world.actors["auditor"] = seat_give(
        programme_id=made.world.programme_id,
        username="desks-auditor",
        display_name="auditor",
        password="still-water-926",
        role=Role.AUDITOR,
        seat=Seat.VIEWER,
    )
    return made
