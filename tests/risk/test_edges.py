from pathlib import Path

import pytest

from risk.edges import EdgeTable, edges_read


def read(tmp_path: Path, text: str | bytes) -> EdgeTable:
    path = tmp_path / "edges.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return edges_read(path)


def told(table: EdgeTable) -> dict[str, tuple[int, tuple[int, ...]]]:
    return {found.code: (found.count, found.lines) for found in table.findings}


def test_a_plain_list_is_read_in_order_of_appearance(tmp_path: Path) -> None:
    table = read(tmp_path, "supplier,customer,weight\nb,a,3\na,c,4\n")
    assert table.names == ("b", "a", "c")
    assert table.source.tolist() == [0, 1]
    assert table.target.tolist() == [1, 2]
    assert table.weight.tolist() == [3, 4]
    assert (table.scale, table.has_days, table.findings) == (1.0, False, ())


def test_sectors_types_and_days_are_read_where_they_are(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "Supplier, Customer ,Weight,supplierNACE,customerNACE,type,day\n"
        "a,b,1,10,20,2,2026-03-18\nb,c,1,20,,1,12\nc,a,1,,10,,\n",
    )
    assert table.sector.tolist() == [1, 2, 0]
    assert table.kind.tolist() == [2, 1, 1]  # c's sector is not known: not essential
    assert table.day.tolist() == [20530, 12, -1]
    assert told(table) == {"day_unreadable": (1, (4,))}


def test_without_types_the_inputs_of_a_known_sector_are_essential(tmp_path: Path) -> None:
    table = read(tmp_path, "supplier,customer,weight,supplierNACE\na,b,1,10\nc,b,1,\n")
    assert table.kind.tolist() == [2, 1]


def test_fractions_keep_their_digits_as_whole_numbers(tmp_path: Path) -> None:
    table = read(tmp_path, "supplier,customer,weight\na,b,0.1\nb,c,0.3\nc,d,1e-9\n")
    shares = table.weight / table.scale
    assert shares.tolist() == pytest.approx([0.1, 0.3, 1e-9], rel=1e-6)
    huge = read(tmp_path, "supplier,customer,weight\na,b,1e300\nb,c,1e300\n")
    assert huge.weight[0] == huge.weight[1] > 0


def test_rows_that_cannot_count_are_told_with_their_lines(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "supplier,customer,weight,type\n"
        "a,b,1,2\na,b\n,b,1,2\na,b,x,2\na,b,0,2\na,b,-5,2\na,a,1,2\na,b,nan,2\na,b,1,7\n"
        "z,z,3,2\n",
    )
    assert told(table) == {
        "row_short": (1, (3,)),
        "name_missing": (1, (4,)),
        "weight_unreadable": (2, (5, 9)),
        "weight_not_positive": (2, (6, 7)),
        "self_trade": (2, (8, 11)),
        "type_unknown": (1, (10,)),
        "firms_alone": (1, ()),
    }
    assert table.weight.tolist() == [1, 1]


def test_a_firm_with_two_sectors_keeps_the_first(tmp_path: Path) -> None:
    table = read(tmp_path, "supplier,customer,weight,supplierNACE\na,b,1,10\na,c,1,11\n")
    assert "sector_conflict" in told(table)
    assert table.sector[0] == 1


def test_nothing_to_measure_is_said_in_words(tmp_path: Path) -> None:
    assert list(told(read(tmp_path, "supplier,customer,weight\n"))) == ["empty"]
    only_self = read(tmp_path, "supplier,customer,weight\na,a,1\n")
    assert set(told(only_self)) == {"empty", "self_trade", "firms_alone"}
    assert only_self.usable


def test_a_file_that_is_no_edge_list_is_refused(tmp_path: Path) -> None:
    for text in ("", "from,to\na,b\n"):
        table = read(tmp_path, text)
        assert (table.usable, list(told(table))) == (False, ["columns_missing"])
    assert not edges_read(tmp_path / "nowhere.csv").usable
    assert list(told(read(tmp_path, b"\x81\xff\x00\xff"))) == ["file_unreadable"]


def test_chinese_names_in_either_encoding(tmp_path: Path) -> None:
    text = "supplier,customer,weight\n沧澜,北屿,1\n"
    assert read(tmp_path, text.encode("gb18030")).names == ("沧澜", "北屿")
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode()).names == ("沧澜", "北屿")
