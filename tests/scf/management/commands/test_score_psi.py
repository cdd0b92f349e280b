import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.scf.management.commands.test_score_train import rows_written, train


def test_the_training_rows_are_as_trained_and_others_stop_the_card(tmp_path: Path) -> None:
    card, data = tmp_path / "card.json", rows_written(tmp_path / "rows.csv")
    train(data, card, "--leave-out", "paid")
    out = StringIO()
    call_command("score_psi", str(card), str(data), "--json", stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert (told["state"], told["rows"]) == ("ok", 1_500)
    assert told["psi_ppm"]["figure"] < 10_000
    lines = data.read_text().splitlines()
    other = tmp_path / "other.csv"
    moved = [",".join([row.split(",")[0], "99", *row.split(",")[2:]]) for row in lines[1:]]
    other.write_text("\n".join([lines[0], *moved]) + "\n")
    with pytest.raises(CommandError, match="must not be used"):
        call_command("score_psi", str(card), str(other), stdout=out)
    assert "stop: 1,500 rows" in out.getvalue()


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    card = tmp_path / "card.json"
    train(rows_written(tmp_path / "rows.csv"), card, "--leave-out", "paid")
    other = tmp_path / "other.csv"
    other.write_text("on,word\n2026-01-01,red\n")
    with pytest.raises(CommandError, match=r"figure.*risk\.column_missing"):
        call_command("score_psi", str(card), str(other))
