"""Reads of claims, their history and their adjustments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from ledger.errors import DomainError
from scf.financing.lifecycle import CLAIM_LIVE
from scf.financing.models import Claim, ClaimAdjustment, ClaimStep
from scf.financing.queries.quotes import visible
from scf.network.values import Scope


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim. Amounts in minor units."""

    id: int
    programme_id: int
    number: str
    receivable_id: int
    quote_id: int
    supplier_id: int
    obligor_id: int
    invoice_number: str
    face_minor: int
    due_date: date
    payment_date: date
    state: str
    payment_state: str
    is_disputed: bool
    is_frozen: bool
    is_misdirected: bool
    accept_key: str
    free_sale_by: str
    free_sale_at: datetime
    created_at: datetime
    reason: str


def claim_facts(claim: Claim) -> ClaimFacts:
    """The row as a value."""
    return ClaimFacts(
        id=claim.pk,
        programme_id=claim.programme_id,
        number=claim.number,
        receivable_id=claim.receivable_id,
        quote_id=claim.quote_id,
        supplier_id=claim.supplier_id,
        obligor_id=claim.obligor_id,
        invoice_number=claim.invoice_number,
        face_minor=claim.face_minor,
        due_date=claim.due_date,
        payment_date=claim.payment_date,
        state=claim.state,
        payment_state=claim.payment_state,
        is_disputed=claim.is_disputed,
        is_frozen=claim.is_frozen,
        is_misdirected=claim.is_misdirected,
        accept_key=claim.accept_key,
        free_sale_by=claim.free_sale_by,
        free_sale_at=claim.free_sale_at,
        created_at=claim.created_at,
        reason=claim.reason,
    )


def claim_get(*, claim_id: int, scope: Scope | None = None) -> ClaimFacts:
    """Raises ``financing.claim_unknown``, also outside the scope."""
    rows = Claim.objects.filter(pk=claim_id)
    found = (rows if scope is None else rows.filter(visible(scope))).first()
    if found is None:
        raise DomainError("financing.claim_unknown", claim=claim_id)
    return claim_facts(found)


def claim_of_quote(*, quote_id: int) -> ClaimFacts | None:
    """The claim that a quote became, when it did."""
    found = Claim.objects.filter(quote_id=quote_id).first()
    return None if found is None else claim_facts(found)


def claims_list(
    *,
    scope: Scope,
    states: Iterable[str] | None = None,
    receivable_ids: Iterable[int] | None = None,
) -> list[ClaimFacts]:
    """Claims in the scope, newest first."""
    rows = Claim.objects.filter(visible(scope))
    if states is not None:
        rows = rows.filter(state__in=list(states))
    if receivable_ids is not None:
        rows = rows.filter(receivable_id__in=list(receivable_ids))
    return [claim_facts(claim) for claim in rows.order_by("-pk")]


def claims_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Claims with names, for a page's table."""
    return (
        Claim.objects.filter(visible(scope))
        .annotate(
            supplier_name=F("supplier__short_name"),
            obligor_name=F("obligor__short_name"),
            item_name=F("receivable__item_name"),
        )
        .values(
            "id", "number", "invoice_number", "item_name", "supplier_id", "supplier_name",
            "obligor_id", "obligor_name", "face_minor", "due_date", "payment_date", "state",
            "payment_state", "is_disputed", "is_frozen", "is_misdirected", "created_at",
            "receivable_id", "quote_id", "quote__proceeds_minor", "quote__residual_minor",
        )
        .order_by("-id")
    )  # fmt: skip


def receivables_financed(*, programme_id: int, receivable_ids: Iterable[int]) -> dict[int, str]:
    """Receivable id -> state of its live claim; a receivable without one is absent."""
    rows = Claim.objects.filter(
        programme_id=programme_id, receivable_id__in=list(receivable_ids), state__in=CLAIM_LIVE
    )
    return dict(rows.values_list("receivable_id", "state"))


def claim_steps(*, claim_id: int) -> list[dict[str, Any]]:
    """A claim's history, oldest first."""
    rows = ClaimStep.objects.filter(claim_id=claim_id).order_by("at", "pk")
    return [{**row} for row in rows.values("code", "at", "business_date", "by", "facts")]


