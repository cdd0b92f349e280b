"""What is owed on claims and by whom: the list that incoming money is matched against."""

from __future__ import annotations

from ledger.queries import balances_list
from ledger.values import AccountRef
from scf.financing.models import Claim, ClaimStep
from scf.network.queries import programme_get
from scf.network.values import ref_id
from scf.settlement.values import ItemKind, OpenItem
from scf.trade.numbering import invoice_number_normalise


def open_items(*, programme_id: int) -> list[OpenItem]:
    """Open claims, recourse, turnover and repurchase demands, by claim id; amounts from the ledger."""
    programme = programme_get(programme_id=programme_id)
    book, currency = programme.book, programme.currency
    claims = _open_by_claim(book=book, asset=f"{currency}.claim")
    recourse = _open_by_claim(book=book, asset=f"{currency}.recourse")
    rows = {
        row.pk: row
        for row in Claim.objects.filter(
            programme_id=programme_id, state__in=["assigned", "written_off"]
        )
    }
    demands = _demands(claim_ids=list(rows))
    items: list[OpenItem] = []
    for claim_id in sorted(rows):
        claim = rows[claim_id]
        amounts = {
            ItemKind.CLAIM: (claim.obligor_id, claims.get(claim_id, 0)),
            ItemKind.RECOURSE: (claim.supplier_id, recourse.get(claim_id, 0)),
            ItemKind.TURNOVER: (
                claim.supplier_id,
                claims.get(claim_id, 0) if claim.is_misdirected else 0,
            ),
            ItemKind.REPURCHASE: (claim.supplier_id, demands.get(claim_id, 0)),
        }
        items.extend(
            OpenItem(
                kind=kind,
                ref=f"claim:{claim_id}",
                party_id=payer,
                numbers=(
                    invoice_number_normalise(claim.invoice_number),
                    invoice_number_normalise(claim.number),
                ),
                due_date=claim.payment_date,
                residual_minor=amount,
                currency=currency,
                label=claim.invoice_number,
            )
            for kind, (payer, amount) in amounts.items()
            if amount > 0
        )
    return items


def _open_by_claim(*, book: str, asset: str) -> dict[int, int]:
    """Claim id -> what its series is still entitled to."""
    return {
        ref_id(ref.subject): balance.net
        for ref, balance in balances_list(book=book, code="entitled", asset=asset)
        if _of_series(ref) and balance.net
    }


def _of_series(ref: AccountRef) -> bool:
    return ref.owner.startswith("series:") and ref.subject.startswith("claim:")


def _demands(*, claim_ids: list[int]) -> dict[int, int]:
    """Claim id -> the last repurchase demand's amount."""
    rows = ClaimStep.objects.filter(claim_id__in=claim_ids, code="repurchase_demand")
    return {
        claim_id: int(facts["amount_minor"])
        for claim_id, facts in rows.order_by("pk").values_list("claim_id", "facts")
    }
