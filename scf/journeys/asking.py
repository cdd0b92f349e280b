"""A supplier asks whoever can act next on a receivable: a line in that desk's inbox, once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledger.errors import DomainError
from risk.queries.gates import gate_get
from scf.access.policy import Subject, require, scope_for
from scf.financing.queries import claims_list
from scf.network.operations import desk_notify
from scf.network.queries import ProgrammeFacts, party_get, programme_get
from scf.network.values import Actor, Role, Scope, party_ref
from scf.trade.queries import receivable_get
from scf.trade.values import MatchState, ReceivableFacts

AT_THE_ANCHOR = frozenset(
    {MatchState.AWAITING_RECEIPT, MatchState.PRICE_BLOCK, MatchState.NO_ORDER,
     MatchState.OVER_QUANTITY}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, what is asked (the notice's code), and the page where it is done."""

    role: Role
    code: str
    link: str


def turn_of(*, programme: ProgrammeFacts, receivable: ReceivableFacts) -> Turn | None:
    """Who has to act before the receivable can be paid out; None when it is the supplier's turn."""
    scope = Scope(programme.id, Role.OPERATIONS, None)
    found = claims_list(scope=scope, receivable_ids=[receivable.id])
    claim = found[0] if found else None
    if claim is not None and claim.state == "matched":
        return Turn(Role.ANCHOR, "asked.confirm", f"/anchor/confirm/{claim.id}/")
    if claim is not None and claim.state in ("confirmed", "registered"):
        return Turn(Role.OPERATIONS, "asked.list", "/operations/issue/")
    if claim is not None and claim.state in ("draft", "submitted", "assigned"):
        return None
    if receivable.match_state in AT_THE_ANCHOR:
        return Turn(Role.ANCHOR, "asked.document", "/anchor/imports/")
    on = programme.business_date
    supplier = party_get(party_id=receivable.supplier_id)
    if not supplier.kyb_valid(on=on):
        return Turn(Role.OPERATIONS, "asked.kyb", f"/operations/parties/{supplier.id}/")
    gate = gate_get(programme_ref=programme.book, party_ref=party_ref(supplier.id), on=on)
    if not gate.passed:
        return Turn(Role.RISK, "asked.gate", f"/risk/firms/{supplier.id}/")
    return None


@transaction.atomic(durable=True)
def receivable_ask(*, actor: Actor, receivable_id: int, at: datetime) -> Turn:
    """Remind the desk whose turn it is; asking again on the same business date adds nothing.

    Raises ``trade.receivable_unknown``, ``financing.nobody_to_ask``.
    """
    receivable = receivable_get(receivable_id=receivable_id, scope=scope_for(actor))
    subject = Subject(actor.programme_id, frozenset({receivable.supplier_id}))
    require(actor, "receivable.ask", subject)
    programme = programme_get(programme_id=actor.programme_id)
    turn = turn_of(programme=programme, receivable=receivable)
    if turn is None:
        raise DomainError("financing.nobody_to_ask", invoice=receivable.invoice_number)
    supplier = party_get(party_id=receivable.supplier_id)
    desk_notify(
        programme_id=programme.id,
        role=turn.role,
        party_id=None,
        key=f"{turn.code}:{receivable.id}:{programme.business_date.isoformat()}",
        code=turn.code,
        facts={"invoice": receivable.invoice_number, "supplier": supplier.short_name},
        link=turn.link,
        at=at,
    )
    return turn
