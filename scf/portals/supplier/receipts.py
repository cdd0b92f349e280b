"""Payments to the supplier, each with the receivable that it came out of. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext as _p

from scf.network.values import ref_id
from scf.settlement.queries.receipts import PayoutLine


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment to the supplier with the receivable it came out of."""

    payout: PayoutLine
    kind: str
    invoice: str
    receivable_id: int | None

    @property
    def month(self) -> str:
        return (self.payout.on_date.isoformat() if self.payout.on_date else "")[:7]


def receipts_of(
    payouts: Sequence[PayoutLine],
    series: Mapping[int, Mapping[str, Any]],
    claims: Mapping[int, Mapping[str, Any]],
) -> list[Receipt]:
    """Each payout with its receivable; the one that equals the proceeds is the sale's."""
    found = []
    for one in payouts:
        sold = series.get(ref_id(one.subject)) if one.subject else None
        claim = claims.get(sold["claim_id"]) if sold is not None else None
        if sold is None:
            kind = _p("到账", "退款")
        elif one.amount_minor == sold["proceeds_minor"]:
            kind = _p("到账", "放款")
        else:
            kind = _p("到账", "尾款")
        found.append(
            Receipt(
                one,
                kind,
                claim["invoice_number"] if claim is not None else "",
                claim["receivable_id"] if claim is not None else None,
            )
        )
    return found
