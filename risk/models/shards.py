"""A run's parts: the firms that one worker reports, and how many of them are done."""

from typing import ClassVar

from django.db import models

from risk.models.runs import RiskRun


class RunShard(models.Model):
    """Firms `first` up to `last` (not included) of a run's firms in order of reference."""

    run = models.ForeignKey(RiskRun, on_delete=models.PROTECT, related_name="shards")
    number = models.IntegerField()
    first = models.IntegerField()
    last = models.IntegerField()
    done = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "number"], name="run_shard_once"),
            models.CheckConstraint(
                condition=models.Q(first__gte=0)
                & models.Q(done__gte=0)
                & models.Q(done__lte=models.F("last") - models.F("first")),
                name="run_shard_progress",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.run_id} {self.first}-{self.last}"
