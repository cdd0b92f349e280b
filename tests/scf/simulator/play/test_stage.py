from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.errors import InvariantViolated
from scf.simulator.play.picks import receivable_named
from scf.simulator.population import FEATURED_CODE
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_what_cannot_be_sold_is_refused_with_the_reason(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        short = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no="INV-2603-0402"
        )
        with pytest.raises(InvariantViolated, match="not_ready"):
            stage.sell(receivable_id=short.id, maker="supplier", checker="supplier2")


def test_ending_a_day_opens_the_next_business_day(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path, business_date=date(2026, 3, 13)) as stage:
        stage.day_end()
        assert stage.programme.business_date == date(2026, 3, 16)  # over the weekend
