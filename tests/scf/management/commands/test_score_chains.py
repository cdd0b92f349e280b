import csv
from pathlib import Path

import pytest
from django.core.management import call_command

from scf.benchmarks import score_chains


def test_chains_are_written_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SUPPLIERS", 30), ("DISTRIBUTORS", 40), ("ORDER_LINES", 2_500)):
        monkeypatch.setattr(score_chains, name, value)
    out = tmp_path / "rows.csv"
    call_command("score_chains", str(out), "--first", "3", "--chains", "2")
    rows = list(csv.DictReader(out.open()))
    assert {row["chain"] for row in rows} == {"3", "4"}
    assert {row["bad"] for row in rows} == {"0", "1"}
