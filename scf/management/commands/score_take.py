"""``bin/manage score_take``: keep a trained card as a draft, which another person approves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.scoring.card import card_data, card_hash
from scf.access.refusals import refusal_text
from scf.journeys.scoring import scorecard_take
from scf.management.commands.risk_run import programme_chosen
from scf.management.commands.score_calibrate import card_read
from scf.network.queries import actors_list
from scf.network.values import Role


class Command(BaseCommand):
    help = "Bring a card's file to the risk desk as a draft, in the name of somebody there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("card", type=Path)
        parser.add_argument("--by", required=True, help="name of a person at the risk desk")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--programme", default="", help="its code; the only one by default")

    def handle(self, *args: Any, **options: Any) -> None:
        card = card_read(options["card"])
        programme = programme_chosen(code=options["programme"])
        people = actors_list(programme_id=programme.id, role=Role.RISK)
        actor = next((each for each in people if each.name == options["by"]), None)
        if actor is None:
            names = ", ".join(sorted(each.name for each in people))
            raise CommandError(f"nobody of that name at the risk desk: {names}", returncode=1)
        try:
            card_id = scorecard_take(
                actor=actor,
                data=card_data(card),
                reason=options["reason"],
                at=datetime.now(tz=UTC),
            )
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        self.stdout.write(f"draft {card_id}: {card.name} {card_hash(card)}")
