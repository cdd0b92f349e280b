"""Listing: four eyes, a frozen and hashed term sheet, the rule pack's tenor."""

from scf.financing.signing import content_hash
from scf.journeys.listing import series_list, series_submit
from scf.products.queries import series_get, series_of_claim, term_sheet_of
from tests.scf.journeys.conftest import Refusing, Stage


def test_the_term_sheet_is_frozen_and_hashed(stage: Stage) -> None:
    series = stage.listed()
    sheet = term_sheet_of(series_id=series.id)
    assert sheet is not None
    assert sheet["content_hash"] == content_hash(sheet["content"])
    assert sheet["content"]["terms"]["rate_ppm"] == 55_000
    assert sheet["content"]["tax_withheld_minor"] == 0
    assert series_get(series_id=series.id).state == "listed"


def test_the_maker_does_not_list(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    asked = series_submit(actor=stage.world.actors["ops"], claim_id=claim.id, at=stage.world.at)
    with refused("access.denied"):
        series_list(
            actor=stage.world.actors["ops"],
            approval_id=asked.id,
            content_hash_seen=asked.content_hash,
            at=stage.world.at,
        )


def test_an_unregistered_claim_is_not_listed(stage: Stage, refused: Refusing) -> None:
    claim = stage.registered()
    series_submit(actor=stage.world.actors["ops"], claim_id=claim.id, at=stage.world.at)
    with refused("network.approval_pending"):
        series_submit(actor=stage.world.actors["ops"], claim_id=claim.id, at=stage.world.at)
    series = series_of_claim(claim_id=claim.id)
    assert series is not None
    assert series.state == "draft"
