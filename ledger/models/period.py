"""Closed periods of a book."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PeriodLock(models.Model):
    """Nothing is posted to `book` with an effective date up to `locked_date` any more."""

    book = models.CharField(max_length=60)
    locked_date = models.DateField()
    locked_at = models.DateTimeField()
    trial_balance_hash = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "locked_date"], name="period_locked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.locked_date}"
