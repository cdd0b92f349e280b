"""Events to be told and work to be done: written in the transaction that causes them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OutboxEvent(models.Model):
    """Something that happened. The relay turns it into work items, once."""

    name = models.CharField(max_length=120)
    payload = models.JSONField()
    emitted_at = models.DateTimeField()
    is_relayed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(is_relayed=False), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkItem(models.Model):
    """A durable task. The database is the truth about it; a broker message is only a wake-up."""

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    queue = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=10, default="ready")
    attempt = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)
    takeovers = models.IntegerField(default=0)
    worker = models.CharField(max_length=120, default="")
    enqueued_at = models.DateTimeField()
    # Ready from this instant; while leased, the lease's end. By the database's clock.
    due_at = models.DateTimeField()
    # The relay does not wake anybody for it again before this instant.
    wake_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=80, default="")
    error_detail = models.TextField(default="")
    rows_done = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="work_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=("ready", "leased", "done", "dead")),
                name="work_item_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=("ready", "leased")),
                name="work_item_due",
            ),
            models.Index(fields=["kind", "-id"], name="work_item_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
