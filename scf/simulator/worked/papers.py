"""An order, its receipt and its invoice that agree, so that a receivable is worth its face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from ledger.quantity import MICRO
from scf.journeys.diluting import credit_notes_apply
from scf.network.values import Role, Scope
from scf.simulator.worked.world import COMPANY, SOURCE, World
from scf.trade.drafts import DocumentDraft, LineDraft
from scf.trade.match_scope import invoices_touched, orders_touched
from scf.trade.operations.documents import documents_store
from scf.trade.operations.matching import orders_match, unlinked_match
from scf.trade.operations.receivables import receivables_refresh
from scf.trade.queries import receivables_list
from scf.trade.values import DocumentKind, Movement

LINE = "10"


def papers_deliver(*, world: World, number: str, gross_minor: int, due_date: date) -> int:
    """Documents for one piece at the full price, untaxed; returns the receivable's id."""
    line = LineDraft(
        line_no=LINE,
        item_code="M-1",
        item_name="冰箱门体注塑件",
        unit="PCS",
        qty_micro=MICRO,
        price_micro=gross_minor * MICRO,
        net_minor=gross_minor,
        order_number=f"PO-{number}",
        order_line_no=LINE,
    )
    _store(
        world=world,
        drafts=[
            _draft(world=world, kind=DocumentKind.ORDER, number=f"PO-{number}", line=line, age=30),
            _draft(
                world=world,
                kind=DocumentKind.RECEIPT,
                number=f"GR-{number}",
                line=replace(line, line_type=Movement.RECEIPT),
                age=4,
            ),
            _draft(
                world=world,
                kind=DocumentKind.INVOICE,
                number=number,
                line=line,
                age=2,
                due_date=due_date,
            ),
        ],
    )
    scope = Scope(programme_id=world.programme_id, role=Role.OPERATIONS, party_ids=None)
    return next(row.id for row in receivables_list(scope=scope) if row.invoice_number == number)


def credit_deliver(*, world: World, number: str, invoice: str, gross_minor: int) -> None:
    """A credit note over part of an invoice's value reaches the platform after the close."""
    line = LineDraft(
        line_no=LINE,
        item_code="M-1",
        item_name="折让",
        unit="PCS",
        net_minor=gross_minor,
        order_number=f"PO-{invoice}",
        order_line_no=LINE,
        ref_number=invoice,
        ref_line_no=LINE,
    )
    _store(
        world=world,
        drafts=[
            _draft(
                world=world, kind=DocumentKind.CREDIT_NOTE, number=number, line=line, age=0,
                reference=invoice,
            )
        ],
    )  # fmt: skip
    scope = Scope(programme_id=world.programme_id, role=Role.OPERATIONS, party_ids=None)
    row = next(row for row in receivables_list(scope=scope) if row.invoice_number == invoice)
    with transaction.atomic(durable=True):
        credit_notes_apply(receivable_id=row.id, at=world.at)


def _draft(
    *,
    world: World,
    kind: DocumentKind,
    number: str,
    line: LineDraft,
    age: int,
    due_date: date | None = None,
    reference: str = "",
) -> DocumentDraft:
    return DocumentDraft(
        kind=kind,
        direction="purchase",
        source_system=SOURCE,
        company_code=COMPANY,
        number=number,
        seller_id=world.party("supplier"),
        buyer_id=world.party("obligor"),
        document_date=world.today - timedelta(days=age),
        currency="CNY",
        lines=(line,),
        reference=reference or (number if kind is DocumentKind.INVOICE else ""),
        due_date=due_date,
    )


@transaction.atomic(durable=True)
def _store(*, world: World, drafts: Sequence[DocumentDraft]) -> None:
    world.batches += 1
    programme_id, batch_id = world.programme_id, world.batches
    documents_store(programme_id=programme_id, drafts=drafts, batch_id=batch_id, at=world.at)
    invoices = invoices_touched(programme_id=programme_id, batch_id=batch_id)
    orders_match(
        programme_id=programme_id,
        order_ids=orders_touched(programme_id=programme_id, batch_id=batch_id),
        at=world.at,
    )
    unlinked_match(programme_id=programme_id, invoice_ids=invoices, at=world.at)
    receivables_refresh(programme_id=programme_id, invoice_ids=invoices, at=world.at)
