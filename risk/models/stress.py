"""Stress runs: what was asked, what was known, and what came out. Never changed once done."""

from typing import ClassVar

from django.db import models

from risk.models.runs import StoredSnapshot


class StressRun(models.Model):
    """One question to a programme's pool. `facts` and `result` are canonical bytes, the facts
    compressed: with the scenario and its seed they give the same result again."""

    programme_ref = models.CharField(max_length=80)
    scenario = models.JSONField()
    state = models.CharField(max_length=10, default="queued")
    as_of_date = models.DateField()
    snapshot = models.ForeignKey(
        StoredSnapshot, null=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.BinaryField(null=True)
    facts_hash = models.CharField(max_length=64, default="")
    result = models.BinaryField(null=True)
    result_hash = models.CharField(max_length=64, default="")
    code_version = models.CharField(max_length=16)
    draws_done = models.IntegerField(default=0)
    draws_total = models.IntegerField()
    by_ref = models.CharField(max_length=80)
    request_key = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=80, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "by_ref", "request_key"], name="stress_run_once_a_key"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed"]),
                name="stress_run_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(draws_done__gte=0)
                & models.Q(draws_done__lte=models.F("draws_total")),
                name="stress_run_progress",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | (models.Q(result__isnull=False) & models.Q(facts__isnull=False)),
                name="stress_run_done_has_result",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "-id"], name="stress_run_latest"),
        ]

    def __str__(self) -> str:
        return f"stress run {self.pk}"
