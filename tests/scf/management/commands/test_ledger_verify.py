"""The proof command: proved books exit 0, a broken promise exits 1 and is named."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from scf.journeys.day_end import day_end_now
from scf.simulator.worked.life import claim_offered, issued, listed, money_leaves
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make

pytestmark = pytest.mark.django_db(transaction=True)


def _world() -> World:
    world = world_make(code="verify", start=TUESDAY)
    claim = claim_offered(world=world, face_minor=FACE, tenor_days=TENOR)
    issued(world=world, series=listed(world=world, claim=claim), bids=BIDS)
    return world


def test_proved_books_are_told_and_exit_well() -> None:
    money_leaves(world=_world())
    out = StringIO()
    call_command("ledger_verify", "--json", stdout=out)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert report["ok"]
    assert report["programmes"]["verify"]["escrow"] == {"ok": True, "difference": 0, "detail": ""}
    text = StringIO()
    call_command("ledger_verify", programme="verify", stdout=text)
    assert "verify: proved" in text.getvalue()


def test_an_unswept_fee_is_named_and_exits_with_one() -> None:
    world = _world()
    day_end_now(actor=world.actors["ops"], at=world.at)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("ledger_verify", stdout=out)
    assert ended.value.code == 1
    assert "NOT PROVED" in out.getvalue()
    assert "138654" in out.getvalue()
