import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    made = world_make(code="risk", start=TUESDAY)
    papers_deliver(
        world=made, number="INV-1", gross_minor=FACE, due_date=made.today + timedelta(days=TENOR)
    )
    return made


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("risk_run", *arguments, stdout=out)
    return out.getvalue()


def test_the_last_line_counts_the_verdicts(world: World) -> None:
    told: dict[str, Any] = json.loads(run("--json").splitlines()[-1])
    assert told["state"] == "done"
    assert told["as_of"] == world.today.isoformat()
    assert told["verdicts"] == {"ABSTAIN": told["parties"]}
    assert len(told["snapshot_hash"]) == 64


def test_people_read_lines(world: World) -> None:
    earlier = world.today - timedelta(days=1)
    told = run("--programme", "risk", "--as-of", earlier.isoformat())
    assert f"as of {earlier}" in told
    assert "ABSTAIN" in told


def test_a_programme_must_be_named_when_there_are_several(world: World) -> None:
    with pytest.raises(CommandError, match=r"network\.programme_unknown"):
        run("--programme", "none")
    world_make(code="other", start=TUESDAY)
    with pytest.raises(CommandError, match="--programme"):
        run()
