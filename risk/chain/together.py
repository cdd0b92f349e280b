"""Independent measures computed side by side where the chain is large enough to be worth it.

Each job runs in one thread in its own fixed order, so the figures do not depend on how many
run at once; the compiled loops let go of the interpreter while they run.
"""

from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

THREADS: Final = 2
EDGES_LEAST: Final = 20_000

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


def all_of(jobs: Mapping[Key, Callable[[], Found]], *, edges: int) -> dict[Key, Found]:
    """Every job's result under its key, whatever order they ended in. An error of a job is
    raised here."""
    if edges < EDGES_LEAST:
        return {key: job() for key, job in jobs.items()}
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        waiting = {key: pool.submit(job) for key, job in jobs.items()}
        return {key: future.result() for key, future in waiting.items()}
