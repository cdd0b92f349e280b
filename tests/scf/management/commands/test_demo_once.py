"""The headless lives with a real worker; the same lives in one process are tested every run."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.scf.simulator.play.scenes import stage_set
from tests.support.worker import CeleryWorker


@pytest.mark.django_db
def test_a_database_with_a_demo_in_it_is_left_alone(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path), pytest.raises(CommandError, match="empty database"):
        call_command("demo_once")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lives_run_through_workers_and_end_in_a_summary(celery_worker: CeleryWorker) -> None:
    out = StringIO()
    call_command("demo_once", "--json", stdout=out)
    summary = json.loads(out.getvalue().splitlines()[-1])
    assert summary["ledger_verified"] is True
    assert summary["money_in_minor"] == summary["money_out_minor"] > 0
    assert summary["stages"]["claims"] == {"released": 1, "settled": 4}
