"""``bin/manage score_train``: a scorecard from labelled rows, without looking ahead."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.facts import day_number
from risk.scoring.binning import BinRules
from risk.scoring.card import Card, card_bytes, card_hash
from risk.scoring.features import FEATURES
from risk.scoring.reading import Columns, rows_read
from risk.scoring.training import card_train
from risk.scoring.values import CARDS
from scf.access.refusals import refusal_text


class Command(BaseCommand):
    help = "Train a scorecard on a CSV of labelled decisions; rows from the split on only measure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", type=Path)
        parser.add_argument("--card", required=True, choices=CARDS)
        parser.add_argument(
            "--target", required=True, help="a 0/1 column, or COL>N, COL<N, COL=WORD"
        )
        parser.add_argument("--time", required=True, help="column of the day of the decision")
        parser.add_argument(
            "--split", type=date.fromisoformat, required=True, help="first day not trained on"
        )
        parser.add_argument(
            "--features", default="", help="columns by comma; all others by default"
        )
        parser.add_argument("--leave-out", default="", help="columns by comma")
        parser.add_argument(
            "--known", action="append", default=[], help="FEATURE=DATECOLUMN: when it became known"
        )
        parser.add_argument(
            "--outcome-known", default="", help="column of the date the outcome was known"
        )
        parser.add_argument(
            "--origin", default="institution", choices=("institution", "simulation")
        )
        parser.add_argument(
            "--missing-neutral", action="store_true", help="the lack of a figure weighs nothing"
        )
        parser.add_argument("--seed", type=int, default=1, help="of the bootstrap intervals")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        columns = Columns(
            target=options["target"],
            time=options["time"],
            features=_names(options["features"]),
            leave_out=_names(options["leave_out"]),
            known=_known(options["known"]),
            outcome_known=options["outcome_known"],
        )
        try:
            rows = rows_read(
                file_read(options["data"]),
                columns=columns,
                catalogue=FEATURES if options["card"] == "application" else (),
            )
            card = card_train(
                rows,
                name=options["card"],
                split_day=day_number(options["split"]),
                seed=options["seed"],
                rules=BinRules(missing_neutral=options["missing_neutral"]),
                origin=options["origin"],
            )
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        card_write(card, options["out"])
        self.stdout.write(card_told(card, as_json=options["json"]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _known(pairs: list[str]) -> dict[str, str]:
    parts = [pair.partition("=") for pair in pairs]
    if any(not sign for _, sign, _ in parts):
        raise CommandError("--known wants FEATURE=DATECOLUMN", returncode=2)
    return {feature.strip(): column.strip() for feature, _, column in parts}


def file_read(path: Path) -> bytes:
    """A file's bytes, or a CommandError that names it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=1) from None


def card_write(card: Card, path: Path) -> None:
    """The canonical bytes: the file's SHA-256 is the card's hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(card_bytes(card))


def card_told(card: Card, *, as_json: bool) -> str:
    """What came out: hash, features, metrics by period."""
    told = {
        "card": card.name,
        "hash": card_hash(card),
        "features": {one.spec.code: list(one.points) for one in card.features},
        "left_out": card.facts["left_out"],
        "split_date": card.facts["split_date"],
        "data_hash": card.facts["data_hash"],
        "calibration": card.facts["calibration"],
        "metrics": {
            period: {name: value for name, value in found.items() if not isinstance(value, list)}
            for period, found in card.facts["metrics"].items()
        },
    }
    if as_json:
        return json.dumps(told, ensure_ascii=False)
    lines = [f"{card.name} {told['hash']}", f"features {', '.join(told['features'])}"]
    lines += [
        f"{period:<12} rows {found['rows']:>6} bad {found['bad']:>5} auc {found['auc_ppm'] / 1e6:.4f}"
        f" ks {found['ks_ppm'] / 1e6:.4f} ece {found['ece_ppm'] / 1e6:.4f}"
        for period, found in told["metrics"].items()
        if found["auc_ppm"] is not None
    ]
    return "\n".join(lines)
