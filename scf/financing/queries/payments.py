"""How sold claims were paid, by seller and obligor: what a limit's floating part goes by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from scf.financing.models import Claim, ClaimStep

LATE_STATES = ("overdue", "defaulted")


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """Claims paid since a day, how many of them in time, and the face of those overdue now."""

    paid_in_time: int = 0
    paid_total: int = 0
    overdue_minor: int = 0

    def and_also(self, other: PaymentRecord) -> PaymentRecord:
        """Two records together."""
        return PaymentRecord(
            self.paid_in_time + other.paid_in_time,
            self.paid_total + other.paid_total,
            self.overdue_minor + other.overdue_minor,
        )


def payments_record(
    *, programme_id: int, since: date, grace_days: int
) -> dict[tuple[int, int], PaymentRecord]:
    """(supplier id, obligor id) -> record. In time: by the payment date and the days of grace.

    A claim whose match was undone and made again counts by its last payment.
    """
    mine = Claim.objects.filter(programme_id=programme_id)
    paid = ClaimStep.objects.filter(
        claim__in=mine.filter(payment_state="paid"), code="payment_paid", business_date__gte=since
    ).order_by("pk")
    last = {
        claim: (supplier, obligor, on, due)
        for claim, supplier, obligor, on, due in paid.values_list(
            "claim_id",
            "claim__supplier_id",
            "claim__obligor_id",
            "business_date",
            "claim__payment_date",
        )
    }
    found: dict[tuple[int, int], PaymentRecord] = defaultdict(PaymentRecord)
    for supplier, obligor, on, due in last.values():
        in_time = int(on <= due + timedelta(days=grace_days))
        pair = (supplier, obligor)
        found[pair] = found[pair].and_also(PaymentRecord(in_time, 1))
    late = mine.filter(payment_state__in=LATE_STATES, state="assigned")
    for supplier, obligor, face in late.values_list("supplier_id", "obligor_id", "face_minor"):
        pair = (supplier, obligor)
        found[pair] = found[pair].and_also(PaymentRecord(overdue_minor=face))
    return dict(found)
