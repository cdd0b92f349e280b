"""bin/bench ends with one JSON object, whatever it printed before."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from scf.management.commands import bench


@pytest.mark.parametrize(("flags", "lines"), [(["--json"], 1), ([], 3)])
def test_the_last_line_is_the_result(
    monkeypatch: pytest.MonkeyPatch, flags: list[str], lines: int
) -> None:
    monkeypatch.setitem(bench.BENCHMARKS, "postings", lambda: {"journals_per_second": 7})
    printed = io.StringIO()
    call_command("bench", "postings", *flags, stdout=printed)
    output = printed.getvalue().splitlines()
    assert len(output) == lines
    assert json.loads(output[-1]) == {"benchmark": "postings", "journals_per_second": 7}


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CommandError, match="postings"):
        call_command("bench", "nothing")
