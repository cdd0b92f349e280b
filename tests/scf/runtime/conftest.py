"""A second set of servers, so that tests may kill and stop them without touching the run's own."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scf.runtime.layout import Layout, layout_for
from scf.runtime.servers import servers_leave, servers_stop


@pytest.fixture(scope="package")
def own_layout() -> Iterator[Layout]:
    """A layout whose data lies in a temporary folder; nothing is started yet."""
    # Not tmp_path: its parents are private, and the servers' account must get through them.
    folder = Path(tempfile.mkdtemp(prefix="huoshui-"))
    folder.chmod(0o755)
    layout = replace(layout_for(checkout=folder), data_dir=folder / "data")
    yield layout
    servers_leave(layout)
    servers_stop(layout)
    shutil.rmtree(folder)
