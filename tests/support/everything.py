"""A programme in which every kind of thing exists once, and somebody sits at every desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from ledger.queries import journals_list
from risk.findings import Severity
from risk.limits import group_ref
from risk.operations.collecting import collections_refresh, hazards_latest
from risk.operations.limits import limit_change_propose
from risk.operations.scores import card_take
from risk.operations.warnings import warnings_raise
from risk.queries.cases import case_evidence
from risk.queries.collections import collections_list
from risk.queries.limits import limit_changes_list, limits_list
from risk.queries.reports import reports_list
from risk.queries.warnings import warnings_list
from risk.stress.scenario import Scenario
from risk.warning.values import Sign, Signal
from scf.access.policy import scope_for
from scf.financing.queries import ClaimFacts, quotes_list
from scf.imports.queries import batch_files_list
from scf.journeys.founding import AccountInput, FirmInput, firms_onboard, seat_give
from scf.journeys.importing import import_receive, import_run
from scf.journeys.quoting import quotes_make
from scf.journeys.scoring import shipped_card
from scf.journeys.stating import statement_issue
from scf.journeys.stressing import stress_ask, stress_carry
from scf.journeys.subscribing import subscription_place
from scf.journeys.withdrawing import withdrawal_request
from scf.network.operations import PartyInput
from scf.network.values import PartyKind, Role, Scope, Seat, party_ref
from scf.products.queries import SeriesFacts
from scf.settlement.queries import batches_list
from scf.simulator.worked.life import claim_from, listed
from scf.simulator.worked.world import World
from tests.risk.collection_made import books, debt
from tests.scf.imports.chain import invoice_row, table
from tests.support.cases import case_open
from tests.support.database import database_flush, filled_tables
from tests.support.desks import Desks
from tests.support.run import run_prepare

Ids = dict[str, int]


@dataclass(frozen=True)
class Everything:
    """``ids`` are of the first supplier; ``rival`` sells nothing and owns nothing of it."""

    desks: Desks
    sold: SeriesFacts
    offered: SeriesFacts
    waiting: ClaimFacts
    ids: Ids

    @property
    def world(self) -> World:
        return self.desks.world


def everything_make(code: str = "every") -> Everything:
    """One series paid out, one on offer, a claim at its obligor, a receivable with a quote."""
    desks = Desks.make(code)
    world = desks.world
    _people(world, code)
    sold = desks.paid_out()
    offered = listed(
        world=world, claim=claim_from(world=world, receivable_id=desks.papers("INV-0002"))
    )
    waiting = desks.at_the_obligor("INV-0003")
    free = desks.papers("INV-0004")
    quotes_make(actor=world.actors["supplier"], receivable_ids=[free], at=world.at)
    ids = {
        "claim_id": waiting.id,
        "receivable_id": free,
        "series_id": offered.id,
        "party_id": world.party("supplier"),
        **_imports(world, "supplier", "batch_id", "file_id"),
        **_imports(world, "anchor", "anchor_batch_id", "anchor_file_id"),
        **_of_the_platform(world),
        **_of_an_investor(world, offered),
    }
    return Everything(desks=desks, sold=sold, offered=offered, waiting=waiting, ids=ids)


def _people(world: World, code: str) -> None:
    rival = FirmInput(
        party=PartyInput(tax_id=f"WX-{code}-RIVAL", name="算例对手", kinds=(PartyKind.SUPPLIER,)),
        account=AccountInput(holder_name="算例对手", bank_name="算例银行", number="623000000926"),
    )
    ids = firms_onboard(
        programme_id=world.programme_id,
        firms=[rival],
        kyb_expiry_date=world.today + timedelta(days=900),
    )
    party_id = ids[rival.party.tax_id]
    world.firms["rival"] = (party_id, "算例对手", "623000000926")
    seats = {
        "rival": (Role.SUPPLIER, Seat.CHECKER, party_id),
        "auditor": (Role.AUDITOR, Seat.VIEWER, None),
        "supplier-reader": (Role.SUPPLIER, Seat.VIEWER, world.party("supplier")),
        "anchor-reader": (Role.ANCHOR, Seat.VIEWER, world.actors["anchor"].party_id),
        "investor-reader": (Role.INVESTOR, Seat.VIEWER, world.party("A")),
        "risk-reader": (Role.RISK, Seat.VIEWER, None),
        "operations-reader": (Role.OPERATIONS, Seat.VIEWER, None),
    }
    for key, (role, seat, party) in seats.items():
        world.actors[key] = seat_give(
            programme_id=world.programme_id,
            username=f"{code}-{key}",
            display_name=key,
            password=f"{code}-{key}-worked",
            role=role,
            seat=seat,
            party_id=party,
        )


def _imports(world: World, who: str, batch_name: str, file_name: str) -> Ids:
    """A preview of a file with a line for an order that nobody knows."""
    content = table([invoice_row(partner_code=f"V-{who}")])
    received = import_receive(actor=world.actors[who], files=[(f"{who}.csv", content)], at=world.at)
    import_run(batch_id=received.batch_id, at=world.at)
    files = batch_files_list(batch_id=received.batch_id)
    return {batch_name: received.batch_id, file_name: files[0]["id"]}


def _of_the_platform(world: World) -> Ids:
    """Ids that only the platform's own desks open."""
    book = world.programme.book
    whole = Scope(world.programme_id, Role.OPERATIONS, None)
    limit_change_propose(
        programme_ref=book,
        scope="group",
        subject_ref=group_ref(f"算例{world.programme.code}"),
        base_minor=5_000_000_000,
        by=world.actors["risk"].ref,
        reason="少一些",
        at=world.at,
    )
    case = case_open(world)
    evidence = case_evidence(case_id=case.id)
    return {
        "case_id": case.id,
        "line_id": next(row.row_id for row in evidence if row.row_id is not None),
        "payout_batch_id": batches_list(scope=whole)[0].id,
        "card_id": card_take(
            programme_ref=book,
            data=shipped_card(),
            by=world.actors["risk"].ref,
            reason="随附",
            at=world.at,
        ),
        "stress_id": _stressed(world),
        **_watched(world),
        "report_id": reports_list(programme_ref=book)[0].id,
        "limit_id": limits_list(programme_ref=book)[0].id,
        "change_id": limit_changes_list(programme_ref=book, waiting_only=True)[0].id,
        "journal_id": journals_list(book=book)[0].id,
        "quote_id": quotes_list(scope=scope_for(world.actors["supplier"]))[0].id,
    }


