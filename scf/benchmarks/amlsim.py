"""The public AMLSim sample: planted cycles by time-ordered search alone, and by a model."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from ledger.money import parse_minor
from risk.accounts.features import BOUNDS, account_features, cycle_accounts
from risk.accounts.measuring import (
    average_precision,
    folds_by_knot,
    recall_precision,
    scores_out_of_fold,
)
from risk.arrays import BoolArray
from risk.chain.tracing import Payments

FOLDER: Final = "amlsim/20K_cycle200"
PUBLISHED: Final = {"recall": 0.32, "precision": 0.17, "average_precision": 0.60}


def amlsim_measure(*, folder: Path) -> Mapping[str, object]:
    """Recall and precision of cycles alone, average precision of the model, by account.

    The model is judged out of fold; `without_amounts` leaves out every column of amounts,
    since the sample's planted payments are smaller than all others.
    """
    payments, labels = amlsim_read(folder=folder)
    size = len(labels)
    names, table = account_features(payments, size=size)
    fold = folds_by_knot(payments, size=size)
    plain = np.array(["amount" not in name and "least" not in name for name in names])
    recall, precision = recall_precision(cycle_accounts(payments, bounds=BOUNDS), labels)
    return {
        "accounts": size,
        "payments": len(payments),
        "fraud_accounts": int(labels.sum()),
        "columns": len(names),
        "cycles_recall": round(recall, 4),
        "cycles_precision": round(precision, 4),
        "average_precision": _judged(table, labels, fold),
        "average_precision_without_amounts": _judged(table[:, plain], labels, fold),
        "published": PUBLISHED,
    }


def amlsim_read(*, folder: Path) -> tuple[Payments, BoolArray]:
    """Payments in order of day, amounts in cents, and which accounts are labelled."""
    with (folder / "nodes.csv").open(encoding="utf-8") as stream:
        flags = {int(row["nodeid"]): row["isFraud"] != "0" for row in csv.DictReader(stream)}
    with (folder / "transactions.csv").open(encoding="utf-8") as stream:
        rows = np.array(
            [
                (
                    int(row["time"]),
                    int(row["sourceNodeId"]),
                    int(row["targetNodeId"]),
                    parse_minor(row["value"]),
                )
                for row in csv.DictReader(stream)
            ],
            dtype=np.int64,
        )
    rows = rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]
    day, payer, payee, amount = (np.ascontiguousarray(column) for column in rows.T)
    labels = np.array([flags[number] for number in range(len(flags))], dtype=bool)
    return Payments(day, payer, payee, amount), labels


def _judged(table: np.ndarray, labels: BoolArray, fold: np.ndarray) -> float:
    return round(average_precision(scores_out_of_fold(table, labels, fold), labels), 4)
