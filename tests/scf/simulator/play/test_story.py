"""The three weeks before the demo opens: what a visitor finds on the first morning."""

from __future__ import annotations

from pathlib import Path

import pytest

from scf.financing.queries import ClaimFacts, claims_list
from scf.network.queries import approvals_pending
from scf.network.values import Role, Scope
from scf.products.queries import bid_units, series_list
from scf.settlement.queries import entries_list, payouts_list
from scf.simulator.play.headless import outcome_read
from scf.simulator.play.stage import Stage
from scf.simulator.play.story import OPENING, PACKAGING, STORY_START, Story, story_is_told
from tests.scf.simulator.play.scenes import SMALL, stage_set

pytestmark = pytest.mark.django_db


def _claim(stage: Stage, invoice_no: str) -> ClaimFacts:
    return next(row for row in claims_list(scope=stage.desk()) if row.invoice_number == invoice_no)


def test_every_desk_finds_work_on_the_first_morning(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path, business_date=STORY_START, spec=SMALL) as stage:
        story = Story(stage=stage, say=lambda _: None)
        story.play_days()
        assert stage.programme.business_date == OPENING
        assert not story_is_told(programme_id=stage.cast.programme_id)
        stage.take_in(folder=tmp_path / "recent")
        story.play_opening()
        assert story_is_told(programme_id=stage.cast.programme_id)

        # paid and redeemed; paid out; on offer; waiting for the obligor
        assert _claim(stage, "INV-2511-0954").state == "settled"
        assert _claim(stage, "INV-2601-0122").state == "assigned"
        assert _claim(stage, "INV-2602-0266").state == "registered"
        assert _claim(stage, "INV-2602-0312").state == "matched"

        [offer] = series_list(programme_id=stage.cast.programme_id, states=["listed"])
        assert 0.71 < bid_units(series_id=offer.id) / offer.units < 0.73

        overdue = [row for row in claims_list(scope=stage.desk()) if row.payment_state == "overdue"]
        assert [row.supplier_id for row in overdue] == [stage.cast.party_ids[PACKAGING]]
        assert payouts_list(scope=stage.desk(), state="rejected")
        assert payouts_list(scope=stage.desk(), state="prepared")
        assert any(
            entry.remittance.startswith("转存") and entry.state == "unallocated"
            for entry in entries_list(scope=stage.desk())
        )
        outcome = outcome_read(stage=stage)
        assert outcome.ledger_verified, outcome.proofs
        assert outcome.stages["offerings"]["cancelled"] == 1


def test_a_day_that_was_played_is_not_played_again(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path, business_date=STORY_START, spec=SMALL) as stage:
        story = Story(stage=stage, say=lambda _: None)
        story._first_day()
        before = outcome_read(stage=stage)
        story._first_day()
        assert outcome_read(stage=stage) == before
        desk = Scope(programme_id=stage.cast.programme_id, role=Role.SUPPLIER, party_ids=None)
        assert approvals_pending(scope=desk) == []
