"""Who defaulted, and what every debtor owes: what risk is told of the payment axis."""

from __future__ import annotations

from datetime import date

from scf.financing.models import ClaimStep


def defaults_list(*, programme_id: int) -> list[tuple[int, date]]:
    """(obligor, business date) of every claim that came to default, the earliest first."""
    rows = ClaimStep.objects.filter(claim__programme_id=programme_id, code="payment_defaulted")
    return list(
        rows.order_by("business_date", "pk").values_list("claim__obligor_id", "business_date")
    )
