from __future__ import annotations

from pathlib import Path

import pytest

from scf.management.demo import supplier_ids
from scf.settlement.queries import payouts_list
from scf.simulator.play.lives import issued
from scf.simulator.play.picks import receivable_named
from scf.simulator.play.watch import bank_watch_once, patience_days
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from tests.scf.simulator.play.scenes import stage_set


def test_most_obligors_pay_on_the_day_and_always_decide_alike() -> None:
    days = [patience_days(f"INV-{number:04d}") for number in range(400)]
    assert days == [patience_days(f"INV-{number:04d}") for number in range(400)]
    assert days.count(0) > 320
    assert set(days) == {0, 3, 8}


@pytest.mark.django_db
def test_the_bank_answers_a_payment_file_once(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        programme_id = stage.cast.programme_id
        suppliers = supplier_ids(programme_id=programme_id)
        assert not bank_watch_once(
            programme_id=programme_id, supplier_ids=suppliers, at=stage.clock()
        )
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        stage.payouts_sign()
        assert bank_watch_once(programme_id=programme_id, supplier_ids=suppliers, at=stage.clock())
        stage.drain()
        assert payouts_list(scope=stage.desk(), state="sent") == []
        assert not bank_watch_once(
            programme_id=programme_id, supplier_ids=suppliers, at=stage.clock()
        )
