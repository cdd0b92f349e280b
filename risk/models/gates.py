"""Whether a firm may sell: decisions in the order they were made, and overrides of them."""

from typing import ClassVar

from django.db import models

from risk.models.runs import Report


class GateOverride(models.Model):
    """A person proposes to let a firm pass against its verdict; another one decides."""

    programme_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=80)
    decision = models.ForeignKey(
        "risk.GateDecision", on_delete=models.PROTECT, related_name="overrides"
    )
    verdict = models.CharField(max_length=12)
    grant = models.CharField(max_length=12)
    reason = models.CharField(max_length=400)
    until_date = models.DateField()
    maker_ref = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="pending")
    checker_ref = models.CharField(max_length=80, default="")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "party_ref"],
                condition=models.Q(state="pending"),
                name="gate_override_one_pending",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "approved", "declined"]),
                name="gate_override_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(grant__in=["full", "named_only"]), name="gate_override_grant"
            ),
            models.CheckConstraint(
                condition=~models.Q(checker_ref=models.F("maker_ref")),
                name="gate_override_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_ref} {self.grant} {self.state}"


class GateDecision(models.Model):
    """What the gate said of a firm from a day on. The latest one counts. Never changed."""

    programme_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=80)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    request_ref = models.CharField(max_length=80, default="")
    request_minor = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    override = models.ForeignKey(
        GateOverride, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    # A person's own decision names them; the machine's is blank.
    by_ref = models.CharField(max_length=80, default="")
    reason = models.CharField(max_length=400, default="")
    from_date = models.DateField()
    until_date = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["passed", "named_only", "overridden", "failed", "referred"]
                ),
                name="gate_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="overridden", override__isnull=False)
                | (~models.Q(outcome="overridden") & models.Q(override__isnull=True)),
                name="gate_override_named",
            ),
            models.CheckConstraint(
                condition=models.Q(until_date__gte=models.F("from_date")), name="gate_dates"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "party_ref", "-id"], name="gate_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.party_ref} {self.outcome}"
