"""Statements, entries and what they settled; matches; payout batches, payouts, withdrawals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, CheckConstraint, F, Index, Q, UniqueConstraint, Value, When

from scf.settlement.lifecycle import MATCH, PAYOUT, PAYOUT_FAILED, WITHDRAWAL
from scf.settlement.values import AllocationKind

_POSITIVE = Q(amount_minor__gt=0)


def _programme() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("network.Programme", on_delete=models.PROTECT, related_name="+")


class StatementFile(models.Model):
    """A bank's file, byte for byte as it came."""

    programme = _programme()
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=200)
    format = models.CharField(max_length=30)
    content = models.BinaryField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        "network.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["programme", "sha256"], name="statement_file_once"),
        ]


class BankStatement(models.Model):
    """One account's statement. ``held`` ones have posted nothing: they do not add up (unbalanced)
    or the statement before them is missing (gap), until it comes or a person acknowledges it."""

    programme = _programme()
    account = models.ForeignKey("network.BankAccount", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="statements")
    number = models.CharField(max_length=80)
    version = models.PositiveIntegerField()  # a re-issued statement is a new version
    content_hash = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    from_date = models.DateField()
    to_date = models.DateField()
    opening_minor = models.BigIntegerField(null=True)
    closing_minor = models.BigIntegerField(null=True)
    difference_minor = models.BigIntegerField(null=True)
    results = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="held")
    hold_code = models.CharField(max_length=20, default="", blank=True)
    posted_date = models.DateField(null=True)  # the business date it was booked on
    posted_no = models.PositiveIntegerField(null=True)
    acknowledged_by = models.ForeignKey(
        "network.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["account", "content_hash"], name="statement_once"),
            UniqueConstraint(fields=["account", "number", "version"], name="statement_version"),
            UniqueConstraint(fields=["account", "posted_no"], name="statement_posted_no_once"),
            CheckConstraint(
                condition=Q(state="held", posted_date=None, posted_no=None)
                | Q(state="posted", posted_date__isnull=False, posted_no__isnull=False),
                name="statement_posted_says_when",
            ),
            CheckConstraint(
                condition=~Q(state="posted")
                | Q(difference_minor__isnull=False, difference_minor=0)  # null proves nothing
                | Q(acknowledged_at__isnull=False),
                name="statement_posts_balanced_or_acknowledged",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            Index(fields=["programme", "-to_date"], name="statement_by_day"),
        ]


class BankEntry(models.Model):
    """One booked line. ``state`` follows from what is allocated and cannot say otherwise."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    programme = _programme()
    account = models.ForeignKey("network.BankAccount", on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=200)
    bank_reference = models.CharField(max_length=120, default="", blank=True)
    amount_minor = models.BigIntegerField()
    booking_date = models.DateField()
    value_date = models.DateField()
    remittance = models.TextField(default="", blank=True)
    references = models.JSONField(default=list)
    counterparty_name = models.CharField(max_length=200, default="", blank=True)
    counterparty_account = models.CharField(max_length=60, default="", blank=True)
    end_to_end_id = models.CharField(max_length=60, default="", blank=True)
    batch_reference = models.CharField(max_length=60, default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    journal_id = models.BigIntegerField(null=True)
    allocated_minor = models.BigIntegerField(default=0)
    state = models.GeneratedField(
        expression=Case(
            When(allocated_minor=0, then=Value("unallocated")),
            When(allocated_minor=F("amount_minor"), then=Value("allocated")),
            default=Value("partly"),
        ),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )
    exception_code = models.CharField(max_length=40, default="", blank=True)
    suggestions = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["account", "identity"], name="entry_once"),
            CheckConstraint(
                condition=Q(
                    amount_minor__gt=0,
                    allocated_minor__gte=0,
                    allocated_minor__lte=F("amount_minor"),
                )
                | Q(
                    amount_minor__lt=0,
                    allocated_minor__lte=0,
                    allocated_minor__gte=F("amount_minor"),
                ),
                name="entry_allocates_what_it_has",
            ),
            CheckConstraint(
                condition=Q(allocated_minor=0) | Q(journal_id__isnull=False),
                name="entry_allocates_only_posted",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            Index(fields=["programme", "state", "booking_date"], name="entry_queue"),
            Index(
                fields=["end_to_end_id"],
                condition=~Q(end_to_end_id=""),
                name="entry_end_to_end",
            ),
        ]


class Match(models.Model):
    """Where a person or a rule put an entry: lines, why, and the state of the second signature."""

    entry = models.ForeignKey(BankEntry, on_delete=models.PROTECT, related_name="matches")
    rule = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default="submitted")
    lines = models.JSONField()
    reasons = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=400, default="", blank=True)
    made_by = models.ForeignKey(
        "network.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(state__in=sorted(MATCH.table)), name="match_state_known"),
            UniqueConstraint(
                fields=["entry"], condition=Q(state="submitted"), name="match_one_waits"
            ),
        ]


class Allocation(models.Model):
    """So much of an entry went to this, by this journal. Undone ones stay, with their reversal."""

    entry = models.ForeignKey(BankEntry, on_delete=models.PROTECT, related_name="allocations")
    match = models.ForeignKey(
        Match, null=True, on_delete=models.PROTECT, related_name="allocations"
    )
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=60)
    party = models.ForeignKey(
        "network.Party", null=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_minor = models.BigIntegerField()
    journal_id = models.BigIntegerField(null=True)  # null: a contra, which moves nothing
    on_date = models.DateField()
    allocated_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "network.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_reason = models.CharField(max_length=400, default="", blank=True)
    undone_journal_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=_POSITIVE, name="allocation_positive"),
            CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AllocationKind]),
                name="allocation_kind_known",
            ),
            UniqueConstraint(
                fields=["entry", "kind", "ref"],
                condition=Q(undone_at=None),
                name="allocation_once",
            ),
            CheckConstraint(
                condition=Q(journal_id__isnull=False) | Q(kind=AllocationKind.CONTRA.value),
                name="allocation_names_its_journal",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            Index(fields=["kind", "ref"], name="allocation_by_target"),
            Index(fields=["party", "-on_date"], name="allocation_by_party"),
        ]


class PayoutBatch(models.Model):
    """Payouts that leave in one file; its payouts carry the state."""

    programme = _programme()
    number = models.PositiveIntegerField()
    account = models.ForeignKey("network.BankAccount", on_delete=models.PROTECT, related_name="+")
    execution_date = models.DateField()
    content_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        "network.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    file_content = models.BinaryField(null=True)
    file_hash = models.CharField(max_length=64, default="", blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["programme", "number"], name="payout_batch_number"),
            CheckConstraint(
                condition=Q(sent_at=None, file_content=None, file_hash="")
                | (Q(sent_at__isnull=False, file_content__isnull=False) & ~Q(file_hash="")),
                name="payout_batch_sent_has_its_file",
            ),
        ]


class Payout(models.Model):
    """One instruction to the bank. The account is a copy: what two people signed is what is paid."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="payouts")
    programme = _programme()
    line_no = models.PositiveIntegerField()
    end_to_end_id = models.CharField(max_length=35, unique=True)
    party = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("network.BankAccount", on_delete=models.PROTECT, related_name="+")
    payee_name = models.CharField(max_length=200)
    payee_bank = models.CharField(max_length=200)
    payee_bank_code = models.CharField(max_length=20, default="", blank=True)
    payee_number = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=60, default="", blank=True)  # series:5
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=12, default="prepared")
    reason_code = models.CharField(max_length=40, default="", blank=True)
    reason = models.CharField(max_length=400, default="", blank=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["batch", "line_no"], name="payout_line_once"),
            CheckConstraint(condition=_POSITIVE, name="payout_positive"),
            CheckConstraint(condition=Q(state__in=sorted(PAYOUT.table)), name="payout_state_known"),
            CheckConstraint(
                condition=Q(purpose__in=["payable", "fee", "withdrawal"]),
                name="payout_purpose_known",
            ),
            CheckConstraint(
                condition=~Q(state__in=sorted(PAYOUT_FAILED)) | ~Q(reason_code=""),
                name="payout_failed_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            Index(fields=["programme", "state"], name="payout_by_state"),
            Index(fields=["party", "-changed_at"], name="payout_by_party"),
        ]


