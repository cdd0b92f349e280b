import json
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command


def rows_written(
    path: Path, *, first: date = date(2025, 1, 1), days: int = 400, seed: int = 3
) -> Path:
    """Decisions of which those with a large figure go bad more often; paid 40 days later."""
    draw = np.random.default_rng(seed)
    lines = ["on,figure,word,paid,lost"]
    for number in range(1_500):
        figure = int(draw.integers(0, 100))
        bad = int(draw.random() < 0.05 + figure / 250)
        on = first + timedelta(days=number * days // 1_500)
        word = "red" if draw.random() < 0.3 + 0.3 * bad else "blue"
        lines.append(f"{on},{figure},{word},{on + timedelta(days=40)},{bad}")
    path.write_text("\n".join(lines) + "\n")
    return path


def train(data: Path, out: Path, *more: str) -> str:
    told = StringIO()
    call_command(
        "score_train", str(data), "--card", "fraud", "--target", "lost", "--time", "on",
        "--split", "2025-11-01", "--out", str(out), *more, stdout=told,
    )  # fmt: skip
    return told.getvalue()


def test_a_card_is_written_and_its_hash_is_the_file_s(tmp_path: Path) -> None:
    data, out = rows_written(tmp_path / "rows.csv"), tmp_path / "cards" / "card.json"
    told = json.loads(train(data, out, "--leave-out", "paid", "--json").splitlines()[-1])
    assert told["hash"] == sha256(out.read_bytes()).hexdigest()
    assert set(told["features"]) == {"figure", "word"}
    assert told["metrics"]["later"]["auc_ppm"] > 550_000
    assert told["split_date"] == "2025-11-01"
    lines = train(data, out, "--features", "figure")
    assert "features figure" in lines
    assert "later" in lines


def test_the_day_of_payment_is_refused_as_a_leak(tmp_path: Path) -> None:
    data = rows_written(tmp_path / "rows.csv")
    with pytest.raises(CommandError, match=r"paid.*risk\.feature_leaks"):
        train(data, tmp_path / "card.json")
    with pytest.raises(CommandError, match=r"figure.*risk\.feature_leaks"):
        train(data, tmp_path / "card.json", "--features", "figure", "--known", "figure=paid")
    assert not (tmp_path / "card.json").exists()


def test_outcomes_known_only_later_do_not_train(tmp_path: Path) -> None:
    data, out = rows_written(tmp_path / "rows.csv"), tmp_path / "card.json"
    train(data, out, "--features", "figure", "--outcome-known", "paid")
    card = json.loads(out.read_bytes())
    assert card["facts"]["training"]["until"] < "2025-09-23"


def test_what_is_asked_wrongly_is_said_in_words(tmp_path: Path) -> None:
    data = rows_written(tmp_path / "rows.csv")
    with pytest.raises(CommandError, match="FEATURE=DATECOLUMN"):
        train(data, tmp_path / "card.json", "--known", "figure")
    with pytest.raises(CommandError, match=r"none\.csv"):
        train(tmp_path / "none.csv", tmp_path / "card.json")
