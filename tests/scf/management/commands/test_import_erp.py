"""``import_erp`` as a person or a script calls it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from scf.network.queries import ProgrammeFacts
from scf.trade.models import Document
from tests.scf.imports.chain import invoice_row, order_row, programme_make, receipt_row, table

SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "sap-tables"


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "orders.csv").write_bytes(table([order_row()], encoding="gb18030"))
    (tmp_path / "receipts.csv").write_bytes(table([receipt_row()]))
    (tmp_path / "invoices.csv").write_bytes(table([invoice_row()]))
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    return tmp_path


def run(path: Path, *more: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_erp", str(path), "--json", *more, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return found


def test_a_folder_is_one_set_and_the_last_line_is_json(
    programme: ProgrammeFacts, folder: Path
) -> None:
    report = run(folder)
    assert report["counts"] == {
        "read": 3, "accepted": 3, "unchanged": 0, "quarantined": 0, "ignored": 0,
    }  # fmt: skip
    assert report["match"]["agree_by_kind"] == {"exact": 1}
    assert report["issues"] == []
    assert run(folder)["counts"]["unchanged"] == 3


def test_a_dry_run_keeps_nothing(programme: ProgrammeFacts, folder: Path) -> None:
    report = run(folder, "--dry-run", "--programme", programme.code)
    assert (report["state"], report["match"]["agree"]) == ("dry_run", 1)
    assert not Document.objects.exists()


def test_a_zip_is_the_same(programme: ProgrammeFacts, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*.csv"):
            archive.write(file, file.name)
    assert run(path)["counts"]["accepted"] == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x,y\n1,2\n", "imports.columns_unknown"),
        (b"", "imports.no_rows"),
        (b"%PDF-1.7", "imports.format_unknown"),
        ("Größe;Straße\nÄ;Ö\n".encode("latin-1"), "imports.encoding_unknown"),
    ],
)
def test_a_refusal_has_its_code_its_words_and_exit_1(
    programme: ProgrammeFacts, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    out = io.StringIO()
    with pytest.raises(CommandError, match="没有") as caught:
        call_command("import_erp", str(path), "--json", stdout=out)
    assert caught.value.returncode == 1
    assert code in str(caught.value)
    assert json.loads(out.getvalue().splitlines()[-1])["refused"]["code"] == code


def test_a_file_beyond_the_limit_is_not_even_read(
    programme: ProgrammeFacts, folder: Path, settings: Any
) -> None:
    settings.HUOSHUI_UPLOAD_MAX_BYTES = 10
    with pytest.raises(CommandError, match=r"imports\.file_too_large"):
        run(folder)


def test_an_unknown_path_or_programme(
    programme: ProgrammeFacts, tmp_path: Path, folder: Path
) -> None:
    with pytest.raises(CommandError, match=r"imports\.path_unknown"):
        run(tmp_path / "nowhere")
    with pytest.raises(CommandError, match=r"network\.programme_unknown"):
        run(folder, "--programme", "nobody")


def test_without_a_programme_there_must_be_only_one(
    programme: ProgrammeFacts, folder: Path
) -> None:
    programme_make("second")
    with pytest.raises(CommandError, match="--programme"):
        run(folder)


def test_global_bike_gives_real_matched_receivables(programme: ProgrammeFacts) -> None:
    """The SAP teaching set: 522 order lines, and why those that do not agree do not."""
    path = SAMPLES / "gbi-2016-17"
    if not path.is_dir():
        pytest.skip("sample data not there: ../shared/data/sap-tables/gbi-2016-17")
    report = run(path)
    assert report["counts"] == {
        "read": 11_487, "accepted": 4_641, "unchanged": 0, "quarantined": 59, "ignored": 6_787,
    }  # fmt: skip
    match = report["match"]
    assert (match["order_lines"], match["agree"]) == (522, 262)
    assert match["agree_by_kind"] == {
        "exact": 200, "partly_delivered": 2, "returned_and_credited": 38, "within_tolerance": 22,
    }  # fmt: skip
    assert match["agree"] + sum(match["disagree_by_reason"].values()) == 522
    assert match["receivables"]["states"]["matched"] == 205
    assert match["receivables"]["ready"] == 2
    assert run(path)["counts"] == {
        "read": 11_487, "accepted": 0, "unchanged": 4_641, "quarantined": 59, "ignored": 6_787,
    }  # fmt: skip
