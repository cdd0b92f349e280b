"""The demo's bank: answers payment files and lets obligors pay. For demo programmes only."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from scf.management.background import clock
from scf.management.demo import demo_programme
from scf.simulator.play.watch import bank_watch_once

POLL_SECONDS = 2.0


class Command(BaseCommand):
    help = "Play the bank of the demo: answer what was sent, pay what is due (once, or --watch)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="look again every two seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = demo_programme()
        if programme is None or not programme.is_demo:
            raise CommandError("there is no demo programme here: run demo_seed first")
        while True:
            self._look(programme_id=programme.id)
            if not options["watch"]:
                return
            time.sleep(POLL_SECONDS)

    def _look(self, *, programme_id: int) -> None:
        try:
            if bank_watch_once(programme_id=programme_id, at=clock()):
                self.stderr.write("银行：已出对账单")
        except DomainError as error:
            # A statement in the wrong moment (a day just closing) is written again at the next look.
            self.stderr.write(f"银行：{error.code}")
