"""Encodings confirmed by a strict decode; CSV as it comes."""

from __future__ import annotations

import pytest

from ledger.errors import DomainError
from scf.imports.parsers.text import csv_rows, text_decode

LINE = "公司代码,订单号,品名\n6030,45,压缩机二百二十瓦\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINE.encode(), "utf-8"),
        (LINE.encode("utf-8-sig"), "utf-8-sig"),
        (LINE.encode("gb18030"), "gb18030"),
        (LINE.encode("utf-16"), "utf-16"),
        (LINE.encode("utf-16-le"), "utf-16-le"),
        (LINE.encode("utf-16-be"), "utf-16-be"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, found = text_decode(data)
    assert found == encoding
    assert text == (LINE if len(data) > 10 else "a,b\n1,2\n")


@pytest.mark.parametrize(
    "data",
    [
        "Größe,Straße,Käufer\nföhn,Öl,Äpfel\n".encode("latin-1"),
        LINE.encode("gb18030") + b"\xff\xff",
        LINE.encode("utf-16")[:-1],
        b"a\x00b\x01\x00\x00c,\x00",
        b"a,b\n" * 2000 + b"1,\x00\n",
    ],
)
def test_what_is_none_of_them_is_refused_with_its_place(data: bytes) -> None:
    with pytest.raises(DomainError, match=r"imports\.encoding_unknown") as caught:
        text_decode(data)
    assert isinstance(caught.value.facts["place"], int)


def test_rows_know_the_line_they_start_on() -> None:
    text = 'a,b\n"x\ny",2\n\n3,4\n'
    assert list(csv_rows(text)) == [(1, ["a", "b"]), (2, ["x\ny", "2"]), (4, []), (5, ["3", "4"])]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators(mark: str) -> None:
    text = f'a{mark}"b,c;d"{mark}e\n1{mark}2{mark}3\n'
    assert [cells for _, cells in csv_rows(text)] == [["a", "b,c;d", "e"], ["1", "2", "3"]]


def test_a_quote_that_never_closes_is_refused_with_its_line() -> None:
    with pytest.raises(DomainError, match=r"imports\.csv_broken") as caught:
        list(csv_rows('a,b\n1,2\n"open,3\n4,5\n'))
    assert caught.value.facts["line"] == 3
