"""``bin/bench score``: out of time, and what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from scf.benchmarks.scores import FILE, FOLDER, score_measure


def test_without_the_file_it_says_so(tmp_path: Path) -> None:
    assert score_measure(tmp_path) == {"ibm_receivables": "absent"}


@pytest.mark.skipif(not (FOLDER / FILE).exists(), reason="the published receivables are absent")
def test_late_payment_is_foretold_better_than_published() -> None:
    found = score_measure()["ibm_receivables"]
    assert found["tested"] == 872
    for how in ("direct_frozen", "direct_monthly", "card_frozen", "card_monthly"):
        assert found[how]["auc_ppm"] > 885_000
        assert found[how]["ece_ppm"] <= 20_000
    assert found["direct_monthly"]["auc_ppm"] > 895_000
    assert found["direct_monthly"]["auc_high_ppm"] > 900_000
    assert found["direct_monthly"]["auc_ppm"] < found["hindsight_auc_ppm"] < 910_000
