"""Run whole lives of several receivables, headless, with real workers; the last line is JSON.

Exit code 0 only when every life ended as it should and the ledger proves itself. ``bin/demo
--once`` brings the empty database and the workers.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scf.management.background import clock, work_await
from scf.management.demo import FILES_DIR, demo_password, demo_programme
from scf.simulator.files import chain_write
from scf.simulator.play.cast import cast_ensure
from scf.simulator.play.headless import Headless, Outcome
from scf.simulator.play.stage import Stage
from scf.simulator.values import ChainSpec

SPEC = ChainSpec(supplier_count=24, distributor_count=40, order_lines=3_000)


class Command(BaseCommand):
    help = "Lives from ERP file to redemption through journeys and workers, with a JSON summary."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the summary only, no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["json"]
        if demo_programme() is not None:
            raise CommandError("demo_once wants an empty database: use bin/demo --once")
        started = time.monotonic()
        outcome = self._play()
        summary = {**asdict(outcome), "seconds": round(time.monotonic() - started, 1)}
        self.stdout.write(json.dumps(summary, ensure_ascii=False, default=str))
        if not outcome.ledger_verified:
            broken = [name for name, is_ok in outcome.proofs.items() if not is_ok]
            raise CommandError(f"the ledger does not prove itself: {', '.join(broken)}")

    def _play(self) -> Outcome:
        written = chain_write(spec=SPEC, folder=FILES_DIR / "once")
        self._say(f"模拟 {sum(written.row_counts.values()):,} 行")
        cast = cast_ensure(
            chain=written.chain,
            business_date=SPEC.business_date,
            password=demo_password(),
            at=clock(),
        )
        stage = Stage(cast=cast, clock=clock, drain=work_await)
        stage.take_in(folder=written.folder)
        self._say("已导入、核对、评估")
        return Headless(stage=stage, say=self._say).play()

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stderr.write(f"    {text}")