def claim_adjustments(*, claim_id: int) -> list[dict[str, Any]]:
    """Credit notes, waivers and write-offs of a claim, oldest first."""
    rows = ClaimAdjustment.objects.filter(claim_id=claim_id).order_by("pk")
    return [
        {**row}
        for row in rows.values(
            "kind", "reference", "amount_minor", "recourse_minor", "business_date", "journal_id"
        )
    ]


def confirmed_date(*, claim_id: int) -> date | None:
    """The business date on which the obligor confirmed."""
    rows = ClaimStep.objects.filter(claim_id=claim_id, code="confirmed")
    return rows.order_by("pk").values_list("business_date", flat=True).first()


def claims_due(*, programme_id: int, on: date) -> list[ClaimFacts]:
    """Assigned, unpaid claims whose payment date has come by ``on``."""
    rows = Claim.objects.filter(
        programme_id=programme_id, state="assigned", payment_date__lte=on
    ).exclude(payment_state="paid")
    return [claim_facts(claim) for claim in rows.order_by("pk")]


def receivable_credits_applied(*, claim_id: int) -> frozenset[str]:
    """References of credit notes already posted against a claim."""
    rows = ClaimAdjustment.objects.filter(claim_id=claim_id, kind="credit_note")
    return frozenset(rows.values_list("reference", flat=True))


def steps_count(*, claim_id: int, code: str) -> int:
    """How often an event is in a claim's history."""
    return ClaimStep.objects.filter(claim_id=claim_id, code=code).count()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim and the business date on which it came into its state."""

    id: int
    since_date: date


def claims_awaiting(*, programme_id: int, state: str, before: date | None) -> list[Waiting]:
    """Claims in a state, with the business date since when; ``before`` keeps older ones only."""
    rows = ClaimStep.objects.filter(
        claim__programme_id=programme_id, claim__state=state, code=state
    )
    if before is not None:
        rows = rows.filter(business_date__lt=before)
    return [
        Waiting(id=claim_id, since_date=since)
        for claim_id, since in rows.order_by("claim_id").values_list("claim_id", "business_date")
    ]


@dataclass(frozen=True, slots=True)
class ObligorRecord:
    """How an obligor paid the claims of this programme; lateness in days after the payment date."""

    paid: int
    on_time_ppm: int
    longest_days: int
    overdue: int


def obligor_record(*, obligor_id: int, programme_id: int) -> ObligorRecord:
    """Paid claims by their last collection, and how many are overdue now."""
    mine = Claim.objects.filter(programme_id=programme_id, obligor_id=obligor_id)
    paid = ClaimStep.objects.filter(
        claim__in=mine.filter(payment_state="paid"), code="payment_paid"
    )
    late = [
        max(0, (on - due).days)
        for on, due in paid.values_list("business_date", "claim__payment_date")
    ]
    return ObligorRecord(
        paid=len(late),
        on_time_ppm=sum(days == 0 for days in late) * 1_000_000 // len(late) if late else 0,
        longest_days=max(late, default=0),
        overdue=mine.filter(payment_state__in=["overdue", "defaulted"]).count(),
    )


def claims_by_ids(*, claim_ids: Iterable[int]) -> dict[int, ClaimFacts]:
    """Claims by id, in one query."""
    return {row.pk: claim_facts(row) for row in Claim.objects.filter(pk__in=set(claim_ids))}


def collected_date(*, claim_id: int) -> date | None:
    """The value date of the last money that came for a claim and was not taken back."""
    rows = ClaimStep.objects.filter(claim_id=claim_id, code__in=["collected", "collected_undone"])
    stands: dict[int, str] = {}
    for code, facts in rows.order_by("pk").values_list("code", "facts"):
        stands.pop(facts["entry"], None)
        if code == "collected":
            stands[facts["entry"]] = facts["value_date"]
    return date.fromisoformat(list(stands.values())[-1]) if stands else None


def credits_in_face(*, claim_id: int) -> frozenset[str]:
    """References of the credit notes that the face had taken off when the supplier accepted."""
    rows = ClaimStep.objects.filter(claim_id=claim_id, code="draft").order_by("pk")
    facts = rows.values_list("facts", flat=True).first() or {}
    return frozenset(facts.get("credits", ()))
