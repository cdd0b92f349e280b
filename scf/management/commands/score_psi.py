"""``bin/manage score_psi``: how far rows have drifted from those a card was trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.policy import ScorePolicy
from risk.scoring.card import card_drift, card_hash
from risk.scoring.firms import drift_state
from risk.scoring.reading import figures_read
from scf.access.refusals import refusal_text
from scf.management.commands.score_calibrate import card_read
from scf.management.commands.score_train import file_read


class Command(BaseCommand):
    help = "PSI of the score and of every feature; ends with 1 where the card must not be used."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("card", type=Path)
        parser.add_argument("data", type=Path)
        parser.add_argument(
            "--time", default="", help="column of the day, where a feature is a date"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        card, policy = card_read(options["card"]), ScorePolicy()
        try:
            columns = figures_read(
                file_read(options["data"]),
                specs=[one.spec for one in card.features],
                time=options["time"],
            )
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        drift = card_drift(card, columns)
        rows = len(next(iter(columns.values())))
        state = drift_state(
            drift["score"],
            firms=rows,
            warn_ppm=policy.psi_warn_ppm,
            stop_ppm=policy.psi_stop_ppm,
            least_firms=policy.psi_least_firms,
        )
        told = {"card_hash": card_hash(card), "rows": rows, "state": state, "psi_ppm": drift}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"{state}: {rows:,} rows")
            for name, value in drift.items():
                self.stdout.write(f"  {name:<28} {value / 1e6:.4f}")
        if state == "stop":
            raise CommandError("the card must not be used on these rows", returncode=1)
