"""``bin/manage score_chains``: labelled rows of simulated chains, as the shipped card's CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.benchmarks.score_chains import HEADER, chain_rows


class Command(BaseCommand):
    help = "Simulate chains sixty days apart and write every judged firm's features and label."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--seed", type=int, default=20260318)
        parser.add_argument("--first", type=int, default=0, help="number of the first chain")
        parser.add_argument("--chains", type=int, default=18)

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = range(options["first"], options["first"] + options["chains"])
        count = 0
        with options["out"].open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number in numbers:
                for row in chain_rows(seed=options["seed"], number=number):
                    writer.writerow(row)
                    count += 1
        self.stdout.write(f"{count:,} rows of {len(numbers)} chains")
