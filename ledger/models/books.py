"""Assets, accounts and their running balances."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Asset(models.Model):
    """What is counted: client money, a claim on somebody, units of one series."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    scale = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=("currency", "claim", "unit")), name="asset_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(scale__gte=0, scale__lte=9), name="asset_scale_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Account(models.Model):
    """An account of one book. Never changes once opened.

    `natural_key` joins book, code, asset, owner and subject, so that the door finds an account by one
    column and one index whatever the planner believes about a young table.
    """

    natural_key = models.CharField(max_length=280)
    book = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.CharField(max_length=60, default="")
    subject = models.CharField(max_length=60, default="")
    side = models.CharField(max_length=6)
    limited = models.BooleanField()
    is_hot = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["natural_key"], name="account_natural_key"),
            models.CheckConstraint(
                condition=Q(side__in=("debit", "credit")), name="account_side_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "code", "asset"], name="account_by_code"),
            models.Index(fields=["book", "owner"], name="account_by_owner"),
            models.Index(fields=["book", "subject"], name="account_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.code} {self.owner} {self.subject}"


class AccountBalance(models.Model):
    """Running sums of an account; the limit is a constraint of this row, so no path can pass it."""

    account = models.OneToOneField(
        Account,
        primary_key=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="balance",
    )
    dr_posted = models.BigIntegerField(default=0)
    cr_posted = models.BigIntegerField(default=0)
    dr_pending = models.BigIntegerField(default=0)
    cr_pending = models.BigIntegerField(default=0)
    dr_le_cr = models.BooleanField()
    cr_le_dr = models.BooleanField()
    is_hot = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(dr_le_cr=False) | Q(cr_posted__gte=F("dr_posted") + F("dr_pending")),
                name="balance_debits_within_credits",
            ),
            models.CheckConstraint(
                condition=Q(cr_le_dr=False) | Q(dr_posted__gte=F("cr_posted") + F("cr_pending")),
                name="balance_credits_within_debits",
            ),
            models.CheckConstraint(
                condition=Q(
                    dr_posted__gte=0, cr_posted__gte=0, dr_pending__gte=0, cr_pending__gte=0
                ),
                name="balance_sums_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.dr_posted} / {self.cr_posted}"
