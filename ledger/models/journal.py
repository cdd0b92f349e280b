"""Journals and their transfers. One row carries both sides, so it balances by construction."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from ledger.models.books import Account, Asset
from ledger.values import Phase


class Xid8Field(models.Field[str, str]):
    """PostgreSQL's 64-bit transaction id: lets a sealer know what can no longer commit late."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class JournalRow(models.Model):
    """One posting request: all its transfers or none, under a key that is never used twice."""

    key = models.CharField(max_length=200)
    request_hash = models.BinaryField()
    kind = models.CharField(max_length=60)
    book = models.CharField(max_length=60)
    effective_date = models.DateField()
    booked_at = models.DateTimeField()
    memo = models.JSONField()

    class Meta:
        db_table = "ledger_journal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="journal_key_once"),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(kind="") & ~Q(book=""), name="journal_named"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "effective_date", "id"], name="journal_by_date"),
        ]

    def __str__(self) -> str:
        return self.key


class Transfer(models.Model):
    """Debit, credit and an amount in one asset. References are checked by the door as sets, and swept
    by the proofs, since a foreign-key trigger for each row costs two fifths of the posting rate."""

    journal = models.ForeignKey(
        JournalRow,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="transfers",
    )
    seq = models.IntegerField()
    phase = models.SmallIntegerField()
    effective_date = models.DateField()
    debit = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    credit = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    amount = models.BigIntegerField()
    pending = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    transaction = Xid8Field()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["journal", "seq"], name="transfer_place_in_journal"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two"),
            models.CheckConstraint(
                condition=Q(phase__in=(Phase.POSTED, Phase.PENDING), pending__isnull=True)
                | Q(phase__in=(Phase.POST, Phase.VOID), pending__isnull=False),
                name="transfer_phase_fits",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["debit", "effective_date"], name="transfer_by_debit"),
            models.Index(fields=["credit", "effective_date"], name="transfer_by_credit"),
            BrinIndex(fields=["effective_date"], name="transfer_by_date", pages_per_range=16),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.seq}"


class PendingResolution(models.Model):
    """A pending transfer is resolved once: its primary key is the pending transfer's."""

    pending = models.OneToOneField(
        Transfer,
        primary_key=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="resolution",
    )
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.pending_id} by {self.transfer_id}"
