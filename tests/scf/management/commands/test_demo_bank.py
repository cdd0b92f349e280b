from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scf.settlement.queries import payouts_list
from scf.simulator.play.lives import issued
from scf.simulator.play.picks import receivable_named
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_without_a_demo_there_is_no_bank() -> None:
    with pytest.raises(CommandError, match="demo_seed"):
        call_command("demo_bank")


def test_one_look_answers_what_was_sent(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        stage.payouts_sign()
        told = StringIO()
        call_command("demo_bank", stderr=told)
        assert "对账单" in told.getvalue()
        stage.drain()
        assert payouts_list(scope=stage.desk(), state="sent") == []
