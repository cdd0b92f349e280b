"""Fill an empty installation with the demo; quick when that was done before.

Progress goes to standard error; standard output holds the logins and nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from scf.journeys.assessing import risk_assess
from scf.management.background import clock, work_inline
from scf.management.demo import FILES_DIR, demo_password, demo_programme, login_lines
from scf.simulator.files import chain_write_sets
from scf.simulator.play.cast import Cast, cast_ensure
from scf.simulator.play.people import PROGRAMME_CODE
from scf.simulator.play.stage import Drain, Stage
from scf.simulator.play.story import OPENING, STORY_START, Story, story_is_told
from scf.simulator.population import chain_populate
from scf.simulator.values import ChainSpec

HISTORY_DIR, RECENT_DIR = FILES_DIR / "history", FILES_DIR / "recent"


class Command(BaseCommand):
    help = "Simulate a chain, import it and play the days before the demo opens."

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        programme = demo_programme()
        if programme is None or not story_is_told(programme_id=programme.id):
            with work_inline() as drain:
                self._seed(password=password, drain=drain)
        for line in login_lines(password=password):
            self.stdout.write(line)

    def _seed(self, *, password: str, drain: Drain) -> None:
        spec = ChainSpec(business_date=OPENING)
        self._say("模拟产业链：300 家供应商、1,000 家经销商、约 50,000 行订单")
        written = chain_write_sets(
            spec=spec,
            folders={
                HISTORY_DIR: STORY_START - timedelta(days=1),
                RECENT_DIR: spec.last_date,
            },
        )
        for files in written:
            self._say(f"  {files.folder.name}: {sum(files.row_counts.values()):,} 行")
        self._say("项目、企业、账户、席位、额度")
        cast = cast_ensure(
            chain=chain_populate(spec=spec),
            business_date=STORY_START,
            password=password,
            at=clock(),
        )
        story = Story(stage=Stage(cast=cast, clock=clock, drain=drain), say=self._say)
        if story.stage.programme.business_date == STORY_START:
            self._take_in(folder=str(HISTORY_DIR), cast=cast, drain=drain)
        story.play_days()
        self._take_in(folder=str(RECENT_DIR), cast=cast, drain=drain)
        self._say("开业日早晨")
        story.play_opening()

    def _take_in(self, *, folder: str, cast: Cast, drain: Drain) -> None:
        """Import a folder, match it, look at the chain."""
        self._say(f"导入 {folder}")
        call_command("import_erp", folder, "--programme", PROGRAMME_CODE, stdout=self.stderr)
        drain()
        self._say("风险评估")
        programme = demo_programme()
        if programme is not None:
            risk_assess(programme_id=cast.programme_id, as_of=programme.business_date, at=clock())
            drain()

    def _say(self, text: str) -> None:
        self.stderr.write(f"    {text}")
        self.stderr.flush()
