"""A small chain, imported and judged, with its people on the stage: what the play's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from scf.management.background import clock, work_inline
from scf.simulator.files import chain_write_sets
from scf.simulator.play.cast import cast_ensure
from scf.simulator.play.stage import Stage
from scf.simulator.values import ChainSpec

# The documents of the story and little else.
TINY = ChainSpec(supplier_count=6, distributor_count=3, order_lines=90)


@contextmanager
def stage_set(*, folder: Path, business_date: date = TINY.business_date) -> Iterator[Stage]:
    """The cast on ``business_date`` with everything imported that had happened by then.

    The rest of the story's documents wait in ``folder / "recent"``.
    """
    history, recent = (
        {folder / "history": business_date - timedelta(days=1)},
        {folder / "recent": TINY.last_date} if business_date < TINY.business_date else {},
    )
    written = chain_write_sets(spec=TINY, folders=history | recent)
    with work_inline() as drain:
        cast = cast_ensure(
            chain=written[0].chain, business_date=business_date, password="geheim", at=clock()
        )
        stage = Stage(cast=cast, clock=clock, drain=drain)
        stage.take_in(folder=written[0].folder)
        yield stage