class PayoutStep(models.Model):
    """Append-only history of a payout, for its timeline; the journal that moved the money."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12)
    journal_id = models.BigIntegerField(null=True)
    entry = models.ForeignKey(BankEntry, null=True, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["payout", "state"], name="payout_step_once"),
        ]


class Withdrawal(models.Model):
    """An investor's wish to take cash out; reserved by a pending transfer until it is sent."""

    programme = _programme()
    party = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    amount_minor = models.BigIntegerField()
    pending_id = models.BigIntegerField()
    state = models.CharField(max_length=12, default="requested")
    payout = models.ForeignKey(
        Payout, null=True, on_delete=models.PROTECT, related_name="withdrawals"
    )
    made_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["programme", "party", "key"], name="withdrawal_once"),
            CheckConstraint(condition=_POSITIVE, name="withdrawal_positive"),
            CheckConstraint(
                condition=Q(state__in=sorted(WITHDRAWAL.table)), name="withdrawal_state_known"
            ),
            CheckConstraint(
                condition=Q(state__in=["requested", "cancelled"], payout=None)
                | Q(state__in=["instructed", "sent"], payout__isnull=False),
                name="withdrawal_instructed_names_its_payout",
            ),
        ]


class PartyStatement(models.Model):
    """A party's account with the programme over a month, as it was told. Never changed: what a
    later correction makes different is the next version."""

    programme = _programme()
    party = models.ForeignKey("network.Party", on_delete=models.PROTECT, related_name="+")
    month_date = models.DateField()
    version = models.IntegerField()
    number = models.CharField(max_length=40)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    business_date = models.DateField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(
                fields=["programme", "party", "month_date", "version"], name="party_statement_once"
            ),
            CheckConstraint(condition=Q(version__gte=1), name="party_statement_version"),
            CheckConstraint(condition=Q(month_date__day=1), name="party_statement_month"),
        ]
