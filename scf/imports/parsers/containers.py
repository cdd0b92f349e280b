"""What was handed in, opened safely: single files, folders' files and ZIP archives. Pure.

Limits are judged before unpacking (declared sizes) and while unpacking (what really comes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.errors import DomainError

_XLSX_PART = "[Content_Types].xml"
_RATIO_MAX = 200
_RATIO_FLOOR = 10 * 1024 * 1024
_PIECE = 1024 * 1024
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most."""

    max_bytes: int = 200 * 1024 * 1024
    max_rows: int = 2_000_000
    max_unpacked_bytes: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """A file by name; ``kind`` is csv, workbook or archive."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        if self.data.startswith(b"\xd0\xcf\x11\xe0"):
            return "workbook"
        if not self.data.startswith(b"PK\x03\x04"):
            return "csv"
        with _archive(self) as archive:
            return "workbook" if _XLSX_PART in archive.namelist() else "archive"


def blobs_open(*, blobs: Iterable[Blob], limits: Limits) -> Iterator[Blob]:
    """Each file itself, archives replaced by their members, all within the limits.

    Raises ``imports.file_too_large``, ``imports.zip_bomb``, ``imports.xml_entities``,
    ``imports.archive_broken``, ``imports.archive_nested``, ``imports.format_unknown``.
    """
    left = limits.max_unpacked_bytes
    for blob in blobs:
        if len(blob.data) > limits.max_bytes:
            raise DomainError("imports.file_too_large", file=blob.name, limit=limits.max_bytes)
        if blob.kind == "csv":
            _refuse_foreign(blob)
            yield blob
            continue
        members = list(_unpack(blob, left, is_workbook=blob.kind == "workbook"))
        left -= sum(len(each.data) for each in members)
        if blob.kind == "workbook":
            yield blob
            continue
        for member in members:
            if member.data.startswith(b"PK\x03\x04") and member.kind == "archive":
                raise DomainError("imports.archive_nested", file=member.name)
            if member.kind == "csv":
                _refuse_foreign(member)
            else:
                left -= sum(len(each.data) for each in _unpack(member, left, is_workbook=True))
            yield member


def _unpack(blob: Blob, left: int, *, is_workbook: bool) -> Iterator[Blob]:
    if not blob.data.startswith(b"PK"):
        return
    with _archive(blob) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        declared = sum(info.file_size for info in infos)
        ratio = declared // max(len(blob.data), 1)
        if declared > left or (declared > _RATIO_FLOOR and ratio > _RATIO_MAX):
            raise DomainError("imports.zip_bomb", file=blob.name, unpacked=declared)
        for info in infos:
            base = info.filename.rsplit("/", 1)[-1]
            if not is_workbook and (base.startswith(".") or "__MACOSX" in info.filename):
                continue
            data = _member(archive, info, blob.name)
            if is_workbook and info.filename.endswith((".xml", ".rels")) and _ENTITY.search(data):
                raise DomainError("imports.xml_entities", file=blob.name)
            yield Blob(info.filename, data)


def _archive(blob: Blob) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(blob.data))
    except zipfile.BadZipFile:
        raise DomainError("imports.archive_broken", file=blob.name) from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The member's bytes, never more than it declared: a lie about the size is a broken archive."""
    try:
        with archive.open(info) as stream:
            pieces = list(iter(lambda: stream.read(_PIECE), b""))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise DomainError("imports.archive_broken", file=name) from None
    return b"".join(pieces)


def _refuse_foreign(blob: Blob) -> None:
    head = blob.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<?xml", b"<!")) or _ENTITY.search(blob.data[:65536]):
        code = "xml_entities" if _ENTITY.search(blob.data) else "format_unknown"
        raise DomainError(f"imports.{code}", file=blob.name)
    if head.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise DomainError("imports.format_unknown", file=blob.name)
