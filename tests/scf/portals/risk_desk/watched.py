"""A warning about the supplier and a debt of the obligor, for tests of their pages."""

from dataclasses import replace
from typing import Any

from risk.findings import Evidence, Severity
from risk.operations.collecting import collections_refresh, hazards_latest
from risk.operations.warnings import warnings_raise
from risk.queries.collections import CollectionRow, collections_list
from risk.queries.warnings import WarningRow, warnings_list
from risk.warning.values import Sign, Signal
from scf.network.values import party_ref
from tests.risk.collection_made import books, debt
from tests.support.desks import Desks

FACTS: dict[str, int | str] = {"now_minor": 40_000, "base_minor": 100_000, "base": "year_before"}
ROW = Evidence("order", None, "PO-7", "2026-01-05", 50_000)


def warned(desks: Desks, **changed: Any) -> WarningRow:
    world, book = desks.world, desks.world.programme.book
    firm = party_ref(world.party("supplier"))
    sign = Sign(firm, Signal.ORDERS_CUT, Severity.HIGH, "ppm", -600_000, -300_000, 30)
    sign = replace(sign, facts=FACTS, evidence=(ROW,))
    warnings_raise(
        programme_ref=book,
        signs=[replace(sign, **changed)],
        names={firm: "算例注塑"},
        on=world.today,
        at=world.at,
    )
    return warnings_list(programme_ref=book)[0]


def owed(desks: Desks, **changed: Any) -> CollectionRow:
    world, book = desks.world, desks.world.programme.book
    debtor = party_ref(world.party("obligor"))
    one = debt(**{"debtor_ref": debtor, "debtor_name": "算例付款人", **changed})
    collections_refresh(
        programme_ref=book,
        books=books(one),
        hazards=hazards_latest(programme_ref=book, debtors=[debtor]),
        on=world.today,
        at=world.at,
    )
    return collections_list(programme_ref=book)[0]
