"""Quote, claim, fingerprint, confirmation, registration. Journeys reach these through operations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from scf.financing.lifecycle import CLAIM, PAYMENT


class Quote(models.Model):
    """The platform's price for one receivable, good for one business date."""

    programme = models.ForeignKey("network.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    receivable = models.ForeignKey("trade.Receivable", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    # The price holds for this business date only.
    business_date = models.DateField()
    due_date = models.DateField()
    payment_date = models.DateField()
    face_minor = models.BigIntegerField()
    units = models.BigIntegerField()
    principal_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    proceeds_minor = models.BigIntegerField()
    residual_minor = models.BigIntegerField()
    annual_cost_ppm = models.IntegerField()
    terms = models.JSONField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default="open")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "number"], name="quote_number_once"),
            models.UniqueConstraint(
                fields=["receivable"], condition=Q(state="open"), name="quote_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "superseded", "expired"]),
                name="quote_state_known",
            ),
            models.CheckConstraint(
                condition=Q(proceeds_minor__gt=0, residual_minor__gte=0, units__gt=0)
                & Q(face_minor=F("principal_minor") + F("interest_minor") + F("residual_minor"))
                & Q(principal_minor=F("proceeds_minor") + F("fee_minor")),
                name="quote_adds_up",
            ),
        ]


class Claim(models.Model):
    """A receivable on its way to investors and back. One live claim an invoice."""

    programme = models.ForeignKey("network.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    receivable = models.ForeignKey("trade.Receivable", on_delete=models.PROTECT, related_name="+")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="claim")
    supplier = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    invoice_number = models.CharField(max_length=80)
    face_minor = models.BigIntegerField()
    due_date = models.DateField()
    payment_date = models.DateField()  # the due date, rolled
    state = models.CharField(max_length=20, default="draft")
    payment_state = models.CharField(max_length=20, default="scheduled")
    is_disputed = models.BooleanField(default=False)
    is_frozen = models.BooleanField(default=False)
    is_misdirected = models.BooleanField(default=False)
    accept_key = models.CharField(max_length=80)
    # The supplier's free choice to sell, on record (rule pack cn).
    free_sale_by = models.CharField(max_length=120)
    free_sale_at = models.DateTimeField()
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "number"], name="claim_number_once"),
            models.CheckConstraint(condition=Q(face_minor__gt=0), name="claim_face_positive"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLAIM.table)), name="claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(payment_state__in=sorted(PAYMENT.table)),
                name="claim_payment_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "state"], name="claim_by_state"),
            models.Index(fields=["supplier", "state"], name="claim_by_supplier"),
        ]


class ClaimStep(models.Model):
    """Append-only history: what a timeline shows. A reversal is a new step."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)  # a claim state, or an event such as credit_note
    at = models.DateTimeField()
    business_date = models.DateField()
    by = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)


class Fingerprint(models.Model):
    """The lock against double financing: one live row a fingerprint."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=64)
    is_live = models.BooleanField(default=True)
    taken_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["value"], condition=Q(is_live=True), name="fingerprint_one_live"
            ),
        ]


class ObligorKey(models.Model):
    """An obligor entity's signing key; the private half is encrypted at rest."""

    party = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=64, unique=True)
    sealed_private_key = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(retired_at=None), name="obligor_key_one_active"
            ),
        ]


class Confirmation(models.Model):
    """What the obligor entity signed (确权): the statement, its hash and the signature."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="confirmation")
    key = models.ForeignKey(ObligorKey, on_delete=models.PROTECT, related_name="+")
    statement = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    prepared_by = models.CharField(max_length=120)
    signed_by = models.CharField(max_length=120)
    signed_at = models.DateTimeField()


class Registration(models.Model):
    """The register's answers for a claim: searches, the registration, the notice, its end."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=20)  # search, registration, notice, deregistration
    purpose = models.CharField(max_length=20)  # listing, close, end
    number = models.CharField(max_length=40, unique=True)
    result = models.CharField(max_length=20)  # clean, found, done
    expiry_date = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "kind", "purpose"], name="registration_once_a_purpose"
            ),
        ]


class ClaimAdjustment(models.Model):
    """A credit note, recourse, waiver or write-off against an assigned claim. Face is never edited."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    recourse_minor = models.BigIntegerField(default=0)
    business_date = models.DateField()
    at = models.DateTimeField()
    journal_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "kind", "reference"], name="claim_adjustment_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="claim_adjustment_positive"
            ),
        ]
