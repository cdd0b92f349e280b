"""What a run knew (snapshot, policy), how far it is, and the reports it made. Append-only but
for a run's progress."""

from typing import ClassVar

from django.db import models


class StoredSnapshot(models.Model):
    """A snapshot's bytes, kept once a hash, so that its reports can be made again."""

    programme_ref = models.CharField(max_length=80)
    as_of_date = models.DateField()
    digest = models.CharField(max_length=64)
    data = models.BinaryField()
    parties = models.IntegerField()
    rows = models.IntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme_ref", "digest"], name="snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.as_of_date} {self.digest[:8]}"


class StoredPolicy(models.Model):
    """Thresholds a report was made by, kept once a hash."""

    digest = models.CharField(max_length=64, unique=True)
    version = models.CharField(max_length=40)
    data = models.JSONField()

    def __str__(self) -> str:
        return f"{self.version} {self.digest[:8]}"


class RiskRun(models.Model):
    """One pass over all firms of a programme as of a day."""

    programme_ref = models.CharField(max_length=80)
    snapshot = models.ForeignKey(StoredSnapshot, on_delete=models.PROTECT, related_name="runs")
    policy = models.ForeignKey(StoredPolicy, on_delete=models.PROTECT, related_name="+")
    code_version = models.CharField(max_length=16)
    state = models.CharField(max_length=10, default="queued")
    parties_total = models.IntegerField()
    parties_done = models.IntegerField(default=0)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=80, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed"]),
                name="risk_run_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(parties_done__gte=0)
                & models.Q(parties_done__lte=models.F("parties_total")),
                name="risk_run_progress",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "-id"], name="risk_run_latest"),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Report(models.Model):
    """One firm's report: its bytes, and what lists and queues show of it. Never changed."""

    run = models.ForeignKey(RiskRun, null=True, on_delete=models.PROTECT, related_name="reports")
    programme_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=80)
    party_name = models.CharField(max_length=200)
    party_role = models.CharField(max_length=20)
    snapshot = models.ForeignKey(StoredSnapshot, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(StoredPolicy, on_delete=models.PROTECT, related_name="+")
    code_version = models.CharField(max_length=16)
    as_of_date = models.DateField()
    verdict = models.CharField(max_length=12)
    reconciled_ppm = models.BigIntegerField(null=True)
    seen_sales_minor = models.BigIntegerField()
    findings_high = models.IntegerField()
    # Null without a card in force or a judgement; usable is false where the card has drifted.
    score = models.IntegerField(null=True)
    score_usable = models.BooleanField(default=False)
    payload = models.BinaryField()
    payload_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "party_ref"], name="report_once_a_run"),
            models.CheckConstraint(
                condition=models.Q(
                    verdict__in=["EXPANSION", "STEADY", "OVERTRADING", "DISTRESS", "ABSTAIN"]
                ),
                name="report_verdict_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["programme_ref", "party_ref", "-as_of_date", "-id"], name="report_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_ref} {self.as_of_date} {self.verdict}"