def _stressed(world: World) -> int:
    """A stress run with its answer."""
    asked = stress_ask(
        actor=world.actors["risk"], scenario=Scenario(draws=100), key="every", at=world.at
    )
    stress_carry(stress_id=asked, at=world.at)
    return asked


def _watched(world: World) -> Ids:
    """A warning about the supplier and a debt of the obligor."""
    book, firm = world.programme.book, party_ref(world.party("supplier"))
    cut = Sign(firm, Signal.ORDERS_CUT, Severity.HIGH, "ppm", -600_000, -300_000, 30)
    told = replace(cut, facts={"now_minor": 40, "base_minor": 100, "base": "preceding"})
    warnings_raise(
        programme_ref=book, signs=[told], names={firm: "算例供应商"}, on=world.today, at=world.at
    )
    owed = debt(debtor_ref=party_ref(world.party("obligor")), debtor_name="算例付款人")
    collections_refresh(
        programme_ref=book,
        books=books(owed),
        hazards=hazards_latest(programme_ref=book, debtors=[owed.debtor_ref]),
        on=world.today,
        at=world.at,
    )
    return {
        "warning_id": warnings_list(programme_ref=book)[0].id,
        "risk_item_id": collections_list(programme_ref=book)[0].id,
    }


def _of_an_investor(world: World, offered: SeriesFacts) -> Ids:
    """A bid and a withdrawal that can still be taken back."""
    world.pays_in(("A", 5_000_000, "入金"))
    actor = world.actors["A"]
    placed = subscription_place(
        actor=actor, series_id=offered.id, units=10, key="every", at=world.at
    )
    wish = withdrawal_request(actor=actor, amount_minor=100, key="every", at=world.at)
    told = {
        desk: statement_issue(actor=world.actors[who], month=world.today, at=world.at).id
        for desk, who in (("supplier", "supplier"), ("investor", "A"))
    }
    return {
        "subscription_id": placed.id,
        "withdrawal_id": wish,
        "supplier_statement_id": told["supplier"],
        "investor_statement_id": told["investor"],
    }


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everything]:
    """One for all tests of a module, committed; a test that changes it changes it for the next."""
    owner_url = run_prepare().addresses.owner_url
    with django_db_blocker.unblock():
        kept = filled_tables(owner_url)
        yield everything_make()
        connections.close_all()
        database_flush(owner_url, kept=kept)
