import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.scf.management.commands.test_score_train import rows_written, train


def calibrate(card: Path, later: Path, out: Path, *more: str) -> str:
    told = StringIO()
    call_command(
        "score_calibrate", str(card), str(later), "--target", "lost", "--time", "on",
        "--out", str(out), *more, stdout=told,
    )  # fmt: skip
    return told.getvalue()


def test_chances_come_from_the_later_rows(tmp_path: Path) -> None:
    card, out = tmp_path / "card.json", tmp_path / "calibrated.json"
    train(rows_written(tmp_path / "rows.csv"), card, "--leave-out", "paid")
    later = rows_written(tmp_path / "later.csv", first=date(2025, 11, 1), days=100, seed=8)
    told = json.loads(calibrate(card, later, out, "--method", "platt", "--json").splitlines()[-1])
    assert told["calibration"]["method"] == "platt"
    assert told["calibration"]["from"] == "2025-11-01"
    assert told["metrics"]["calibration"]["ece_ppm"] < 40_000
    before, after = (json.loads(path.read_bytes()) for path in (card, out))
    assert before["features"] == after["features"]
    assert before["pd_ppm"] != after["pd_ppm"]


def test_rows_from_before_the_split_and_broken_cards_are_refused(tmp_path: Path) -> None:
    card = tmp_path / "card.json"
    data = rows_written(tmp_path / "rows.csv")
    train(data, card, "--leave-out", "paid")
    with pytest.raises(CommandError, match=r"risk\.calibration_early"):
        calibrate(card, data, tmp_path / "out.json")
    for text in ("not json", "{}"):
        card.write_text(text)
        with pytest.raises(CommandError, match=r"card\.json"):
            calibrate(card, data, tmp_path / "out.json")
