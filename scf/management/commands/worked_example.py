"""Run the design's worked examples through the real journeys in a scratch database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.runtime.scratch import scratch_database
from scf.simulator.worked.receivable import CASES


class Command(BaseCommand):
    help = "Worked examples through the real journeys in a scratch database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("product", choices=["receivable"])
        parser.add_argument("--json", action="store_true", help="only the JSON, on one line")
        parser.add_argument("--case", choices=sorted(CASES), action="append")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["case"] or list(CASES)
        cases = {}
        with scratch_database(label="worked"):
            for name in names:
                if not options["json"]:
                    self.stderr.write(f"{name} ...")
                cases[name] = CASES[name]()
        indent = None if options["json"] else 2
        self.stdout.write(json.dumps({"cases": cases}, indent=indent, ensure_ascii=False))
