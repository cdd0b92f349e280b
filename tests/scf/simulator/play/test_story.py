from __future__ import annotations

from pathlib import Path

import pytest

from scf.simulator.play.headless import outcome_read
from scf.simulator.play.story import STORY_START, Story, story_is_told
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_a_day_that_was_played_is_not_played_again(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path, business_date=STORY_START) as stage:
        story = Story(stage=stage, say=lambda _: None)
        story._first_day()
        before = outcome_read(stage=stage)
        assert before.stages["claims"]["assigned"] >= 1
        story._first_day()
        assert outcome_read(stage=stage) == before
        assert not story_is_told(programme_id=stage.cast.programme_id)
