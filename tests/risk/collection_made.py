"""Debts for tests of collection, as the books would show them."""

from typing import Any

from risk.collection.chance import HazardModel
from risk.collection.hazard import hazards_of
from risk.collection.values import CollectionPolicy, Debt
from risk.operations.collecting import Books

POLICY = CollectionPolicy()
OBLIGOR = "party:1"


def debt(**other: Any) -> Debt:
    given: dict[str, Any] = {
        "key": "claim:8:claim",
        "kind": "claim",
        "claim_ref": "claim:8",
        "debtor_ref": OBLIGOR,
        "debtor_name": "沧澜冰箱",
        "label": "INV-1",
        "currency": "CNY",
        "open_minor": 100_000_000,
        "paid_minor": 0,
        "due_day": 20_000,
        "days_late": 10,
    }
    return Debt(**{**given, **other})


def base_model() -> HazardModel:
    """Where nothing is known of anyone."""
    return HazardModel(hazards_of(None, debtors=(), policy=POLICY), POLICY)


def books(*debts: Debt, paid: dict[str, int] | None = None, owed: int = 0) -> Books:
    return Books(
        debts=debts,
        owed_minor={debt.debtor_ref: owed for debt in debts},
        paid_minor=paid or {},
    )
