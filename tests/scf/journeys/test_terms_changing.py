"""New terms: proposed by one, put into force by another, for quotes from then on."""

from dataclasses import replace
from typing import Any

from scf.journeys.terms_changing import KIND, terms_approve, terms_submit
from scf.products.queries import template_current
from scf.simulator.worked.world import TERMS
from tests.scf.journeys.conftest import Refusing, Stage

DEARER = replace(TERMS, rate_ppm=62_500)


def rate(stage: Stage) -> int:
    return template_current(programme_id=stage.world.programme_id, kind=KIND).rate_ppm


def test_new_terms_wait_for_a_second_person(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    asked = terms_submit(actor=world.actors["ops"], terms=DEARER, at=world.at)
    assert rate(stage) == 55_000
    seen: dict[str, Any] = {
        "approval_id": asked.id,
        "content_hash_seen": asked.content_hash,
        "at": world.at,
    }
    with refused("access.own_work"):
        terms_approve(actor=world.actors["ops"], **seen)
    assert terms_approve(actor=world.actors["ops2"], **seen) == 2
    assert rate(stage) == 62_500


def test_nobody_approves_what_they_made_or_did_not_see(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    asked = terms_submit(actor=world.actors["ops2"], terms=DEARER, at=world.at)
    with refused("access.own_work"):
        terms_approve(
            actor=world.actors["ops2"],
            approval_id=asked.id,
            content_hash_seen=asked.content_hash,
            at=world.at,
        )
    with refused("network.approval_pending"):
        terms_submit(actor=world.actors["ops"], terms=TERMS, at=world.at)


def test_terms_out_of_bounds_and_other_desks_are_refused(stage: Stage, refused: Refusing) -> None:
    world = stage.world
    with refused("financing.terms_invalid"):
        terms_submit(
            actor=world.actors["ops"], terms=replace(TERMS, holdback_ppm=1_000_000), at=world.at
        )
    with refused("access.denied"):
        terms_submit(actor=world.actors["supplier"], terms=DEARER, at=world.at)
