"""The shapes of the API, over query results. Plain serializers: no models here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from scf.imports.parsers.cells import DateOrder


class ReceivableOut(s.Serializer[Any]):
    """An invoice as a claim. Amounts in minor units."""

    id = s.IntegerField()
    supplier_id = s.IntegerField()
    obligor_id = s.IntegerField()
    invoice_number = s.CharField()
    item_name = s.CharField()
    currency = s.CharField()
    invoice_date = s.DateField()
    due_date = s.DateField(allow_null=True)
    face_minor = s.IntegerField()
    credited_minor = s.IntegerField()
    paid_minor = s.IntegerField()
    financeable_minor = s.IntegerField()
    match_state = s.CharField()
    reasons = s.ListField(child=s.DictField())


class QuoteOut(s.Serializer[Any]):
    """A price, good for one business date. Amounts in minor units, cost in ppm a year."""

    id = s.IntegerField()
    number = s.CharField()
    receivable_id = s.IntegerField()
    business_date = s.DateField()
    due_date = s.DateField()
    face_minor = s.IntegerField()
    units = s.IntegerField()
    principal_minor = s.IntegerField()
    interest_minor = s.IntegerField()
    fee_minor = s.IntegerField()
    proceeds_minor = s.IntegerField()
    residual_minor = s.IntegerField()
    annual_cost_ppm = s.IntegerField()
    content_hash = s.CharField()
    state = s.CharField()


class QuotesIn(s.Serializer[Any]):
    """Which receivables to price, one or many."""

    receivable_ids = s.ListField(child=s.IntegerField(min_value=1), min_length=1, max_length=200)


class RefusedOut(s.Serializer[Any]):
    code = s.CharField()
    detail = s.CharField()


class QuoteLineOut(s.Serializer[Any]):
    """One line of a batch: a quote, or why there is none."""

    receivable_id = s.IntegerField()
    quote = QuoteOut(allow_null=True)
    refused = RefusedOut(allow_null=True)


class AcceptIn(s.Serializer[Any]):
    """Consent to the assignment's terms, given for this quote."""

    consent = s.BooleanField()


class ClaimOut(s.Serializer[Any]):
    """A receivable on its way to investors."""

    id = s.IntegerField()
    number = s.CharField()
    receivable_id = s.IntegerField()
    quote_id = s.IntegerField()
    invoice_number = s.CharField()
    face_minor = s.IntegerField()
    due_date = s.DateField()
    state = s.CharField()
    payment_state = s.CharField()


class SeriesOut(s.Serializer[Any]):
    """Units over one claim. Amounts in minor units, the rate in ppm a year, simple."""

    id = s.IntegerField()
    number = s.CharField()
    state = s.CharField()
    payment_state = s.CharField()
    obligor_name = s.CharField()
    rate_ppm = s.IntegerField()
    units = s.IntegerField()
    unit_price_minor = s.IntegerField()
    bid_units = s.IntegerField()
    face_minor = s.IntegerField()
    principal_minor = s.IntegerField()
    deadline_date = s.DateField(allow_null=True)
    issue_date = s.DateField(allow_null=True)
    due_date = s.DateField()
    payment_date = s.DateField()


class SubscribeIn(s.Serializer[Any]):
    units = s.IntegerField(min_value=1)


class SubscriptionOut(s.Serializer[Any]):
    """A bid: money held, not moved."""

    id = s.IntegerField()
    series_id = s.IntegerField()
    units = s.IntegerField()
    amount_minor = s.IntegerField()
    allotted_units = s.IntegerField()
    state = s.CharField()


class HoldingOut(s.Serializer[Any]):
    """Units held and what they paid so far, in minor units."""

    id = s.IntegerField()
    series_id = s.IntegerField()
    number = s.CharField()
    state = s.CharField()
    payment_state = s.CharField()
    units = s.IntegerField()
    unit_price_minor = s.IntegerField()
    rate_ppm = s.IntegerField()
    issue_date = s.DateField()
    due_date = s.DateField()
    cash_paid_minor = s.IntegerField()
    interest_paid_minor = s.IntegerField()


class NotificationOut(s.Serializer[Any]):
    """A line of the inbox: a code with facts."""

    id = s.IntegerField()
    code = s.CharField()
    facts = s.DictField()
    link = s.CharField()
    created_at = s.DateTimeField()
    read_at = s.DateTimeField(allow_null=True)


class TokenIn(s.Serializer[Any]):
    username = s.CharField(max_length=150)
    password = s.CharField(max_length=200, trim_whitespace=False)


class TokenOut(s.Serializer[Any]):
    token = s.CharField()


class ImportIn(s.Serializer[Any]):
    """One set of files that complete each other; a dry run reads and checks without storing."""

    files = s.ListField(child=s.FileField(), min_length=1, max_length=50)
    dry_run = s.BooleanField(default=True)
    date_order = s.ChoiceField(
        choices=[order.value for order in DateOrder], default=DateOrder.UNKNOWN.value
    )


class ImportCountsOut(s.Serializer[Any]):
    """read = accepted + unchanged + quarantined + ignored, in rows."""

    read = s.IntegerField()
    accepted = s.IntegerField()
    unchanged = s.IntegerField()
    quarantined = s.IntegerField()
    ignored = s.IntegerField()


class ImportIssueOut(s.Serializer[Any]):
    """One kind of problem: how often, and the row where it comes first."""

    code = s.CharField()
    severity = s.CharField()
    file = s.CharField(allow_blank=True)
    column = s.CharField(allow_blank=True)
    count = s.IntegerField()
    first_row = s.IntegerField(allow_null=True)


class ImportRowOut(s.Serializer[Any]):
    """A batch of files and how far it is."""

    id = s.IntegerField()
    name = s.CharField()
    state = s.CharField()
    is_dry_run = s.BooleanField()
    format = s.CharField(allow_blank=True)
    received_at = s.DateTimeField()
    finished_at = s.DateTimeField(allow_null=True)
    failure_code = s.CharField(allow_blank=True)
    rows_known = s.IntegerField(allow_null=True)
    counts = ImportCountsOut()


class ImportOut(ImportRowOut):
    """A batch with what is wrong in it."""

    issues = ImportIssueOut(many=True)
