"""Five whole lives, from the ERP's files to the last withdrawal, against the published figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from scf.simulator.play.headless import DEPOSIT_MINOR, Headless
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_five_lives_end_as_they_should_and_the_book_proves_itself(tmp_path: Path) -> None:
    said: list[str] = []
    with stage_set(folder=tmp_path) as stage:
        outcome = Headless(stage=stage, say=said.append).play()

    assert outcome.business_date == date(2026, 6, 18)
    assert outcome.ledger_verified, outcome.proofs
    assert outcome.stages["claims"] == {"settled": 4, "released": 1}
    assert outcome.stages["offerings"] == {"redeemed": 4, "cancelled": 1}
    assert outcome.stages["payouts"]["rejected"] == 2
    # What came in went out: investors and obligors paid, everybody was paid, the account is empty.
    faces = 100_000_000 + 68_450_000 + 80_000_000 + 120_000_000
    assert outcome.money_in_minor == outcome.money_out_minor == 3 * DEPOSIT_MINOR + faces
    assert outcome.escrow_minor == 0
    assert len(said) == 3
    assert json.loads(json.dumps(asdict(outcome), default=str))["stages"] == outcome.stages
