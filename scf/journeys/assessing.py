"""The chain judged: facts gathered from the documents, frozen, and handed to risk as a run."""

from __future__ import annotations

import os
import socket
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ledger.operations.outbox import event_emit
from risk.engine import run_carry
from risk.facts import DefaultFact, Facts, PartyFact, ProceedsFact, RequestFact
from risk.operations.runs import risk_run_start, snapshot_store
from risk.queries.reports import run_latest
from risk.queries.scores import policy_in_force
from risk.snapshot import Snapshot, snapshot_build
from scf.access.policy import require
from scf.financing.queries import claims_list
from scf.financing.queries.lateness import defaults_list
from scf.journeys.contact_keys import contact_keys
from scf.journeys.flow_columns import flow_columns, pairs_exempt
from scf.network.queries import (
    ProgrammeFacts,
    parties_get,
    party_contacts_map,
    party_kinds_map,
    programme_get,
)
from scf.network.values import Actor, PartyKind, Role, Scope, party_ref, ref_id
from scf.settlement.queries import payouts_confirmed
from scf.trade.flow_lines import flow_lines

CHAIN_KINDS = frozenset(
    {PartyKind.ANCHOR, PartyKind.OBLIGOR, PartyKind.SUPPLIER, PartyKind.DISTRIBUTOR}
)
# A gate stands for 30 days; a run every other week keeps it from lapsing.
ASSESS_EVERY_DAYS = 14
# Offered and not yet sold: what a supplier asks for.
ASKING_STATES = ("submitted", "matched", "confirmed", "registered")


@transaction.atomic(durable=True)
def risk_assess_request(*, actor: Actor, at: datetime) -> None:
    """The risk desk asks for a run as of the business date; a worker gathers and carries it.

    Raises ``access.denied``.
    """
    require(actor, "gate.run")
    event_emit(name="risk.run.requested", payload={"programme_id": actor.programme_id}, at=at)


def risk_assess_due_within(*, programme_id: int, at: datetime) -> int | None:
    """After a day's end: assess again when the last run is as old as `ASSESS_EVERY_DAYS`.

    For a work item's transaction. Returns the run's id, None when none was due.
    """
    programme = programme_get(programme_id=programme_id)
    last = run_latest(programme_ref=programme.book)
    if last is not None and (programme.business_date - last.as_of).days < ASSESS_EVERY_DAYS:
        return None
    return risk_assess_within(programme_id=programme.id, as_of=programme.business_date, at=at)


@transaction.atomic(durable=True)
def risk_assess(*, programme_id: int, as_of: date, at: datetime) -> int:
    """Freeze what is known of the chain on a day and queue its run; returns the run's id.

    Every firm but the anchor's own gets a report and a gate decision. Raises
    ``network.programme_unknown``.
    """
    return risk_assess_within(programme_id=programme_id, as_of=as_of, at=at)


def risk_assess_within(*, programme_id: int, as_of: date | None, at: datetime) -> int:
    """The same in the caller's transaction; ``as_of`` None is the business date."""
    programme = programme_get(programme_id=programme_id)
    snapshot = chain_freeze(programme=programme, as_of=as_of or programme.business_date)
    snapshot_id = snapshot_store(programme_ref=programme.book, snapshot=snapshot, at=at)
    return risk_run_start(
        programme_ref=programme.book,
        snapshot_id=snapshot_id,
        policy=policy_in_force(programme_ref=programme.book),
        at=at,
    )


def risk_assess_now(*, programme_id: int, as_of: date, at: datetime) -> int:
    """The same, and carry the run to its end in this process; returns the run's id.

    Workers beside this process may take parts of it; the run is at its end either way.
    """
    run_id = risk_assess(programme_id=programme_id, as_of=as_of, at=at)
    worker = f"{socket.gethostname()}:{os.getpid()}"
    run_carry(run_id=run_id, worker=worker, at=at)
    return run_id


def chain_freeze(*, programme: ProgrammeFacts, as_of: date) -> Snapshot:
    """The chain as the documents show it on a day, with what its firms ask for."""
    lines = flow_lines(programme_id=programme.id, currency=programme.currency, until=as_of)
    flows = flow_columns(lines)
    facts = Facts(
        parties=_parties(programme, seen=flows.parties),
        flows=flows,
        requests=_requests(programme),
        exempt_pairs=pairs_exempt(lines),
        proceeds=_proceeds(programme, as_of),
        defaults=_defaults(programme),
    )
    return snapshot_build(facts, as_of=as_of)


def _parties(programme: ProgrammeFacts, *, seen: Sequence[str]) -> tuple[PartyFact, ...]:
    """The firms of the chain and those that its documents name, with keys of who is behind."""
    kinds = {
        party_id: own & CHAIN_KINDS
        for party_id, own in party_kinds_map(programme_id=programme.id).items()
        if own & CHAIN_KINDS
    }
    for ref in seen:
        kinds.setdefault(ref_id(ref), frozenset())
    known = parties_get(party_ids=kinds)
    contacts = party_contacts_map(party_ids=kinds)
    return tuple(
        PartyFact(
            ref=party_ref(party_id),
            name=known[party_id].name,
            group=known[party_id].group_name,
            roles=tuple(sorted(own)),
            sector=known[party_id].sector,
            **contact_keys(contacts.get(party_id)),
        )
        for party_id, own in sorted(kinds.items())
    )


def _proceeds(programme: ProgrammeFacts, until: date) -> tuple[ProceedsFact, ...]:
    """Financed cash that settled payouts brought to the chain's firms."""
    return tuple(
        ProceedsFact(party_ref(party_id), on_date, amount_minor, f"payout:{payout_id}")
        for payout_id, party_id, on_date, amount_minor in payouts_confirmed(
            programme_id=programme.id, until=until
        )
    )


def _defaults(programme: ProgrammeFacts) -> tuple[DefaultFact, ...]:
    """Obligors whose claims came to default, by the payment axis."""
    return tuple(
        DefaultFact(party_ref(obligor), day)
        for obligor, day in defaults_list(programme_id=programme.id)
    )


def _requests(programme: ProgrammeFacts) -> tuple[RequestFact, ...]:
    """What each supplier has on offer, together."""
    scope = Scope(programme_id=programme.id, role=Role.RISK, party_ids=None)
    asked: dict[int, int] = defaultdict(int)
    for claim in claims_list(scope=scope, states=ASKING_STATES):
        asked[claim.supplier_id] += claim.face_minor
    return tuple(
        RequestFact(party_ref(supplier), amount, "receivable")
        for supplier, amount in sorted(asked.items())
    )
