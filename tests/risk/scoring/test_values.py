"""Rows that are kept keep everything of theirs."""

import numpy as np

from risk.scoring.values import Bin, FeatureSpec, LabelledRows


def test_kept_rows_keep_all_their_columns() -> None:
    rows = LabelledRows(
        specs=(FeatureSpec("a"),),
        columns={"a": np.array([1, 2, 3])},
        bad=np.array([0, 1, 0]),
        day=np.array([10, 20, 30]),
        data_hash="x",
        known_day=np.array([11, 21, 31]),
        feature_days={"a": np.array([9, 19, 29])},
    )
    kept = rows.rows(rows.day >= 20)
    assert (len(rows), len(kept)) == (3, 2)
    assert kept.columns["a"].tolist() == [2, 3]
    assert kept.known_day is not None
    assert kept.known_day.tolist() == [21, 31]
    assert kept.feature_days["a"].tolist() == [19, 29]
    assert Bin(3, 4, 0).total == 7
