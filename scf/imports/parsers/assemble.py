"""Lines to documents: one document a key, no line twice, headers that agree. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields

from scf.imports.plan import Fact, Issue, Outcome, ParsedDocument, ParsedLine, Row, Severity

_CONTENT = tuple(each.name for each in fields(ParsedLine) if each.name != "row")
_HEADER = tuple(
    each.name
    for each in fields(ParsedDocument)
    if each.name not in ("lines", "rows", "kind", "number", "attributes")
)


def documents_group(
    pieces: Iterable[ParsedDocument],
    *,
    key: Callable[[ParsedDocument], Hashable],
) -> list[ParsedDocument]:
    """One document from all pieces of a key, in the order in which the keys first appear.

    A line that comes twice with the same content counts once; with other content both rows
    are quarantined. Rows whose header disagrees with the document's are quarantined together
    with all its rows: which of them is right cannot be known.
    """
    found: dict[Hashable, list[ParsedDocument]] = {}
    for piece in pieces:
        found.setdefault(key(piece), []).append(piece)
    merged = [_merge(group) for group in found.values()]
    return [each for each in merged if each is not None]


def _merge(group: list[ParsedDocument]) -> ParsedDocument | None:
    first = group[0]
    if len(group) == 1 and len(first.lines) == 1:
        return first
    conflict = next(
        (name for name in _HEADER for each in group if getattr(each, name) != getattr(first, name)),
        None,
    )
    if conflict:
        for piece in group:
            for row in piece.rows:
                row.report(Issue("header_conflict", facts={"field": conflict}))
        return None
    lines: dict[str, ParsedLine] = {}
    clashing: set[str] = set()
    rows: list[Row] = []
    for piece in group:
        for name, value in piece.attributes.items():
            first.attributes.setdefault(name, value)
        for line in piece.lines:
            known = lines.setdefault(line.line_no, line)
            if known is not line:
                _repeat(known, line, clashing)
        rows += piece.rows
    first.lines = [line for no, line in lines.items() if no not in clashing]
    first.rows = [row for row in rows if row.outcome is not Outcome.QUARANTINED]
    return first if first.lines else None


def _repeat(known: ParsedLine, line: ParsedLine, clashing: set[str]) -> None:
    place: dict[str, Fact] = {"row": known.row.row_no, "line": line.line_no}
    if all(getattr(known, name) == getattr(line, name) for name in _CONTENT):
        line.row.report(Issue("row_repeated", Severity.NOTE, facts=place))
        return
    clashing.add(line.line_no)
    line.row.report(Issue("line_conflict", facts=place))
    other: dict[str, Fact] = {"row": line.row.row_no, "line": line.line_no}
    known.row.report(Issue("line_conflict", facts=other))
