"""Write a simulated appliance maker's chain as ERP files; no database is touched."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.simulator.files import chain_write
from scf.simulator.values import ChainSpec


class Command(BaseCommand):
    help = "Write a simulated chain (parties, orders ... payments) as canonical CSV files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        demo = ChainSpec()
        parser.add_argument("--seed", type=int, default=demo.seed)
        parser.add_argument("--suppliers", type=int, default=demo.supplier_count)
        parser.add_argument("--distributors", type=int, default=demo.distributor_count)
        parser.add_argument("--order-lines", type=int, default=demo.order_lines)
        parser.add_argument("--business-date", type=date.fromisoformat, default=demo.business_date)
        parser.add_argument("--json", action="store_true", help="the last line is a JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        spec = ChainSpec(
            seed=options["seed"],
            supplier_count=options["suppliers"],
            distributor_count=options["distributors"],
            order_lines=options["order_lines"],
            business_date=options["business_date"],
        )
        written = chain_write(spec=spec, folder=options["folder"])
        for name, count in written.row_counts.items():
            self.stdout.write(f"{name}: {count}")
        if options["json"]:
            self.stdout.write(json.dumps({"seed": spec.seed, "rows": written.row_counts}))
