"""Scorecards in their versions, and how far a chain has drifted from them. No foreign key
leaves risk."""

from typing import ClassVar

from django.db import models

from risk.models.runs import RiskRun


class ScoreCard(models.Model):
    """One version of a card: taken in by one person, put into force by another. Its data is
    never changed; one version of a name is in force at a time."""

    programme_ref = models.CharField(max_length=80)
    name = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    data = models.JSONField()
    state = models.CharField(max_length=10, default="draft")
    reason = models.CharField(max_length=400)
    maker_ref = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    checker_ref = models.CharField(max_length=80, default="")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, default="")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "name"],
                condition=models.Q(state="approved"),
                name="score_card_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["programme_ref", "digest"],
                condition=models.Q(state__in=["draft", "approved"]),
                name="score_card_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "approved", "declined", "retired"]),
                name="score_card_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(checker_ref=models.F("maker_ref")),
                name="score_card_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(checker_ref=""),
                name="score_card_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:8]} {self.state}"


class ScoreMonitor(models.Model):
    """Drift of a chain against a card's training rows, once a month. Never changed."""

    programme_ref = models.CharField(max_length=80)
    card_name = models.CharField(max_length=20)
    card_digest = models.CharField(max_length=64)
    run = models.ForeignKey(RiskRun, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    as_of_date = models.DateField()
    firms = models.IntegerField()
    state = models.CharField(max_length=6)
    score_ppm = models.BigIntegerField()
    features = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "card_digest", "month"], name="score_monitor_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["few", "ok", "warn", "stop"]),
                name="score_monitor_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.state}"
