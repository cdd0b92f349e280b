"""What is overdue and who works on it: items, contacts, promises, and what came of them."""

from typing import ClassVar

from django.db import models

ITEM_STATES = ["open", "promised", "collected", "ended"]
ITEM_LIVE = ["open", "promised"]
KINDS = ["claim", "recourse", "turnover", "repurchase"]
CAUSES = ["disputed", "cannot", "will_not", "unclear"]
CHANNELS = ["phone", "message", "email", "letter", "visit", "meeting"]
CONTACT_OUTCOMES = ["no_answer", "reached", "promised", "disputes", "cannot_pay", "refuses"]
PROMISE_STATES = ["pending", "kept", "broken", "replaced"]
ITEM_ACTS = ["opened", "paid", "cause", "promised", "kept", "broken", "collected", "ended"]
_CHANCE = models.Q(
    chance_7_ppm__gte=0,
    chance_30_ppm__gte=models.F("chance_7_ppm"),
    chance_60_ppm__gte=models.F("chance_30_ppm"),
    chance_60_ppm__lte=1_000_000,
)


class CollectionItem(models.Model):
    """Money a debtor owes and has not paid in time. `key` names the claim and why it is owed;
    figures are those of `seen_date`, in minor units."""

    programme_ref = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    claim_ref = models.CharField(max_length=80)
    debtor_ref = models.CharField(max_length=80)
    debtor_name = models.CharField(max_length=200)
    label = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    first_minor = models.BigIntegerField()
    open_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)
    due_date = models.DateField()
    days_late = models.IntegerField()
    is_disputed = models.BooleanField(default=False)
    cause = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    chance_7_ppm = models.IntegerField()
    chance_30_ppm = models.IntegerField()
    chance_60_ppm = models.IntegerField()
    factors = models.JSONField(default=list)
    action = models.CharField(max_length=12)
    expected_minor = models.BigIntegerField()
    cost_minor = models.BigIntegerField()
    gain_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, default="open")
    opened_date = models.DateField()
    seen_date = models.DateField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "key"],
                condition=models.Q(state__in=ITEM_LIVE),
                name="collection_one_live",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ITEM_STATES), name="collection_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="collection_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(cause__in=CAUSES), name="collection_cause_known"
            ),
            models.CheckConstraint(condition=_CHANCE, name="collection_chance"),
            models.CheckConstraint(
                condition=models.Q(
                    open_minor__gte=0,
                    expected_minor__gte=0,
                    expected_minor__lte=models.F("open_minor"),
                    cost_minor__gte=0,
                ),
                name="collection_expected_within_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ITEM_LIVE, ended_at__isnull=True)
                | (~models.Q(state__in=ITEM_LIVE) & models.Q(ended_at__isnull=False)),
                name="collection_ended",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "state", "-id"], name="collection_list"),
            models.Index(fields=["programme_ref", "debtor_ref", "-id"], name="collection_debtor"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class Contact(models.Model):
    """A debtor was spoken to, or was not to be had. Never changed."""

    item = models.ForeignKey(CollectionItem, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=10)
    who = models.CharField(max_length=80)
    outcome = models.CharField(max_length=12)
    note = models.CharField(max_length=400)
    next_step = models.CharField(max_length=200, default="")
    next_date = models.DateField(null=True)
    by_ref = models.CharField(max_length=80)
    on_date = models.DateField()
    at = models.DateTimeField()
    key = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "key"], name="contact_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=CHANNELS), name="contact_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=CONTACT_OUTCOMES), name="contact_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.channel} {self.outcome}"


class Promise(models.Model):
    """So much by such a day. `paid_before_minor` had been paid on the item when it was given:
    what is paid beyond that is judged against the promised amount."""

    item = models.ForeignKey(CollectionItem, on_delete=models.PROTECT, related_name="promises")
    amount_minor = models.BigIntegerField()
    by_date = models.DateField()
    paid_before_minor = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default="pending")
    paid_minor = models.BigIntegerField(default=0)
    made_date = models.DateField()
    made_at = models.DateTimeField()
    recorded_by_ref = models.CharField(max_length=80)
    judged_date = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state="pending"), name="promise_one_pending"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PROMISE_STATES), name="promise_state_known"
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="promise_positive"),
            models.CheckConstraint(
                condition=models.Q(by_date__gte=models.F("made_date")), name="promise_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.amount_minor} {self.by_date} {self.state}"


class CollectionEvent(models.Model):
    """What happened to an item that no contact says. Never changed."""

    item = models.ForeignKey(CollectionItem, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10)
    by_ref = models.CharField(max_length=80, default="")
    facts = models.JSONField(default=dict)
    on_date = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(act__in=ITEM_ACTS), name="collection_act_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.act}"
