"""Write a simulated appliance maker's chain as ERP files; no database is touched."""

from __future__ import annotations

import json
import resource
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scf.simulator.files import Plot, chain_write
from scf.simulator.frauds.values import (
    FRAUD_KINDS,
    LOOKALIKE_KINDS,
    counts_read,
    wanted_any,
)
from scf.simulator.values import ChainSpec

# Order lines a month when none are asked for, about as in the demo.
LINES_A_SUPPLIER, LINES_A_DISTRIBUTOR = 7, 1.3
_DAYS_A_MONTH = 365.25 / 12


class Command(BaseCommand):
    help = (
        "Write a simulated chain (parties, orders ... payments) as canonical CSV files; with"
        " frauds or look-alikes also labels.csv (the answers, never imported) and bank/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?")
        parser.add_argument("--out", type=Path, help="the folder, named otherwise")
        demo = ChainSpec()
        parser.add_argument("--seed", type=int, default=demo.seed)
        parser.add_argument("--suppliers", type=int, default=demo.supplier_count)
        parser.add_argument("--distributors", type=int, default=demo.distributor_count)
        parser.add_argument("--months", type=int, help="how long a history; 15 by default")
        parser.add_argument("--order-lines", type=int, help="by default as its firms would order")
        parser.add_argument("--business-date", type=date.fromisoformat, default=demo.business_date)
        parser.add_argument(
            "--frauds", default="none", help=f"all, none or KIND=N,...: {', '.join(FRAUD_KINDS)}"
        )
        parser.add_argument(
            "--lookalikes",
            default="",
            help=f"all (when frauds are wanted), none or KIND=N,...: {', '.join(LOOKALIKE_KINDS)}",
        )
        parser.add_argument("--json", action="store_true", help="the last line is a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["out"] or options["folder"]
        if folder is None:
            raise CommandError("name a folder: chain_simulate FOLDER or --out FOLDER")
        spec, plot = _spec(options), _plot(options)
        started = time.perf_counter()
        written = chain_write(spec=spec, folder=folder, plot=plot)
        seconds = time.perf_counter() - started
        for name, count in written.row_counts.items():
            self.stdout.write(f"{name}: {count}")
        counts: dict[str, int] = {}
        for case in written.cases:
            counts[case.kind] = counts.get(case.kind, 0) + 1
        for name, count in sorted(counts.items()):
            self.stdout.write(f"case {name}: {count}")
        self.stdout.write(f"{sum(written.row_counts.values()):,} rows in {seconds:.1f} s")
        if options["json"]:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            told = {
                "seed": spec.seed,
                "rows": written.row_counts,
                "cases": counts,
                "seconds": round(seconds, 1),
                "peak_mib": peak,
            }
            self.stdout.write(json.dumps(told))


def _spec(options: dict[str, Any]) -> ChainSpec:
    demo = ChainSpec()
    months = options["months"]
    days = demo.history_days if months is None else round(months * _DAYS_A_MONTH)
    firms = (options["suppliers"], options["distributors"])
    lines = options["order_lines"]
    if lines is None and (months, *firms) == (None, demo.supplier_count, demo.distributor_count):
        lines = demo.order_lines
    if lines is None:
        a_month = firms[0] * LINES_A_SUPPLIER + firms[1] * LINES_A_DISTRIBUTOR
        lines = int(a_month * days / _DAYS_A_MONTH)
    return ChainSpec(
        seed=options["seed"],
        supplier_count=firms[0],
        distributor_count=firms[1],
        order_lines=lines,
        business_date=options["business_date"],
        history_days=days,
    )


def _plot(options: dict[str, Any]) -> Plot | None:
    try:
        frauds = counts_read(text=options["frauds"], kinds=FRAUD_KINDS)
        wanted = options["lookalikes"] or ("all" if wanted_any(frauds) else "none")
        lookalikes = counts_read(text=wanted, kinds=LOOKALIKE_KINDS)
    except ValueError as error:
        raise CommandError(str(error)) from None
    return Plot(frauds, lookalikes) if wanted_any(frauds, lookalikes) else None
