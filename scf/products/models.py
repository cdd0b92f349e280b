"""Term sheet, series, subscription, holding, distribution."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from scf.products.lifecycle import OFFERING


class TermTemplate(models.Model):
    """A version of a product's terms. Editing makes a new version; frozen series never change."""

    programme = models.ForeignKey("network.Programme", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # receivable
    version = models.PositiveIntegerField()
    terms = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "kind", "version"], name="term_template_version_once"
            ),
        ]


class TermSheet(models.Model):
    """Every term of one series: immutable and hashed."""

    number = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()


class Series(models.Model):
    """Units over one assigned claim. Money figures are the ledger's; these are its terms."""

    programme = models.ForeignKey("network.Programme", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, default="receivable")
    claim = models.ForeignKey("financing.Claim", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    term_sheet = models.OneToOneField(
        TermSheet, null=True, on_delete=models.PROTECT, related_name="series"
    )
    terms = models.JSONField()
    state = models.CharField(max_length=20, default="draft")
    is_frozen = models.BooleanField(default=False)
    face_minor = models.BigIntegerField()
    units = models.BigIntegerField()
    unit_price_minor = models.BigIntegerField()
    principal_minor = models.BigIntegerField()
    proceeds_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    rate_ppm = models.IntegerField()
    listed_date = models.DateField(null=True)
    deadline_date = models.DateField(null=True)
    issue_date = models.DateField(null=True)  # interest starts, inclusive
    due_date = models.DateField()  # interest ends, exclusive, unless late_accrual is contract
    payment_date = models.DateField()
    # The running interest period: a payment that touches principal ends it.
    period_start_date = models.DateField(null=True)
    period_principal_minor = models.BigIntegerField(default=0)
    period_interest_paid_minor = models.BigIntegerField(default=0)
    foregone_minor = models.BigIntegerField(default=0)
    distribution_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "number"], name="series_number_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=~Q(state="cancelled"),
                name="series_one_live_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OFFERING.table)), name="series_state_known"
            ),
            models.CheckConstraint(
                condition=Q(principal_minor=F("units") * F("unit_price_minor"))
                & Q(principal_minor=F("proceeds_minor") + F("fee_minor")),
                name="series_adds_up",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "state"], name="series_by_state"),
        ]


class SeriesStep(models.Model):
    """Append-only history of a series, for its timeline."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    business_date = models.DateField()
    by = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)


class Subscription(models.Model):
    """A bid: money held, not moved, until the close."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="subscriptions")
    investor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    units = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    allotted_units = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, default="held")
    pending_id = models.BigIntegerField()
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["investor", "key"], name="subscription_once_a_key"),
            models.CheckConstraint(
                condition=Q(units__gt=0) & Q(allotted_units__gte=0, allotted_units__lte=F("units")),
                name="subscription_units_sane",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "allotted", "voided"]),
                name="subscription_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["series", "state"], name="subscription_by_series"),
        ]


class Holding(models.Model):
    """An investor's place in a series; the units themselves stand in the ledger."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="holdings")
    investor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    units = models.BigIntegerField()
    cash_paid_minor = models.BigIntegerField(default=0)
    interest_paid_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "investor"], name="holding_once"),
            models.CheckConstraint(
                condition=Q(units__gt=0, interest_paid_minor__lte=F("cash_paid_minor")),
                name="holding_sane",
            ),
        ]


class Distribution(models.Model):
    """One run of the waterfall: what came and where it went."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="distributions")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)  # collection, recourse, repurchase, recovery
    business_date = models.DateField()
    value_date = models.DateField()
    cash_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField()
    principal_minor = models.BigIntegerField()
    benefit_minor = models.BigIntegerField()
    residual_minor = models.BigIntegerField()
    principal_left_minor = models.BigIntegerField()
    owed_minor = models.BigIntegerField()
    journal_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "sequence"], name="distribution_once"),
            models.CheckConstraint(
                condition=Q(
                    cash_minor=F("interest_minor")
                    + F("principal_minor")
                    + F("benefit_minor")
                    + F("residual_minor")
                ),
                name="distribution_adds_up",
            ),
        ]


class DistributionLine(models.Model):
    """One holder's part of a distribution."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="lines")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="lines")
    cash_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["distribution", "holding"], name="distribution_line_once"
            ),
        ]
