"""Events become lines in the inboxes of the desks they concern: a code with facts, no words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scf.financing.queries import claim_get
from scf.network.operations import desk_notify
from scf.network.values import Role, Scope
from scf.products.queries import series_get, subscriptions_of
from scf.settlement.queries import entry_get, payout_get, statement_get


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell, what, and where it leads."""

    programme_id: int
    role: Role
    party_id: int | None
    facts: Mapping[str, object]
    link: str


Payload = Mapping[str, object]


def _id(payload: Payload, name: str) -> int:
    return int(str(payload[name]))


def _claim(payload: Payload, *roles: Role) -> list[Notice]:
    claim = claim_get(claim_id=_id(payload, "claim_id"))
    facts = {
        "claim": claim.number,
        "invoice": claim.invoice_number,
        "amount_minor": claim.face_minor,
        "due_date": claim.due_date.isoformat(),
    }
    targets = {
        Role.SUPPLIER: (claim.supplier_id, f"/supplier/receivables/{claim.receivable_id}/"),
        Role.ANCHOR: (None, f"/anchor/confirm/{claim.id}/"),
        Role.OPERATIONS: (None, "/operations/issue/"),
        Role.RISK: (None, "/risk/"),
    }
    return [
        Notice(claim.programme_id, role, targets[role][0], facts, targets[role][1])
        for role in roles
    ]


def _series(payload: Payload, *roles: Role, everyone: bool = False) -> list[Notice]:
    series = series_get(series_id=_id(payload, "series_id"))
    facts = {
        "series": series.number,
        "amount_minor": series.principal_minor,
        "rate_ppm": series.rate_ppm,
    }
    notices = []
    for role in roles:
        if role is Role.SUPPLIER:
            notices.append(
                Notice(
                    series.programme_id, role, series.supplier_id, facts, "/supplier/settlement/"
                )
            )
        elif role is Role.OPERATIONS:
            link = f"/operations/issue/{series.id}/"
            notices.append(Notice(series.programme_id, role, None, facts, link))
        else:
            bidders: set[int | None] = {
                row.investor_id for row in subscriptions_of(series_id=series.id)
            }
            parties: list[int | None] = [None] if everyone else list(bidders)
            link = f"/investor/products/{series.id}/"
            notices.extend(
                Notice(series.programme_id, role, party, facts, link) for party in parties
            )
    return notices


def _firm(payload: Payload) -> list[Notice]:
    """The firm's own desks hear of what was changed about it, whoever asked for it."""
    programme_id, party_id = _id(payload, "programme_id"), _id(payload, "party_id")
    pages = {Role.SUPPLIER: "/supplier/company/", Role.INVESTOR: "/investor/cash/"}
    return [Notice(programme_id, role, party_id, {}, link) for role, link in pages.items()]


def _operations(payload: Payload) -> list[Notice]:
    return [
        Notice(_id(payload, "programme_id"), Role.OPERATIONS, None, dict(payload), "/operations/")
    ]


def _desk(payload: Payload) -> Scope:
    return Scope(_id(payload, "programme_id"), Role.OPERATIONS, None)


def _entry(payload: Payload) -> list[Notice]:
    entry = entry_get(scope=_desk(payload), entry_id=_id(payload, "entry_id"))
    facts = {"amount_minor": entry.amount_minor, "name": entry.counterparty_name or "—"}
    return [Notice(entry.programme_id, Role.OPERATIONS, None, facts, "/operations/")]


def _statement(payload: Payload) -> list[Notice]:
    statement = statement_get(scope=_desk(payload), statement_id=_id(payload, "statement_id"))
    facts = {"number": statement.number}
    return [Notice(statement.programme_id, Role.OPERATIONS, None, facts, "/operations/")]


def _payout(payload: Payload) -> list[Notice]:
    payout = payout_get(scope=_desk(payload), payout_id=_id(payload, "payout_id"))
    facts = {"amount_minor": payout.amount_minor, "payee": payout.payee_name}
    return [Notice(payout.programme_id, Role.OPERATIONS, None, facts, "/operations/")]


NOTICES: Mapping[str, Callable[[Payload], list[Notice]]] = {
    "financing.claim.matched": lambda p: _claim(p, Role.ANCHOR),
    "financing.claim.confirmed": lambda p: _claim(p, Role.SUPPLIER),
    "financing.claim.registered": lambda p: _claim(p, Role.OPERATIONS),
    "financing.claim.revoke_asked": lambda p: _claim(p, Role.SUPPLIER),
    "financing.claim.let_go": lambda p: _claim(p, Role.SUPPLIER, Role.ANCHOR, Role.OPERATIONS),
    "financing.claim.diluted": lambda p: _claim(p, Role.SUPPLIER, Role.OPERATIONS, Role.RISK),
    "financing.claim.misdirected": lambda p: _claim(p, Role.SUPPLIER, Role.OPERATIONS, Role.RISK),
    "financing.claim.written_off": lambda p: _claim(p, Role.OPERATIONS, Role.RISK),
    "financing.payment.due": lambda p: _claim(p, Role.ANCHOR),
    "financing.payment.overdue": lambda p: _claim(p, Role.ANCHOR, Role.OPERATIONS, Role.RISK),
    "financing.payment.defaulted": lambda p: _claim(p, Role.ANCHOR, Role.OPERATIONS, Role.RISK),
    "products.series.listed": lambda p: _series(p, Role.INVESTOR, everyone=True),
    "products.series.funded": lambda p: _series(p, Role.OPERATIONS),
    "products.series.issued": lambda p: _series(p, Role.SUPPLIER, Role.INVESTOR),
    "products.series.cancelled": lambda p: _series(p, Role.SUPPLIER, Role.INVESTOR),
    "products.series.closed_at_loss": lambda p: _series(p, Role.INVESTOR, Role.OPERATIONS),
    "products.series.distributed": lambda p: _series(p, Role.SUPPLIER, Role.INVESTOR),
    "settlement.entry.exception": _entry,
    "settlement.statement.held": _statement,
    "settlement.payout.rejected": _payout,
    "settlement.payout.returned": _payout,
    "network.account.changed": _firm,
    "network.party.checked": _firm,
    "network.day_end.finished": _operations,
}


def event_notify(*, event: str, key: str, payload: Payload, at: datetime) -> int:
    """Write the lines of one event inside the caller's transaction; returns how many desks.

    ``key`` makes a second run harmless.
    """
    notices = NOTICES[event](payload)
    for notice in notices:
        desk_notify(
            programme_id=notice.programme_id,
            role=notice.role,
            party_id=notice.party_id,
            key=key,
            code=event,
            facts=notice.facts,
            link=notice.link,
            at=at,
        )
    return len(notices)
