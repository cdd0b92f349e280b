"""Many rows at once: ids taken from the sequence first, rows through COPY. A tool, not a room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Lookup


def ids_reserve(*, table: str, count: int) -> list[int]:
    """``count`` fresh ids from the table's own sequence, ascending."""
    if count == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def rows_copy(*, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Append rows inside the caller's transaction; how many went in.

    JSON values are given as text. Constraints and foreign keys hold as for any insert.
    """
    count = 0
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


class AnyOf(Lookup[Any]):
    """``column = ANY(values)``: many values as one bound parameter, with an index where there is one.

    An ``IN`` list of thousands costs seconds to bind. ``filter(AnyOf(F("order_id"), ids))``.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[Any]) -> None:
        super().__init__(lhs, list(rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection).split("(")[0]
        kind = {"varchar": "text", "bigserial": "bigint"}.get(kind, kind)
        return f"{sql} = ANY(%s::{kind}[])", (*params, self.rhs)
