from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scf.simulator.files import Plot, chain_write, chain_write_sets
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


def test_a_plot_adds_labels_and_statements_beside_the_six_tables(tmp_path: Path) -> None:
    plot = Plot({"rings": 2, "cashout": 1}, {"buy_back": 1})
    written = chain_write(spec=TINY, folder=tmp_path / "one", plot=plot)
    again = chain_write(spec=TINY, folder=tmp_path / "two", plot=plot)
    files = {
        str(path.relative_to(tmp_path / "one")): path.read_bytes()
        for path in sorted((tmp_path / "one").rglob("*.csv"))
    }
    assert all((tmp_path / "two" / name).read_bytes() == data for name, data in files.items())
    assert len([name for name in files if name.startswith("bank/")]) > 0
    with (tmp_path / "one" / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["kind"] for row in rows) == ["buy_back", "cashout", "rings", "rings"]
    assert written.row_counts == again.row_counts
    own = (tmp_path / "one" / "parties.csv").read_text(encoding="utf-8-sig")
    assert own.count(",firm,OWN-P01,") > 6
    invoices = (tmp_path / "one" / "invoices.csv").read_text(encoding="utf-8-sig")
    assert all(number in invoices for row in rows if row["kind"] == "rings"
               for number in row["document_numbers"].split())  # fmt: skip


def test_without_a_plot_the_chain_is_what_it_was(tmp_path: Path) -> None:
    plain = chain_write(spec=TINY, folder=tmp_path / "plain").row_counts
    quiet = Plot({"rings": 1}, {}, with_background=False)
    other = chain_write(spec=TINY, folder=tmp_path / "other", plot=quiet).row_counts
    assert all(other[name] >= count for name, count in plain.items())
    one, two = (
        (tmp_path / name / "receipts.csv").read_bytes().decode("gb18030").splitlines()
        for name in ("plain", "other")
    )
    assert one == two[: len(one)]
