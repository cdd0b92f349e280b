"""Archives, bombs, entities and sizes: judged before anything is stored."""

from __future__ import annotations

import io
import zipfile

import pytest

from ledger.errors import DomainError
from scf.imports.parsers.containers import Blob, Limits, blobs_open


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def opened(*blobs: Blob, **limits: int) -> list[Blob]:
    return list(blobs_open(blobs=blobs, limits=Limits(**limits)))


def refusal(*blobs: Blob, **limits: int) -> str:
    with pytest.raises(DomainError) as caught:
        opened(*blobs, **limits)
    return caught.value.code


def test_an_archive_is_its_members() -> None:
    found = opened(Blob("set.zip", packed(**{"a.csv": b"a", "x__b.csv": b"b", ".DS_Store": b"-"})))
    assert [(each.name, each.data) for each in found] == [("a.csv", b"a"), ("x/b.csv", b"b")]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed(**{"a.csv": b"0" * 30_000_000})
    assert refusal(Blob("bomb.zip", bomb)) == "imports.zip_bomb"
    assert refusal(Blob("big.zip", packed(**{"a.csv": b"12345"})), max_unpacked_bytes=4) == (
        "imports.zip_bomb"
    )


def test_two_archives_share_one_limit() -> None:
    one = Blob("one.zip", packed(**{"a.csv": b"12345"}))
    assert refusal(one, one, max_unpacked_bytes=8) == "imports.zip_bomb"


def test_a_member_that_lies_about_its_size_is_broken() -> None:
    data = bytearray(packed(**{"a.csv": b"x" * 1000}))
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert refusal(Blob("lie.zip", bytes(data))) == "imports.archive_broken"


def test_an_archive_in_an_archive_is_refused() -> None:
    inner = packed(**{"a.csv": b"a"})
    assert refusal(Blob("outer.zip", packed(**{"inner.zip": inner}))) == "imports.archive_nested"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'\xef\xbb\xbf<!DOCTYPE lolz [<!ENTITY lol "lol">]>',
    ],
)
def test_xml_that_declares_entities(data: bytes) -> None:
    assert refusal(Blob("evil.xml", data)) == "imports.xml_entities"


def test_a_workbook_with_entities() -> None:
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
    data = packed(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": part})
    assert refusal(Blob("evil.xlsx", data)) == "imports.xml_entities"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n", b"<?xml version='1.0'?><a/>"])
def test_other_formats_are_named_as_such(data: bytes) -> None:
    assert refusal(Blob("file", data)) == "imports.format_unknown"


def test_size_and_damage() -> None:
    assert refusal(Blob("a.csv", b"12345"), max_bytes=4) == "imports.file_too_large"
    assert refusal(Blob("a.zip", b"PK\x03\x04garbage")) == "imports.archive_broken"


def test_kinds() -> None:
    assert Blob("a", b"a,b").kind == "csv"
    assert Blob("a", b"\xd0\xcf\x11\xe0rest").kind == "workbook"
    assert Blob("a", packed(**{"[Content_Types].xml": b"<a/>"})).kind == "workbook"
