"""Tables that the database sorts, filters, counts and pages: a queryset of values as a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from scf.portals.tables import Asked, Window

Row = dict[str, Any]


def queryset_source(
    rows: QuerySet[Any, Row],
    *,
    order: Mapping[str, str],
    search: Sequence[str] = (),
    chips: Mapping[str, Q] | None = None,
    picks: Mapping[str, tuple[str, Sequence[str]]] | None = None,
    totals: Mapping[str, str] | None = None,
    dress: Callable[[list[Row]], list[Row]] = lambda found: found,
) -> Callable[[Asked], Window[Row]]:
    """What ``Table.source`` wants, in three queries.

    ``order``: column -> field; ``search``: fields searched; ``chips``: chip -> condition;
    ``picks``: pick -> (field, the values to offer); ``totals``: column -> field to sum;
    ``dress`` completes the rows of the page.
    """
    tests, fields, sums = chips or {}, picks or {}, totals or {}

    def window(asked: Asked) -> Window[Row]:
        picked = rows.filter(_search(search, asked.search))
        for key, value in asked.picks:
            picked = picked.filter(**{fields[key][0]: value})
        matching = picked.filter(tests.get(asked.chip, Q()))
        known = matching.aggregate(
            number=Count("id"), **{f"sum_{key}": Sum(field) for key, field in sums.items()}
        )
        counted = picked.aggregate(
            whole=Count("id"),
            **{f"chip_{key}": Count("id", filter=test) for key, test in tests.items()},
        )
        start = (asked.page - 1) * asked.size
        if start >= known["number"]:
            start = 0
        ordered = matching.order_by(*_order(order, asked), "id")
        shown = ordered if asked.everything else ordered[start : start + asked.size]
        return Window(
            rows=dress(list(shown)),
            matching=known["number"],
            whole=counted["whole"] or (1 if asked.search or asked.picks else 0),
            totals={key: int(known[f"sum_{key}"] or 0) for key in sums},
            chip_counts={"": counted["whole"]} | {key: counted[f"chip_{key}"] for key in tests},
            pick_values={
                key: [(value, 0) for value in values] for key, (_f, values) in fields.items()
            },
        )

    return window  # fmt: skip


def _search(fields: Sequence[str], text: str) -> Q:
    if not text:
        return Q()
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": text})
    return found


def _order(order: Mapping[str, str], asked: Asked) -> list[Any]:
    field = order.get(asked.sort)
    if field is None:
        return []
    one = F(field)
    return [one.desc(nulls_last=True) if asked.descending else one.asc(nulls_last=True)]
