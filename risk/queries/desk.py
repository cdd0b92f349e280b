"""What the risk desk has to do first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from risk.queries.collections import collections_waiting
from risk.queries.desk_cases import cases_waiting
from risk.queries.desk_decisions import decisions_waiting
from risk.queries.desk_items import SEVERITY_ORDER, QueueItem
from risk.queries.ownership import owners_map
from risk.queries.warnings import warnings_waiting

# Where items come from. Each source knows `desk_items` and its own tables, never this module.
SOURCES: Final[tuple[Callable[..., Sequence[QueueItem]], ...]] = (
    decisions_waiting,
    cases_waiting,
    warnings_waiting,
    collections_waiting,
)


def desk_queue(*, programme_ref: str, on: date) -> tuple[QueueItem, ...]:
    """Everything that waits on a day with its owner, the most severe and then the oldest first."""
    items = [item for source in SOURCES for item in source(programme_ref=programme_ref, on=on)]
    owners = owners_map(programme_ref=programme_ref, keys=[item.owned_as for item in items])
    owned = [
        replace(item, owner_ref=owner.owner_ref, taken_at=owner.taken_at)
        if (owner := owners.get(item.owned_as))
        else item
        for item in items
    ]
    return tuple(sorted(owned, key=lambda i: (SEVERITY_ORDER[i.severity], i.since, i.party_ref)))
