"""Facts for tests, told in days before one fixed day."""

from datetime import date, timedelta

from risk.facts import MISSING, Facts, FlowFact, FlowKind, PartyFact, RequestFact, flows_from_facts
from risk.snapshot import Snapshot, snapshot_build

AS_OF = date(2026, 3, 17)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def flow(
    kind: FlowKind,
    supplier: str,
    buyer: str,
    amount: int,
    *,
    days_ago: int,
    due_in: int | None = None,
    paid_after: int | None = None,
    document: str = "",
    item: str = "",
    qty: int = 0,
    order: int = MISSING,
    invoice: int = MISSING,
    row: int = MISSING,
) -> FlowFact:
    """`due_in` and `paid_after` count days from the flow's own date; `qty` is in pieces."""
    on = ago(days_ago)
    return FlowFact(
        kind=kind,
        supplier_ref=supplier,
        buyer_ref=buyer,
        amount_minor=amount,
        on_date=on,
        document=document,
        due_date=None if due_in is None else on + timedelta(days=due_in),
        paid_date=None if paid_after is None else on + timedelta(days=paid_after),
        item=item,
        qty_micro=qty * 1_000_000,
        order_key=order,
        invoice_key=invoice,
        row_id=row,
    )


def facts_of(
    *flows: FlowFact,
    parties: tuple[PartyFact, ...] = (),
    requests: tuple[RequestFact, ...] = (),
    exempt_pairs: tuple[tuple[str, str], ...] = (),
) -> Facts:
    return Facts(
        parties=parties,
        flows=flows_from_facts(flows),
        requests=requests,
        exempt_pairs=exempt_pairs,
    )


def snapshot_of(
    *flows: FlowFact,
    parties: tuple[PartyFact, ...] = (),
    requests: tuple[RequestFact, ...] = (),
    exempt_pairs: tuple[tuple[str, str], ...] = (),
) -> Snapshot:
    facts = facts_of(*flows, parties=parties, requests=requests, exempt_pairs=exempt_pairs)
    return snapshot_build(facts, as_of=AS_OF)
