"""Who of the desk looks after what waits there, and how that came about."""

from typing import ClassVar

from django.db import models

ITEM_KINDS = ("decision", "case", "warning", "collection", "override", "limit")


class DeskOwner(models.Model):
    """The owner of one item now; a row with no owner was given back."""

    programme_ref = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    ref_id = models.CharField(max_length=80)
    owner_ref = models.CharField(max_length=80, default="")
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "kind", "ref_id"], name="desk_owner_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ITEM_KINDS), name="desk_owner_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref_id} {self.owner_ref or '-'}"


class DeskOwnerEvent(models.Model):
    """Taken, released or handed on: by whom, from whom to whom. Never changed."""

    programme_ref = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    ref_id = models.CharField(max_length=80)
    act = models.CharField(max_length=8)
    from_ref = models.CharField(max_length=80, default="")
    owner_ref = models.CharField(max_length=80, default="")
    by_ref = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(act__in=["taken", "released", "handed"]),
                name="desk_owner_act_known",
            ),
            models.CheckConstraint(
                condition=(models.Q(act="released", owner_ref="") & ~models.Q(from_ref=""))
                | (~models.Q(act="released") & ~models.Q(owner_ref="")),
                name="desk_owner_event_says",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme_ref", "kind", "ref_id", "id"], name="desk_owner_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref_id} {self.act}"
