"""``bin/manage risk_graph EDGES.csv --measure NAME``: measure a chain from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from risk.edge_measures import MEASURES, SIDES, SPAN_DAYS, STEPS, Asked, measure_edges
from risk.edges import edges_read

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Measure a chain given as supplier,customer,weight (optional supplierNACE, customerNACE, "
        "type 2|1|0, day) and name the variant. Exit code 2 when the file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edges", type=Path, help="a CSV file")
        parser.add_argument("--measure", required=True, choices=sorted(MEASURES))
        parser.add_argument("--side", choices=SIDES, default="buyers", help="for hhi")
        parser.add_argument("--span-days", type=int, default=SPAN_DAYS, help="for cycles")
        parser.add_argument("--steps", type=int, default=STEPS, help="step budget for cycles")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        table = edges_read(options["edges"])
        asked = Asked(options["side"], options["span_days"], options["steps"])
        answer = measure_edges(table, measure=options["measure"], asked=asked)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._print(answer)
        if not table.usable:
            raise CommandError(table.findings[0].text, returncode=UNUSABLE)

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"{answer['measure']}: {answer['variant']}")
        for finding in answer["findings"]:
            self.stdout.write(f"! {finding['code']} ({finding['count']}): {finding['text']}")
        for ring in answer.get("cycles", ()):
            self.stdout.write(" > ".join([*ring, ring[0]]))
        for firm, value in answer.get("values", {}).items():
            self.stdout.write(f"{firm}\t{'-' if value is None else value}")
