"""What a supplier must pay into escrow: recourse, money turned over, a repurchase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.queries import balances_list
from scf.financing.queries import claim_steps
from scf.network.queries import ProgrammeFacts
from scf.network.values import party_ref, ref_id


@dataclass(frozen=True, slots=True)
class Demand:
    """One debt of the supplier, in minor units; ``kind`` as settlement's open items have it."""

    kind: str
    invoice: str
    amount_minor: int


def demands_list(
    *, programme: ProgrammeFacts, supplier_id: int, claims: Iterable[Mapping[str, Any]]
) -> list[Demand]:
    """Recourse from the books, turnover and repurchase from the claims' own flags and history."""
    rows = {claim["id"]: claim for claim in claims if claim["state"] in ("assigned", "written_off")}
    found = [
        Demand("turnover", claim["invoice_number"], claim["face_minor"])
        for claim in rows.values()
        if claim["is_misdirected"]
    ]
    for claim in rows.values():
        if claim["is_frozen"]:
            asked = [
                step
                for step in claim_steps(claim_id=claim["id"])
                if step["code"] == "repurchase_demand"
            ]
            if asked:
                amount = int(asked[-1]["facts"]["amount_minor"])
                found.append(Demand("repurchase", claim["invoice_number"], amount))
    if not rows:
        return found
    for ref, balance in balances_list(
        book=programme.book, code="recourse_debtor", owner=party_ref(supplier_id)
    ):
        known = rows.get(ref_id(ref.subject)) if ref.subject else None
        if balance.net and known is not None:
            found.append(Demand("recourse", known["invoice_number"], balance.net))
    return found
