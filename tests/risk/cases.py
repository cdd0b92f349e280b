"""A small chain: one anchor and four firms with four fates."""

from dataclasses import dataclass

from risk.facts import FlowFact, FlowKind, PartyFact, RequestFact
from risk.snapshot import Snapshot
from tests.risk.facts_made import flow, snapshot_of

ANCHOR = "party:1"
STEADY = "party:2"  # sells evenly and is paid in time
SLOW = "party:3"  # grows, and is paid later and later
FAILING = "party:4"  # orders halve and money comes late
NEW = "party:5"  # seen for a month only


@dataclass(frozen=True)
class Deal:
    """One order taken through to payment, told in days before the snapshot."""

    seller: str
    days_ago: int
    amount: int
    paid_after: int | None


def deal_flows(deal: Deal, key: int) -> list[FlowFact]:
    """Order, receipt after 10 days, invoice after 12, payment so many days after that."""
    firm, ago, amount = deal.seller, deal.days_ago, deal.amount
    qty = amount // 100
    rows = [
        flow(FlowKind.ORDER, firm, ANCHOR, amount, days_ago=ago, due_in=12, order=key,
             document=f"PO-{key}", row=key * 10 + 1, item="harness", qty=qty),
        flow(FlowKind.RECEIPT, firm, ANCHOR, amount, days_ago=ago - 10, order=key,
             document=f"GR-{key}", row=key * 10 + 2, item="harness", qty=qty),
        flow(FlowKind.INVOICE, firm, ANCHOR, amount, days_ago=ago - 12, due_in=60, order=key,
             invoice=key, document=f"INV-{key}", row=key * 10 + 3, item="harness", qty=qty),
    ]  # fmt: skip
    if deal.paid_after is not None and ago - 12 >= deal.paid_after:
        paid = ago - 12 - deal.paid_after
        rows.append(
            flow(FlowKind.PAYMENT, firm, ANCHOR, amount, days_ago=paid, invoice=key,
                 document=f"PAY-{key}", row=key * 10 + 4)
        )  # fmt: skip
    return rows


def fates() -> list[Deal]:
    """Fifteen months of weekly deals for three firms, one month for the new one."""
    deals = []
    for week in range(68):
        ago = 14 + week * 7
        recent = ago <= 125
        deals.append(Deal(STEADY, ago, 100_000, 60))
        deals.append(Deal(SLOW, ago, 180_000 if recent else 100_000, 95 if ago <= 190 else 60))
        deals.append(Deal(FAILING, ago, 40_000 if recent else 100_000, 95 if ago <= 190 else 60))
    deals += [Deal(NEW, ago, 50_000, None) for ago in (14, 21, 28)]
    return deals


def chain_snapshot(*requests: RequestFact) -> Snapshot:
    flows = [row for key, deal in enumerate(fates(), start=1) for row in deal_flows(deal, key)]
    parties = (
        PartyFact(ANCHOR, "沧澜制冷", group="沧澜", roles=("anchor", "obligor")),
        PartyFact(STEADY, "望川铜材", roles=("supplier",), sector="copper"),
        PartyFact(SLOW, "北屿线束", roles=("supplier",), sector="wire"),
        PartyFact(FAILING, "栖川塑粒", roles=("supplier",), sector="plastic"),
        PartyFact(NEW, "青禾模具", roles=("supplier",), sector="mould"),
    )
    return snapshot_of(*flows, parties=parties, requests=requests)
