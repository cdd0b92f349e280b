"""Scorecards at the risk desk: the table of permissions, four eyes, the card that ships."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from risk.queries.scores import cards_list
from risk.scoring.card import card_hash, card_load
from scf.journeys.scoring import (
    drift_write_within,
    scorecard_approve,
    scorecard_decline,
    scorecard_take,
    shipped_card,
)
from tests.scf.journeys.conftest import Stage

pytestmark = pytest.mark.django_db


def take(stage: Stage, who: str = "risk") -> int:
    world = stage.world
    return scorecard_take(actor=world.actors[who], data=shipped_card(), reason="随附", at=world.at)


def test_the_shipped_card_says_that_it_is_simulated() -> None:
    card = card_load(shipped_card())
    assert card.name == "application"
    assert card.facts["origin"] == "simulation"
    assert card.facts["calibration"]["on"] == "later"
    assert card_hash(card) == card_hash(card_load(shipped_card()))


def test_one_brings_it_and_another_puts_it_into_force(stage: Stage) -> None:
    world = stage.world
    card_id = take(stage)
    with pytest.raises(DomainError, match=r"access\.own_work"):
        scorecard_approve(actor=world.actors["risk"], card_id=card_id, at=world.at)
    scorecard_approve(actor=world.actors["risk2"], card_id=card_id, at=world.at)
    assert cards_list(programme_ref=world.programme.book)[0].state == "approved"


def test_another_sends_it_back(stage: Stage) -> None:
    world = stage.world
    card_id = take(stage)
    scorecard_decline(
        actor=world.actors["risk2"], card_id=card_id, reason="等自己的数据", at=world.at
    )
    assert cards_list(programme_ref=world.programme.book)[0].answer == "等自己的数据"


@pytest.mark.parametrize("who", ["supplier", "ops", "A"])
def test_other_desks_have_no_say(stage: Stage, who: str) -> None:
    with pytest.raises(DomainError, match=r"access\.denied"):
        take(stage, who)
    card_id = take(stage)
    world = stage.world
    with pytest.raises(DomainError, match=r"access\.denied"):
        scorecard_approve(actor=world.actors[who], card_id=card_id, at=world.at)


def test_an_unknown_run_has_no_drift(stage: Stage) -> None:
    with pytest.raises(DomainError, match=r"risk\.run_unknown"):
        drift_write_within(run_id=404, at=stage.world.at)
