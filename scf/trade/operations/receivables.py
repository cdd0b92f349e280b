"""Keeping receivables in step with the documents behind them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from ledger.operations.outbox import event_emit
from scf.trade.bulk import AnyOf
from scf.trade.models import Receivable, ReceivableCredit
from scf.trade.operations.documents import programme_writes_lock
from scf.trade.receivable_load import InvoiceFacts, invoice_facts_load
from scf.trade.receivable_value import LineResult, receivable_value
from scf.trade.values import MatchState


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many receivables are new, and which known ones changed."""

    created: int
    changed_ids: tuple[int, ...]


def receivables_lock(*, invoice_ids: Collection[int]) -> list[int]:
    """The receivables of these invoices, locked until the transaction ends, ascending ids."""
    rows = Receivable.objects.select_for_update().filter(AnyOf(F("invoice_id"), invoice_ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def receivables_refresh(
    *, programme_id: int, invoice_ids: Collection[int], at: datetime
) -> Refreshed:
    """Recompute the receivables of these invoices from their verdicts, credits and payments.

    To run after ``orders_match`` and ``unlinked_match``, inside a transaction. Emits
    ``trade.receivable.changed`` for each known receivable whose figures, state or credit
    notes changed.
    """
    programme_writes_lock(programme_id=programme_id)
    rows = Receivable.objects.select_for_update().filter(AnyOf(F("invoice_id"), invoice_ids))
    before = {row.invoice_id: row.pk for row in rows.order_by("pk")}
    facts = invoice_facts_load(programme_id=programme_id, invoice_ids=invoice_ids)
    live = {key: each for key, each in facts.items() if each.document.current_id}
    changed = _upsert(programme_id, live, at)
    gone = [key for key in facts if key not in live and key in before]
    changed += [(pk, False) for pk in _withdraw(gone, at)]
    ids = dict(
        Receivable.objects.filter(AnyOf(F("invoice_id"), live)).values_list("invoice_id", "pk")
    )
    credited = _credits_sync(live, ids)
    known = set(before.values())
    moved = {pk for pk, created in changed if not created} | (credited & known)
    for pk in sorted(moved):
        payload = {"receivable_id": pk, "programme_id": programme_id}
        event_emit(name="trade.receivable.changed", payload=payload, at=at)
    return Refreshed(sum(1 for _, created in changed if created), tuple(sorted(moved)))


def _row(invoice_id: int, facts: InvoiceFacts) -> Mapping[str, object]:
    document, current = facts.document, facts.document.current
    # A verdict is missing while another part of the match still runs: worth nothing yet.
    lines: list[LineResult] = facts.lines if len(facts.lines) == facts.line_count else []
    face = max(current.gross_minor, 0) if current else 0
    credited = sum(gross for _, gross in facts.credits.values())
    value = receivable_value(
        face_minor=face,
        credited_minor=credited,
        paid_minor=facts.paid_minor,
        lines=lines,
        loose_credit_minor=facts.loose_credit_minor,
        document_state="disappeared"
        if document.disappeared_at
        else current.state
        if current
        else "",
    )
    return {
        "supplier_id": document.seller_id,
        "obligor_id": document.buyer_id,
        "invoice_id": invoice_id,
        "invoice_version_id": document.current_id,
        "invoice_number": document.reference or document.number,
        "number_key": document.number_key,
        "fiscal_year": document.fiscal_year,
        "item_name": facts.item_name,
        "currency": current.currency if current else "",
        "invoice_date": current.document_date.isoformat() if current else None,
        "due_date": due.isoformat() if (due := facts.due_date()) else None,
        "face_minor": face,
        "credited_minor": credited,
        "paid_minor": facts.paid_minor,
        "supported_minor": value.supported_minor,
        "financeable_minor": value.financeable_minor,
        "match_state": str(value.state),
        "reasons": value.reasons,
        "content_hash": current.content_hash if current else "",
    }


_TYPES = {
    "supplier_id": "bigint",
    "obligor_id": "bigint",
    "invoice_id": "bigint",
    "invoice_version_id": "bigint",
    "invoice_number": "text",
    "number_key": "text",
    "fiscal_year": "int",
    "item_name": "text",
    "currency": "text",
    "invoice_date": "date",
    "due_date": "date",
    "face_minor": "bigint",
    "credited_minor": "bigint",
    "paid_minor": "bigint",
    "supported_minor": "bigint",
    "financeable_minor": "bigint",
    "match_state": "text",
    "reasons": "jsonb",
    "content_hash": "text",
}


def _upsert(
    programme_id: int, live: Mapping[int, InvoiceFacts], at: datetime
) -> list[tuple[int, bool]]:
    if not live:
        return []
    names = list(_TYPES)
    kept = [name for name in names if name != "invoice_id"]
    old = ", ".join(f"receivable.{name}" for name in kept)
    new = ", ".join(f"EXCLUDED.{name}" for name in kept)
    sql = f"""
        INSERT INTO trade_receivable AS receivable
            ({", ".join(names)}, programme_id, matched_at)
        SELECT {", ".join(names)}, %s, %s
        FROM jsonb_to_recordset(%s::jsonb)
            AS given({", ".join(f"{name} {kind}" for name, kind in _TYPES.items())})
        ORDER BY invoice_id
        ON CONFLICT (invoice_id) DO UPDATE
        SET ({", ".join(kept)}, matched_at) = ROW({new}, EXCLUDED.matched_at)
        WHERE ({old}) IS DISTINCT FROM ({new})
        RETURNING id, xmax = 0
    """
    rows = [_row(key, facts) for key, facts in sorted(live.items())]
    with connection.cursor() as cursor:
        cursor.execute(sql, [programme_id, at, json.dumps(rows)])
        return [(int(pk), bool(created)) for pk, created in cursor.fetchall()]


def _withdraw(invoice_ids: list[int], at: datetime) -> list[int]:
    """The documents were undone: the receivable stays, worth nothing."""
    rows = Receivable.objects.filter(AnyOf(F("invoice_id"), invoice_ids)).exclude(
        match_state=MatchState.REVERSED
    )
    ids = list(rows.values_list("pk", flat=True))
    Receivable.objects.filter(AnyOf(F("pk"), ids)).update(
        match_state=MatchState.REVERSED,
        reasons=[{"code": "invoice_withdrawn"}],
        supported_minor=0,
        financeable_minor=0,
        matched_at=at,
    )
    return ids


def _credits_sync(live: Mapping[int, InvoiceFacts], receivable_ids: Mapping[int, int]) -> set[int]:
    """Make the stored credits those of the facts; receivables that got a new one."""
    wanted = {
        (receivable_ids[key], credit): part
        for key, facts in live.items()
        for credit, part in facts.credits.items()
    }
    stored = {
        (row.receivable_id, row.credit_id): row
        for row in ReceivableCredit.objects.filter(
            AnyOf(F("receivable_id"), receivable_ids.values())
        )
    }
    ReceivableCredit.objects.filter(
        pk__in=[
            row.pk
            for key, row in stored.items()
            if wanted.get(key) != (row.credit_version_id, row.gross_minor)
        ]
    ).delete()
    ReceivableCredit.objects.bulk_create(
        [
            ReceivableCredit(
                receivable_id=receivable,
                credit_id=credit,
                credit_version_id=version,
                gross_minor=gross,
            )
            for (receivable, credit), (version, gross) in sorted(wanted.items())
            if (receivable, credit) not in stored
            or (
                stored[receivable, credit].credit_version_id,
                stored[receivable, credit].gross_minor,
            )
            != (version, gross)
        ]
    )
    return {receivable for receivable, credit in wanted if (receivable, credit) not in stored}
