"""The permission table: ``may(actor, verb, subject)``, and the scope of an actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.errors import DomainError
from scf.network.queries import parties_of_kind, programme_get
from scf.network.values import Actor, PartyKind, Role, Scope, Seat

WORKERS = frozenset({Seat.MAKER, Seat.CHECKER, Seat.SIGNER})
CHECKERS = frozenset({Seat.CHECKER, Seat.SIGNER})
SIGNERS = frozenset({Seat.SIGNER})
# The platform's own desks read the whole programme; every other desk reads its party.
PROGRAMME_DESKS = frozenset({Role.RISK, Role.OPERATIONS, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb acts on: its programme, the parties it belongs to, and who made it.

    ``party_ids`` empty means it belongs to the programme as a whole. ``made_by`` is the user id
    of the maker where a second pair of eyes is wanted, else None.
    """

    programme_id: int
    party_ids: frozenset[int] = frozenset()
    made_by: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: which desks and seats, and whether the maker is kept out."""

    roles: frozenset[Role]
    seats: frozenset[Seat]
    other_person: bool = False


def _rule(*roles: Role, seats: frozenset[Seat] = WORKERS, other_person: bool = False) -> Rule:
    return Rule(frozenset(roles), seats, other_person)


POLICY: Mapping[str, Rule] = {
    # import
    "import.upload": _rule(Role.SUPPLIER, Role.ANCHOR, Role.OPERATIONS),
    "import.commit": _rule(Role.SUPPLIER, Role.ANCHOR, Role.OPERATIONS),
    "import.undo": _rule(Role.OPERATIONS, seats=CHECKERS),
    # supplier
    "quote.request": _rule(Role.SUPPLIER),
    "quote.accept": _rule(Role.SUPPLIER),
    "quote.approve": _rule(Role.SUPPLIER, seats=CHECKERS, other_person=True),
    "quote.withdraw": _rule(Role.SUPPLIER),
    "receivable.ask": _rule(Role.SUPPLIER),
    "statement.issue": _rule(Role.SUPPLIER, Role.INVESTOR),
    # anchor
    "claim.confirm": _rule(Role.ANCHOR, seats=SIGNERS, other_person=True),
    "claim.prepare": _rule(Role.ANCHOR),
    "claim.refuse": _rule(Role.ANCHOR),
    "claim.revoke": _rule(Role.ANCHOR, seats=SIGNERS),
    "payments.export": _rule(Role.ANCHOR),
    # investor
    "bid.place": _rule(Role.INVESTOR),
    "bid.withdraw": _rule(Role.INVESTOR),
    "withdrawal.request": _rule(Role.INVESTOR),
    # risk desk
    "gate.run": _rule(Role.RISK),
    "stress.run": _rule(Role.RISK),
    "gate.decide": _rule(Role.RISK),
    "gate.override": _rule(Role.RISK, seats=CHECKERS, other_person=True),
    "limit.propose": _rule(Role.RISK),
    "desk.take": _rule(Role.RISK),
    "desk.hand": _rule(Role.RISK, seats=CHECKERS),
    "case.work": _rule(Role.RISK),
    "warning.act": _rule(Role.RISK),
    "collection.contact": _rule(Role.RISK),
    "case.close": _rule(Role.RISK, seats=CHECKERS, other_person=True),
    "view.save": _rule(Role.RISK),
    "card.propose": _rule(Role.RISK),
    "card.approve": _rule(Role.RISK, seats=CHECKERS, other_person=True),
    "limit.approve": _rule(Role.RISK, seats=CHECKERS, other_person=True),
    "claim.freeze": _rule(Role.RISK, Role.OPERATIONS),
    "claim.unfreeze": _rule(Role.RISK, Role.OPERATIONS, seats=CHECKERS, other_person=True),
    # operations
    "claim.register": _rule(Role.OPERATIONS),
    "series.draft": _rule(Role.OPERATIONS),
    "series.list": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
    "series.cancel": _rule(Role.OPERATIONS),
    "series.close": _rule(Role.OPERATIONS),
    "entry.propose": _rule(Role.OPERATIONS),
    "entry.approve": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
    "entry.undo": _rule(Role.OPERATIONS, seats=CHECKERS),
    "statement.import": _rule(Role.OPERATIONS),
    "payout.prepare": _rule(Role.OPERATIONS),
    "payout.approve": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
    "payout.send": _rule(Role.OPERATIONS),
    "claim.dispute": _rule(Role.OPERATIONS, Role.ANCHOR),
    "claim.resolve": _rule(Role.OPERATIONS, seats=CHECKERS),
    "claim.misdirect": _rule(Role.OPERATIONS, Role.ANCHOR),
    "claim.repurchase": _rule(Role.OPERATIONS, Role.RISK, seats=CHECKERS),
    "claim.write_off": _rule(Role.OPERATIONS),
    "claim.write_off_approve": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
    "day.close": _rule(Role.OPERATIONS),
    "terms.propose": _rule(Role.OPERATIONS),
    "terms.approve": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
    "work.retry": _rule(Role.OPERATIONS),
    "account.change": _rule(Role.OPERATIONS),
    "party.check": _rule(Role.OPERATIONS, seats=CHECKERS),
    "account.approve": _rule(Role.OPERATIONS, seats=CHECKERS, other_person=True),
}


def scope_for(actor: Actor) -> Scope:
    """What the actor may see.

    The platform's desks see the whole programme. A party's desk sees its party; the anchor's own
    desk sees every obligor entity of the programme. A party desk without a party sees nothing.
    """
    if actor.role in PROGRAMME_DESKS:
        return Scope(programme_id=actor.programme_id, role=actor.role, party_ids=None)
    return Scope(
        programme_id=actor.programme_id, role=actor.role, party_ids=frozenset(_own_parties(actor))
    )


def _own_parties(actor: Actor) -> set[int]:
    if actor.party_id is None:
        return set()
    if actor.role is not Role.ANCHOR:
        return {actor.party_id}
    if programme_get(programme_id=actor.programme_id).anchor_id != actor.party_id:
        return {actor.party_id}
    entities = parties_of_kind(programme_id=actor.programme_id, kind=PartyKind.OBLIGOR)
    return {actor.party_id, *(entity.id for entity in entities)}


def may(actor: Actor, verb: str, subject: Subject | None = None) -> bool:
    """True when the actor's desk and seat carry the verb and the subject is within reach.

    A verb that nobody wrote into the table is refused for everyone.
    """
    rule = POLICY.get(verb)
    if rule is None or actor.role not in rule.roles or actor.seat not in rule.seats:
        return False
    if subject is None:
        return True
    if rule.other_person and subject.made_by == actor.user_id:
        return False
    return _within(scope_for(actor), subject)


def require(actor: Actor, verb: str, subject: Subject | None = None) -> None:
    """Raise ``access.own_work`` or ``access.denied`` unless the actor may."""
    if may(actor, verb, subject):
        return
    rule = POLICY.get(verb)
    own = subject is not None and subject.made_by == actor.user_id
    if rule is not None and rule.other_person and own:
        raise DomainError("access.own_work", verb=verb)
    raise DomainError("access.denied", verb=verb)


def _within(scope: Scope, subject: Subject) -> bool:
    if scope.programme_id != subject.programme_id:
        return False
    if scope.party_ids is None or not subject.party_ids:
        return True
    return bool(scope.party_ids & subject.party_ids)
