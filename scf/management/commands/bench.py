"""Run one benchmark and print what it measured."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.benchmarks.detect import detect_report, table_lines
from scf.benchmarks.imports import import_measure
from scf.benchmarks.pages import pages_measure
from scf.benchmarks.postings import postings_measure
from scf.benchmarks.risk import SCALES, lines_of, risk_measure
from scf.benchmarks.scores import score_measure

BENCHMARKS: dict[str, Callable[[], Mapping[str, object]]] = {
    "detect": lambda: detect_report(first_seed=None, data=None),
    "import": import_measure,
    "pages": pages_measure,
    "postings": postings_measure,
    "risk": risk_measure,
    "score": score_measure,
}


class Command(BaseCommand):
    """The last line is a JSON object; with --json it is the only one."""

    help = "Run one benchmark by name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(BENCHMARKS))
        parser.add_argument(
            "--seed", type=int, help="detect: first of five chains' seeds; risk: its chain's"
        )
        parser.add_argument("--data", type=Path, help="detect: folder of published data")
        parser.add_argument(
            "--scale", choices=sorted(SCALES), default="chain", help="risk: how many firms"
        )
        parser.add_argument("--json", action="store_true", help="print nothing but the object")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        run = BENCHMARKS[name]
        if name == "detect" and (options["seed"], options["data"]) != (None, None):
            run = partial(detect_report, first_seed=options["seed"], data=options["data"])
        if name == "risk":
            seed = {} if options["seed"] is None else {"seed": options["seed"]}
            run = partial(risk_measure, scale=options["scale"], **seed)
        measured = {"benchmark": name, **run()}
        if not options["json"]:
            for line in lines_of(measured) if name == "risk" else table_lines(measured):
                self.stdout.write(line)
            for name, value in measured.items():
                self.stdout.write(f"{name:24} {value}")
        self.stdout.write(json.dumps(measured, ensure_ascii=False))
