from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


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


def test_frauds_and_their_look_alikes_are_asked_for_by_kind(tmp_path: Path) -> None:
    out = StringIO()
    call_command(
        "chain_simulate",
        "--out",
        str(tmp_path),
        "--suppliers=24",
        "--distributors=40",
        "--months=6",
        "--order-lines=300",
        "--frauds=rings=2,phantom=1",
        "--lookalikes=subcontract=1",
        "--json",
        stdout=out,
    )
    told = json.loads(out.getvalue().splitlines()[-1])
    assert told["cases"] == {"rings": 2, "phantom": 1, "subcontract": 1}
    assert (tmp_path / "labels.csv").exists()
    assert told["peak_mib"] > 0


@pytest.mark.parametrize("wrong", ["--frauds=ponzi=2", "--frauds=rings=x", "--lookalikes=rings=1"])
def test_a_kind_that_does_not_exist_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(CommandError):
        call_command("chain_simulate", str(tmp_path), wrong, "--order-lines=10")


def test_a_folder_must_be_named() -> None:
    with pytest.raises(CommandError, match="folder"):
        call_command("chain_simulate", "--order-lines=10")
