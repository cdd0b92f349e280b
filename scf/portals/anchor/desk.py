"""Claims at the obligor's desk: who waits for what since when, and what was assigned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scf.access.policy import may
from scf.financing.queries import claims_awaiting, claims_table
from scf.journeys.day_end import CONFIRM_DAYS
from scf.network.calendar import business_days_add
from scf.network.queries import ApprovalFacts, approvals_pending
from scf.network.values import ref_id
from scf.portals.shell.session import PortalRequest
from scf.trade.queries import receivables_get
from scf.trade.values import ReceivableFacts

DESK_STATES = {
    "matched": "waiting",
    "confirmed": "signed",
    "registered": "signed",
    "assigned": "signed",
    "settled": "signed",
    "refused": "refused",
    "expired": "lapsed",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One claim on this desk. ``state`` is on the axis ``confirmation``."""

    claim: Mapping[str, Any]
    match_state: str
    state: str
    since_date: date | None
    confirm_by: date | None
    approval: ApprovalFacts | None

    @property
    def id(self) -> int:
        return int(self.claim["id"])

    def days(self, *, on: date) -> int | None:
        """How many days it has waited."""
        return (on - self.since_date).days if self.since_date is not None else None


def claims_at_desk(request: PortalRequest, *, states: Iterable[str] = DESK_STATES) -> list[Waiting]:
    """Claims in these states with their match, their waiting time and who prepared them."""
    rows = list(claims_table(scope=request.scope).filter(state__in=list(states)))
    since = {
        one.id: one.since_date
        for one in claims_awaiting(
            programme_id=request.scope.programme_id, state="matched", before=None
        )
    }
    pending = {
        ref_id(one.subject_ref): one
        for one in approvals_pending(scope=request.scope, verb="claim.confirm")
    }
    facts = receivables_get(receivable_ids=[row["receivable_id"] for row in rows])
    return [_waiting(row, since.get(row["id"]), pending.get(row["id"]), facts) for row in rows]


def _waiting(
    row: Mapping[str, Any],
    since: date | None,
    approval: ApprovalFacts | None,
    facts: Mapping[int, ReceivableFacts],
) -> Waiting:
    receivable = facts.get(row["receivable_id"])
    state = DESK_STATES.get(row["state"], row["state"])
    return Waiting(
        claim=row,
        match_state=receivable.match_state.value if receivable is not None else "",
        state="prepared" if approval is not None and state == "waiting" else state,
        since_date=since,
        confirm_by=business_days_add(day=since, count=CONFIRM_DAYS) if since else None,
        approval=approval,
    )


def may_here(
    request: PortalRequest, verb: str, obligor_id: int, *, made_by: int | None = None
) -> bool:
    """The reader's seat carries the verb, the entity is within the request's own scope, and the
    reader is not the maker. No query: the scope was read with the request."""
    parties = request.scope.party_ids
    within = parties is None or obligor_id in parties
    return within and made_by != request.actor.user_id and may(request.actor, verb)


def may_sign(request: PortalRequest, row: Waiting) -> bool:
    """The reader is the signer for a statement that another person prepared."""
    return row.approval is not None and may_here(
        request, "claim.confirm", row.claim["obligor_id"], made_by=row.approval.maker_id
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """A payment that went to the wrong payee: reported, or suspected from the ERP's own payments."""

    claim: Mapping[str, Any]
    paid_minor: int
    reported: bool


def assigned_claims(request: PortalRequest) -> dict[int, Mapping[str, Any]]:
    """Receivable id -> its assigned and unpaid claim: these are paid to somebody else now."""
    rows = claims_table(scope=request.scope).filter(state="assigned").exclude(payment_state="paid")
    return {row["receivable_id"]: row for row in rows}


def mistakes_list(assigned: Mapping[int, Mapping[str, Any]]) -> list[Mistake]:
    """Reported ones first, then those that the ERP shows as paid while escrow got nothing."""
    facts = receivables_get(receivable_ids=assigned)
    found: Sequence[Mistake] = [
        Mistake(claim, facts[key].paid_minor if key in facts else 0, claim["is_misdirected"])
        for key, claim in assigned.items()
    ]
    wrong = [one for one in found if one.reported or one.paid_minor > 0]
    return sorted(wrong, key=lambda one: (not one.reported, one.claim["payment_date"]))
