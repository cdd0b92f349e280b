"""The bank beside a served demo: answers payment files and lets obligors pay, within seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import connection

from scf.financing.queries import claims_list, open_items
from scf.journeys.reconciling import entries_apply
from scf.network.queries import party_codes_map, programme_get
from scf.network.values import Role, Scope
from scf.settlement.queries import entries_list
from scf.simulator.bank.desk import ACCOUNT_CLOSED
from scf.simulator.bank.values import Instruction
from scf.simulator.play.banker import bank_day_run, obligor_payments
from scf.simulator.play.people import PROGRAMME_CODE
from scf.simulator.play.story import PACKAGING, SHEET_METAL
from scf.simulator.values import SOURCE_SYSTEM

# Whose obligors take their time, in days past the payment date (the story left them unpaid).
SLOW_SUPPLIERS: Mapping[str, int] = {PACKAGING: 30, SHEET_METAL: 20}
_REJECTED_ONE_IN = 40


def bank_watch_once(*, programme_id: int, at: datetime) -> bool:
    """One look: True when a statement was written. Nobody pays the same sum for an invoice twice."""
    with _only_bank(programme_id):
        today = programme_get(programme_id=programme_id).business_date
        paid = _paid_before(programme_id)
        incoming = [
            item
            for item in obligor_payments(
                programme_id=programme_id, on=today, late=_waiting(programme_id, on=today)
            )
            if (item.text, item.amount_minor) not in paid
        ]
        result = bank_day_run(
            programme_id=programme_id, incoming=incoming, reject=_now_and_then, at=at
        )
    return result is not None


def bank_evening_play(*, programme_id: int, at: datetime) -> None:
    """The bank's day when days go by in a row: pay and answer before each of them ends.

    What came in is applied at once, since no worker has the time. Programmes other than the
    demo's have banks of their own.
    """
    if programme_get(programme_id=programme_id).code != PROGRAMME_CODE:
        return
    bank_watch_once(programme_id=programme_id, at=at)
    entries_apply(programme_id=programme_id, at=at)


@contextmanager
def _only_bank(programme_id: int) -> Iterator[None]:
    """One bank at a time writes statements: two would number and balance them alike."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('demo.bank'), %s)", [programme_id])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('demo.bank'), %s)", [programme_id])


def patience_days(invoice_no: str) -> int:
    """How late an ordinary obligor pays an invoice: mostly not at all. Depends on the number alone."""
    draw = _digest(invoice_no) % 20
    return {0: 8, 1: 3}.get(draw, 0)


def _waiting(programme_id: int, *, on: date) -> set[str]:
    """Invoices whose payer is not ready to pay yet."""
    codes = party_codes_map(programme_id=programme_id, source_system=SOURCE_SYSTEM)
    slow = {codes.get(("vendor", code), 0): days for code, days in SLOW_SUPPLIERS.items()}
    suppliers = {
        f"claim:{row.id}": row.supplier_id for row in claims_list(scope=_desk(programme_id))
    }
    return {
        item.label
        for item in open_items(programme_id=programme_id)
        if on
        < item.due_date
        + timedelta(days=slow.get(suppliers.get(item.ref, 0), patience_days(item.label)))
    }


def _paid_before(programme_id: int) -> set[tuple[str, int]]:
    return {
        (entry.remittance, entry.amount_minor) for entry in entries_list(scope=_desk(programme_id))
    }


def _now_and_then(item: Instruction) -> str:
    """A refusal now and then, always the same for the same instruction."""
    return ACCOUNT_CLOSED if _digest(item.end_to_end_id) % _REJECTED_ONE_IN == 0 else ""


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _desk(programme_id: int) -> Scope:
    return Scope(programme_id=programme_id, role=Role.OPERATIONS, party_ids=None)
