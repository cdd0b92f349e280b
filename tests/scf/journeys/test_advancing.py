"""Several ends of day in a row, resumed where an earlier attempt stopped."""

from typing import Any

import pytest

from scf.journeys.advancing import days_advance_request, days_advance_run
from scf.network.models import Programme
from tests.scf.journeys.conftest import Refusing, Stage


class Killed(Exception):
    """The worker died here."""


def _run(stage: Stage, done: Any, on_day: Any) -> None:
    days_advance_run(
        programme_id=stage.world.programme_id,
        days=3,
        done=done,
        by="ops",
        at=stage.world.at,
        on_day=on_day,
    )


def test_killed_in_the_second_day_it_goes_on_there(stage: Stage) -> None:
    finished = []

    def die(number: Any) -> None:
        if number == 2:
            raise Killed
        finished.append(number)

    with pytest.raises(Killed):
        _run(stage, 0, die)
    assert finished == [1]
    _run(stage, 1, finished.append)
    assert finished == [1, 2, 3]
    assert stage.world.today.isoformat() == "2026-03-20"


def test_asked_twice_in_a_row_it_runs_once(stage: Stage, refused: Refusing) -> None:
    def ask() -> None:
        days_advance_request(actor=stage.world.actors["ops"], days=1, at=stage.world.at)

    Programme.objects.filter(pk=stage.world.programme_id).update(is_demo=True)
    ask()
    with refused("network.day_under_way"):
        ask()
    days_advance_run(
        programme_id=stage.world.programme_id,
        days=1,
        done=0,
        by="ops",
        at=stage.world.at,
        on_day=lambda _number: None,
    )
    assert stage.world.today.isoformat() == "2026-03-18"
    ask()
