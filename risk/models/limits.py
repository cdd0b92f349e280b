"""How much may be out: limits by party, pair and obligor group, and what uses them."""

from typing import ClassVar

from django.db import models


class Limit(models.Model):
    """One limit and its use. Rows are locked in id order before anything is reserved."""

    programme_ref = models.CharField(max_length=80)
    scope = models.CharField(max_length=10)
    subject_ref = models.CharField(max_length=170)
    currency = models.CharField(max_length=3)
    base_minor = models.BigIntegerField()
    floating_minor = models.BigIntegerField(default=0)
    reserved_minor = models.BigIntegerField(default=0)
    exposed_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "scope", "subject_ref", "currency"], name="limit_once"
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["party", "pair", "group"]), name="limit_scope_known"
            ),
            models.CheckConstraint(
                condition=models.Q(base_minor__gte=0)
                & models.Q(base_minor__gte=-models.F("floating_minor")),
                name="limit_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(reserved_minor__gte=0) & models.Q(exposed_minor__gte=0),
                name="limit_use_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject_ref}"


class LimitChange(models.Model):
    """A new figure for a limit: proposed by one person, decided by another. Also its log.

    The machine's own changes move the floating part only; their maker is "policy:<hash>", they
    need no second person, and `grounds` and `figures` say why.
    """

    programme_ref = models.CharField(max_length=80)
    scope = models.CharField(max_length=10)
    subject_ref = models.CharField(max_length=170)
    currency = models.CharField(max_length=3)
    base_minor = models.BigIntegerField()
    floating_minor = models.BigIntegerField(default=0)
    # The floating part when this was asked for: what has moved since must be asked for again.
    floating_was_minor = models.BigIntegerField(null=True)
    on_date = models.DateField(null=True)
    grounds = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    reason = models.CharField(max_length=400)
    maker_ref = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="pending")
    checker_ref = models.CharField(max_length=80, default="")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | ~models.Q(checker_ref="")
                | models.Q(maker_ref__startswith="policy:"),
                name="limit_change_checked",
            ),
            models.UniqueConstraint(
                fields=["programme_ref", "scope", "subject_ref", "currency"],
                condition=models.Q(state="pending"),
                name="limit_change_one_pending",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "approved", "declined"]),
                name="limit_change_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(checker_ref=models.F("maker_ref")),
                name="limit_change_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject_ref} {self.state}"


class LimitReservation(models.Model):
    """What one sale uses of one limit, from acceptance to the end of the claim."""

    limit = models.ForeignKey(Limit, on_delete=models.PROTECT, related_name="reservations")
    programme_ref = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, default="reserved")
    reserved_at = models.DateTimeField()
    exposed_at = models.DateTimeField(null=True)
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["limit", "key"], name="reservation_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="reservation_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["reserved", "exposed", "freed"]),
                name="reservation_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "key"], name="reservation_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
