"""Case files: what checks found wrong, who looks into it, how it ended, and what followed."""

from typing import ClassVar

from django.db import models

from risk.models.runs import RiskRun

CASE_STATES = ["open", "investigating", "closed"]
CASE_OUTCOMES = ["confirmed_fraud", "false_alarm", "explained", "referred"]
SEVERITIES = ["info", "warn", "high"]
EVENT_KINDS = [
    "opened",
    "grew",
    "taken",
    "released",
    "handed",
    "note",
    "evidence",
    "proposed",
    "declined",
    "closed",
    "gate_refused",
    "block_lifted",
    "reopened",
]


class Case(models.Model):
    """One suspicion. `subject` names what it is about, the same for every firm of a ring and in
    every run; `facts` are the latest figures of the findings behind it."""

    programme_ref = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    severity = models.CharField(max_length=4)
    amount_minor = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=14, default="open")
    outcome = models.CharField(max_length=16, default="")
    opened_run = models.ForeignKey(RiskRun, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(RiskRun, on_delete=models.PROTECT, related_name="+")
    opened_date = models.DateField()
    last_seen_date = models.DateField()
    # How many runs saw it; 0 only inside the transaction that opens it.
    seen_count = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # What it came to when it was last closed: a recurrence is measured against this.
    closed_amount_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme_ref", "subject"], name="case_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=CASE_STATES), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=SEVERITIES), name="case_severity_known"
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="case_amount"),
            models.CheckConstraint(
                condition=models.Q(
                    state="closed",
                    outcome__in=CASE_OUTCOMES,
                    closed_at__isnull=False,
                    closed_amount_minor__isnull=False,
                )
                | (~models.Q(state="closed") & models.Q(outcome="")),
                name="case_closed_says_how",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "state", "-id"], name="case_list"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.outcome}".rstrip()


class CaseParty(models.Model):
    """A firm in it; `name` as the run knew it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    party_ref = models.CharField(max_length=80)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "party_ref"], name="case_party_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["party_ref"], name="case_party"),
        ]

    def __str__(self) -> str:
        return self.party_ref


class CaseEvent(models.Model):
    """What happened to it, in order: who and when. `by_ref` is "" for the machine. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=14)
    by_ref = models.CharField(max_length=80, default="")
    at = models.DateTimeField()
    text = models.CharField(max_length=400, default="")
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=EVENT_KINDS), name="case_event_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseEvidence(models.Model):
    """A row of the business, or what a person added. `key` tells the same one twice."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    run = models.ForeignKey(RiskRun, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField(null=True)
    document = models.CharField(max_length=120)
    on_date = models.CharField(max_length=10, default="")
    amount_minor = models.BigIntegerField(null=True)
    note = models.CharField(max_length=400, default="")
    by_ref = models.CharField(max_length=80, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "key"], name="case_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document}"


class CaseDecision(models.Model):
    """How to close it: proposed by one person, decided by another. `refuse_refs` are the firms
    whose gate closes with it; `amount_minor` is what the case came to when it was proposed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=400)
    refuse_refs = models.JSONField(default=list)
    amount_minor = models.BigIntegerField()
    maker_ref = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="pending")
    checker_ref = models.CharField(max_length=80, default="")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state="pending"),
                name="case_decision_one_pending",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "approved", "declined"]),
                name="case_decision_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=CASE_OUTCOMES), name="case_decision_outcome"
            ),
            models.CheckConstraint(
                condition=~models.Q(checker_ref=models.F("maker_ref")),
                name="case_decision_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.state}"


class PartyBlock(models.Model):
    """A firm that may not sell because a case confirmed fraud, until the case says otherwise."""

    programme_ref = models.CharField(max_length=80)
    party_ref = models.CharField(max_length=80)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="blocks")
    by_ref = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)
    since_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "party_ref"],
                condition=models.Q(lifted_at__isnull=True),
                name="party_block_once_a_case",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["programme_ref", "party_ref"],
                condition=models.Q(lifted_at__isnull=True),
                name="party_block_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_ref} {'lifted' if self.lifted_at else 'blocked'}"


class KnownHonest(models.Model):
    """A subject two people found honest: quiet up to a sum. `ended_at`: it grew beyond, or the
    case ended otherwise later."""

    programme_ref = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="honest")
    amount_minor = models.BigIntegerField()
    quiet_to_minor = models.BigIntegerField()
    reason = models.CharField(max_length=400)
    maker_ref = models.CharField(max_length=80)
    checker_ref = models.CharField(max_length=80)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "subject"],
                condition=models.Q(ended_at__isnull=True),
                name="known_honest_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(checker_ref=models.F("maker_ref")),
                name="known_honest_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ≤ {self.quiet_to_minor}"
