"""Early warnings of firms and limits: one live row a signal, and all that happened to it."""

from typing import ClassVar

from django.db import models

from risk.models.runs import RiskRun

WARNING_STATES = ["open", "acknowledged", "snoozed", "escalated", "resolved", "expired"]
LIVE_STATES = ["open", "acknowledged", "snoozed", "escalated"]
WARNING_ACTS = [
    "raised",
    "renewed",
    "worsened",
    "eased",
    "acknowledged",
    "snoozed",
    "woke",
    "escalated",
    "resolved",
    "expired",
]


class Warning(models.Model):
    """A signal about a firm. While it is live the same signal renews it; it stands until
    `until_date`. `value` and `threshold` are in `unit` (`risk.warning.values.Sign`)."""

    programme_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=170)
    party_name = models.CharField(max_length=200, default="")
    signal = models.CharField(max_length=24)
    subject = models.CharField(max_length=600, default="")
    severity = models.CharField(max_length=4)
    unit = models.CharField(max_length=12)
    value = models.BigIntegerField()
    threshold = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=14, default="open")
    raised_date = models.DateField()
    seen_date = models.DateField()
    until_date = models.DateField()
    snoozed_until_date = models.DateField(null=True)
    # How grave it was when a person put it aside or closed it: it speaks up above that.
    quiet_severity = models.CharField(max_length=4, default="")
    escalated_to_ref = models.CharField(max_length=80, default="")
    run = models.ForeignKey(RiskRun, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "party_ref", "signal", "subject"],
                condition=models.Q(state__in=LIVE_STATES),
                name="warning_one_live",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=WARNING_STATES), name="warning_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=["info", "warn", "high"]),
                name="warning_severity_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="snoozed", snoozed_until_date__isnull=False)
                | (~models.Q(state="snoozed") & models.Q(snoozed_until_date__isnull=True)),
                name="warning_snoozed_until",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=LIVE_STATES, ended_at__isnull=True)
                | (~models.Q(state__in=LIVE_STATES) & models.Q(ended_at__isnull=False)),
                name="warning_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(seen_date__gte=models.F("raised_date"))
                & models.Q(until_date__gte=models.F("seen_date")),
                name="warning_dates",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "state", "-id"], name="warning_list"),
            models.Index(fields=["programme_ref", "party_ref", "-id"], name="warning_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.signal} {self.party_ref} {self.state}"


class WarningEvent(models.Model):
    """What happened to a warning, by whom ("" the machine) and why. Never changed."""

    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=14)
    by_ref = models.CharField(max_length=80, default="")
    note = models.CharField(max_length=400, default="")
    facts = models.JSONField(default=dict)
    on_date = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(act__in=WARNING_ACTS), name="warning_act_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.act}"
