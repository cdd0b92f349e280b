"""Fill an empty installation with the demo; quick when that was done before.

Progress goes to standard error; standard output holds the logins and nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.management.background import clock, work_inline, work_told
from scf.management.demo import (
    FILES_DIR,
    demo_password,
    demo_programme,
    login_lines,
)
from scf.simulator.files import Plot, chain_write_sets
from scf.simulator.play.cast import cast_ensure
from scf.simulator.play.stage import Drain, Stage
from scf.simulator.play.story import OPENING, STORY_START, Story, story_is_told
from scf.simulator.values import ChainSpec

# A few real cases for the risk desk, and honest trade that only looks like one.
DEMO_PLOT = Plot(
    frauds={"rings": 2, "phantom": 1, "duplicates": 1, "distress": 2},
    lookalikes={"buy_back": 1, "subcontract": 1, "seasonal": 1},
    with_background=False,
)


class Command(BaseCommand):
    help = "Simulate a chain, import it and play the days before the demo opens."

    def add_arguments(self, parser: CommandParser) -> None:
        whole = ChainSpec(business_date=OPENING)
        parser.add_argument("--suppliers", type=int, default=whole.supplier_count)
        parser.add_argument("--distributors", type=int, default=whole.distributor_count)
        parser.add_argument("--order-lines", type=int, default=whole.order_lines)
        parser.add_argument("--folder", type=Path, default=FILES_DIR, help="where files are kept")

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        programme = demo_programme()
        if programme is None or not story_is_told(programme_id=programme.id):
            spec = ChainSpec(
                business_date=OPENING,
                supplier_count=options["suppliers"],
                distributor_count=options["distributors"],
                order_lines=options["order_lines"],
            )
            with work_told(say=self._say), work_inline() as drain:
                self._seed(spec=spec, folder=options["folder"], password=password, drain=drain)
        for line in login_lines(password=password):
            self.stdout.write(line)

    def _seed(self, *, spec: ChainSpec, folder: Path, password: str, drain: Drain) -> None:
        self._say(
            f"模拟产业链：{spec.supplier_count:,} 家供应商、{spec.distributor_count:,} 家经销商、"
            f"约 {spec.order_lines:,} 行订单"
        )
        history, recent = folder / "history", folder / "recent"
        written = chain_write_sets(
            spec=spec,
            folders={history: STORY_START - timedelta(days=1), recent: spec.last_date},
            plot=DEMO_PLOT,
            answers=folder,
        )
        for files in written:
            self._say(f"  {files.folder.name}: {sum(files.row_counts.values()):,} 行")
        self._say("项目、企业、账户、席位、额度")
        cast = cast_ensure(
            chain=written[0].chain,
            business_date=STORY_START,
            password=password,
            at=clock(),
        )
        stage = Stage(cast=cast, clock=clock, drain=drain)
        story = Story(stage=stage, say=self._say)
        if stage.programme.business_date == STORY_START:
            self._say("导入历史单据，核对，评估")
            stage.take_in(folder=history)
        story.play_days()
        self._say("导入最近三周的单据，核对，评估")
        stage.take_in(folder=recent)
        self._say("开业日早晨")
        story.play_opening()

    def _say(self, text: str) -> None:
        self.stderr.write(f"    {text}")
        self.stderr.flush()
