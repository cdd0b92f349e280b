from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scf.simulator.files import chain_write, chain_write_sets
from tests.scf.simulator.scenes import SMALL

TINY = replace(SMALL, order_lines=300)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_the_same_spec_writes_the_same_bytes(tmp_path: Path) -> None:
    chain_write(spec=TINY, folder=tmp_path / "one")
    chain_write(spec=TINY, folder=tmp_path / "two")
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")
    assert len(_hashes(tmp_path / "one")) == 6


def test_counts_are_what_a_reader_finds(tmp_path: Path) -> None:
    written = chain_write(spec=TINY, folder=tmp_path)
    for name, count in written.row_counts.items():
        encoding = "gb18030" if name == "receipts" else "utf-8-sig"
        with (tmp_path / f"{name}.csv").open(encoding=encoding, newline="") as stream:
            rows = [row for row in csv.reader(stream) if row]
        assert len(rows) - 1 == count, name


def test_the_warehouse_writes_chinese_headers_in_gb18030(tmp_path: Path) -> None:
    chain_write(spec=TINY, folder=tmp_path)
    header = (tmp_path / "receipts.csv").read_bytes().splitlines()[0].decode("gb18030")
    assert header.startswith("来源系统,公司代码,收货单号")


def test_long_files_hold_blank_rows_and_mistyped_dates(tmp_path: Path) -> None:
    written = chain_write(spec=replace(SMALL, order_lines=11_000), folder=tmp_path)
    text = (tmp_path / "despatches.csv").read_text(encoding="utf-8-sig")
    assert text.count("-02-30") == written.row_counts["despatches"] // 7_919 > 0
    blank = text.split("\n").count("") - 1
    assert blank == written.row_counts["despatches"] // 9_973 > 0


def test_instalments_hold_each_document_once_and_late_arrivals_twice(tmp_path: Path) -> None:
    whole = chain_write(spec=SMALL, folder=tmp_path / "whole").row_counts
    cut_date = SMALL.last_date - timedelta(days=30)
    first, second = chain_write_sets(
        spec=SMALL, folders={tmp_path / "a": cut_date, tmp_path / "b": SMALL.last_date}
    )
    assert "parties" not in second.row_counts
    for name in ("orders", "receipts", "invoices", "payments"):
        assert first.row_counts[name] + second.row_counts[name] == whole[name]
        assert second.row_counts[name] > 0
    on_the_way = first.row_counts["despatches"] + second.row_counts["despatches"]
    assert on_the_way > whole["despatches"]  # sent before the cut, delivered after it
