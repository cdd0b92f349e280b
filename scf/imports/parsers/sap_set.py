"""The SAP tables of one set together: rows by table, header rows by key. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scf.imports.parsers.view import RowView, Table
from scf.imports.plan import Issue, Severity

SapKey = tuple[str, ...]
# Performed activities: services are ordered, entered and invoiced by value.
SERVICE_UNITS = frozenset({"AU", "LE"})


def sap_key(view: RowView, name: str, *, required: bool = False) -> str:
    """A numeric SAP key without the zeros that exports pad it with or strip off."""
    text = view.key(name, required=required)
    return text.lstrip("0") if text.isdigit() else text


class SapSet:
    """Open rows of each table, read once."""

    def __init__(self, tables: Sequence[Table], source_system: str) -> None:
        self._views: dict[str, list[RowView]] = {}
        for table in tables:
            views = self._views.setdefault(table.file.table, [])
            views += [RowView(table, row) for row in table.file.rows if row.is_open]
        self.system = source_system or self._client()

    def has(self, table: str) -> bool:
        return bool(self._views.get(table))

    def views(self, table: str) -> Iterator[RowView]:
        """Rows of a table that nothing has set aside meanwhile."""
        return (view for view in self._views.get(table, ()) if view.row.is_open)

    def headers(self, table: str, *names: str) -> dict[SapKey, RowView]:
        """Header rows by key; a second row of a key is noted, or refused when it differs."""
        found: dict[SapKey, RowView] = {}
        for view in self.views(table):
            key = tuple(sap_key(view, name, required=True) for name in names)
            if not view.row.is_open:
                continue
            first = found.setdefault(key, view)
            if first is not view:
                same = all(first.raw(name) == view.raw(name) for name in view.table.columns)
                code = "row_repeated" if same else "header_conflict"
                severity = Severity.NOTE if same else Severity.ERROR
                facts = {"row": first.row.row_no}
                view.row.report(Issue(code, severity, facts=facts))
                if same:
                    view.row.ignore("row_repeated", **facts)
        return found

    def _client(self) -> str:
        """``SAP-375`` where all rows name one client, else ``SAP``."""
        clients = {
            client
            for views in self._views.values()
            for view in views
            if (client := sap_key(view, "MANDT"))
        }
        return f"SAP-{clients.pop()}" if len(clients) == 1 else "SAP"


def is_blocked(view: RowView) -> bool:
    """The row carries a payment block; exports write the empty one as nothing or as 0."""
    return view.raw("ZLSPR") not in ("", "0")
