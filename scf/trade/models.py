"""Documents, their append-only versions and lines; match results; receivables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Document(models.Model):
    """One document's identity; what it says is in its versions.

    ``number`` is the source system's own; ``partner_key`` joins the key where the number is
    the partner's (a supplier's invoice number), ``fiscal_year`` where numbers are reused.
    """

    programme = models.ForeignKey(
        "network.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    direction = models.CharField(max_length=10)
    source_system = models.CharField(max_length=40)
    company_code = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    partner_key = models.CharField(max_length=64, default="")
    fiscal_year = models.IntegerField(default=0)
    reference = models.CharField(max_length=64, default="")
    number_key = models.CharField(max_length=64, default="")
    seller = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    # Null once every version was undone with its batch.
    current = models.ForeignKey(
        "trade.DocumentVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    disappeared_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=[
                    "programme",
                    "kind",
                    "source_system",
                    "company_code",
                    "number",
                    "fiscal_year",
                    "partner_key",
                ],
                name="document_key",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "number_key"], name="document_number_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DocumentVersion(models.Model):
    """What a document said at one import. Never changed; a change is the next version."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    version_no = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    document_date = models.DateField()
    due_date = models.DateField(null=True)
    terms_days = models.IntegerField(null=True)
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    state = models.CharField(max_length=20)
    attributes = models.JSONField(default=dict)
    raw_record_id = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True, db_index=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "version_no"], name="version_once"),
            models.CheckConstraint(
                condition=models.Q(gross_minor=models.F("net_minor") + models.F("tax_minor")),
                name="version_gross_is_net_and_tax",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.version_no}"


class DocumentLine(models.Model):
    """One line of one version. Quantities in millionths, prices as ledger.quantity has them."""

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    line_no = models.CharField(max_length=64)
    line_hash = models.CharField(max_length=32)
    raw_record_id = models.BigIntegerField(null=True)
    item_code = models.CharField(max_length=64, default="")
    item_name = models.CharField(max_length=200, default="")
    unit = models.CharField(max_length=12, default="")
    qty_micro = models.BigIntegerField(default=0)
    price_micro = models.BigIntegerField(null=True)
    price_unit = models.IntegerField(default=1)
    net_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    sign = models.SmallIntegerField(default=1)
    line_type = models.CharField(max_length=20, default="standard")
    line_state = models.CharField(max_length=20, default="")
    line_date = models.DateField(null=True)
    # Over-delivery allowed, in ppm of the ordered quantity; null is "nothing over", -1 unlimited.
    over_ppm = models.IntegerField(null=True)
    receipt_required = models.BooleanField(default=True)
    order_number = models.CharField(max_length=64, default="")
    order_line_no = models.CharField(max_length=64, default="")
    # The receipt an invoice line names, or the document a reversal, return or credit touches.
    ref_number = models.CharField(max_length=64, default="")
    ref_line_no = models.CharField(max_length=64, default="")
    delivery_note = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "line_no"], name="line_once_a_version"),
            models.CheckConstraint(condition=models.Q(price_unit__gt=0), name="line_price_unit"),
            models.CheckConstraint(condition=models.Q(sign__in=[-1, 1]), name="line_sign"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["order_number"],
                condition=~models.Q(order_number=""),
                name="line_order_number",
            ),
            models.Index(
                fields=["ref_number"], condition=~models.Q(ref_number=""), name="line_ref_number"
            ),
            models.Index(
                fields=["delivery_note"],
                condition=~models.Q(delivery_note=""),
                name="line_delivery_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.line_no}"


class OrderLineMatch(models.Model):
    """How far one order line agrees with its receipts and invoices. Recomputed, not history."""

    order = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    line_no = models.CharField(max_length=64)
    order_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    ordered_micro = models.BigIntegerField()
    received_micro = models.BigIntegerField()
    invoiced_micro = models.BigIntegerField()
    matched_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["order", "line_no"], name="order_line_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.line_no} {self.state}"


class MatchLine(models.Model):
    """The verdict on one invoice line, naming the versions it used. Recomputed, not history."""

    invoice = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    line_no = models.CharField(max_length=64)
    invoice_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    order = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    order_line_no = models.CharField(max_length=64, default="")
    order_version = models.ForeignKey(
        DocumentVersion, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    qty_micro = models.BigIntegerField()
    allocated_micro = models.BigIntegerField()
    supported_net_minor = models.BigIntegerField()
    supported_gross_minor = models.BigIntegerField()
    rounding_minor = models.BigIntegerField(default=0)
    matched_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["invoice", "line_no"], name="match_line_once"),
            models.CheckConstraint(
                condition=models.Q(allocated_micro__gte=0), name="match_line_allocated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.line_no} {self.state}"


class MatchAllocation(models.Model):
    """Which received quantity an invoice line used up."""

    match_line = models.ForeignKey(MatchLine, on_delete=models.CASCADE, related_name="allocations")
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    receipt_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    receipt_line_no = models.CharField(max_length=64)
    qty_micro = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(qty_micro__gt=0), name="match_allocation_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_line_id} from {self.receipt_id}/{self.receipt_line_no}"


class MatchCredit(models.Model):
    """What a credit note takes off one invoice line, gross."""

    match_line = models.ForeignKey(MatchLine, on_delete=models.CASCADE, related_name="credits")
    credit = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    credit_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gross_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.credit_id} on {self.match_line_id}"


class Receivable(models.Model):
    """An invoice as a claim: what financing builds on (see values.ReceivableFacts)."""

    programme = models.ForeignKey(
        "network.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supplier = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    obligor = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    invoice = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="receivable")
    invoice_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    invoice_number = models.CharField(max_length=64)
    number_key = models.CharField(max_length=64)
    fiscal_year = models.IntegerField()
    item_name = models.CharField(max_length=200, default="")
    currency = models.CharField(max_length=3)
    invoice_date = models.DateField()
    due_date = models.DateField(null=True)
    face_minor = models.BigIntegerField()
    credited_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField()
    supported_minor = models.BigIntegerField()
    financeable_minor = models.BigIntegerField()
    match_state = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    matched_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(financeable_minor__gte=0)
                & models.Q(financeable_minor__lte=models.F("supported_minor"))
                & models.Q(supported_minor__lte=models.F("face_minor")),
                name="receivable_financeable_within_face",
            ),
            models.CheckConstraint(
                condition=models.Q(match_state__in=["matched", "tolerance"])
                | models.Q(financeable_minor=0),
                name="receivable_financeable_only_when_matched",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "match_state"], name="receivable_by_state"),
            models.Index(fields=["programme", "supplier", "number_key"], name="receivable_number"),
        ]

    def __str__(self) -> str:
        return self.invoice_number


class ReceivableCredit(models.Model):
    """The part of one credit note that falls on one receivable."""

    receivable = models.ForeignKey(
        Receivable, on_delete=models.PROTECT, related_name="credits", db_index=False
    )
    credit = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    credit_version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gross_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["receivable", "credit"], name="receivable_credit_once"),
            models.CheckConstraint(
                condition=models.Q(gross_minor__gte=0), name="receivable_credit_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_id} on {self.receivable_id}"
