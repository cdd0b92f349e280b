"""``bin/manage score_calibrate``: chances of a card fitted on a later period."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.scoring.calibrating import METHODS
from risk.scoring.card import Card, card_load
from risk.scoring.reading import Columns, rows_read
from risk.scoring.training import card_calibrate
from scf.access.refusals import refusal_text
from scf.management.commands.score_train import card_told, card_write, file_read


class Command(BaseCommand):
    help = "Fit a card's chances on rows decided after its split; points stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("card", type=Path)
        parser.add_argument("later", type=Path)
        parser.add_argument("--target", required=True)
        parser.add_argument("--time", required=True)
        parser.add_argument("--method", default="", choices=("", *METHODS))
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        card = card_read(options["card"])
        try:
            rows = rows_read(
                file_read(options["later"]),
                columns=Columns(options["target"], options["time"]),
                specs=[one.spec for one in card.features],
            )
            found = card_calibrate(card, rows, method=options["method"])
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        card_write(found, options["out"])
        self.stdout.write(card_told(found, as_json=options["json"]))


def card_read(path: Path) -> Card:
    """A card's file, or a CommandError that says what is wrong with it."""
    try:
        return card_load(json.loads(file_read(path)))
    except (ValueError, DomainError) as error:
        raise CommandError(f"{path}: {error}", returncode=1) from None
