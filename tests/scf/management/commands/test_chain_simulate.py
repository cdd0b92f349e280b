from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command


def test_the_files_of_a_small_chain_are_written_and_counted(tmp_path: Path) -> None:
    out = StringIO()
    call_command(
        "chain_simulate",
        str(tmp_path),
        "--order-lines=200",
        "--suppliers=8",
        "--distributors=5",
        "--json",
        stdout=out,
    )
    summary = json.loads(out.getvalue().splitlines()[-1])
    assert summary["rows"]["parties"] == 3 + 8 + 5 + 12
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.csv" for name in summary["rows"]}
