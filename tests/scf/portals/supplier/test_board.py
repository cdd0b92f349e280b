"""One word of state for every receivable."""

from datetime import date
from typing import Any

import pytest

from scf.financing.lifecycle import CLAIM_LIVE
from scf.network.values import Role, Scope
from scf.portals.axes import AXES
from scf.portals.supplier.board import board_load, claim_word
from tests.support.desks import Desks

ON = date(2026, 3, 18)


def claim(**changes: Any) -> dict[str, Any]:
    facts = {
        "state": "assigned",
        "payment_state": "scheduled",
        "payment_date": date(2026, 3, 10),
        "is_misdirected": False,
        "is_frozen": False,
    }
    return {**facts, **changes}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("funded", "")),
        ({"state": "draft"}, ("basket", "")),
        ({"state": "matched"}, ("confirming", "")),
        ({"payment_state": "due"}, ("due", "")),
        ({"payment_state": "overdue"}, ("late", "8 天")),
        ({"is_misdirected": True, "payment_state": "overdue"}, ("misdirected", "")),
        ({"is_frozen": True}, ("frozen", "")),
        ({"state": "settled"}, ("settled", "")),
    ],
)
def test_a_claim_s_word(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert claim_word(claim(**changes), series=None, on=ON) == expected


def test_an_offering_shows_how_full_it_is() -> None:
    series = {"state": "listed", "units": 200, "bid_units": 144}
    assert claim_word(claim(state="registered"), series=series, on=ON) == ("raising", "72%")
    full = {"state": "funded", "units": 200, "bid_units": 200}
    assert claim_word(claim(state="registered"), series=full, on=ON) == ("raised", "")


def test_every_live_claim_state_has_a_word_and_a_colour() -> None:
    for state in CLAIM_LIVE:
        word, _note = claim_word(claim(state=state), series=None, on=ON)
        assert word in AXES["receivable"], state


def test_what_can_be_sold_comes_first(desks: Desks) -> None:
    desks.submitted("INV-0001")
    desks.papers("INV-0002")
    world = desks.world
    scope = Scope(world.programme_id, Role.SUPPLIER, frozenset({world.party("supplier")}))
    board = board_load(scope=scope, supplier_id=world.party("supplier"), on=world.today)
    assert [line.state for line in board.lines] == ["ready", "basket"]
    assert board.lines[0].today_minor == 93_581_346
    assert board.lines[1].today_minor is None
