"""Looks at the chain that somebody wants to come back to."""

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """A named view of a firm's neighbourhood; it belongs to one user of one programme.

    `state` is what the page's address carries: layers, the anchor in or out, what is expanded.
    """

    programme_ref = models.CharField(max_length=80)
    owner_ref = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    party_ref = models.CharField(max_length=80)
    state = models.CharField(max_length=2000, default="", blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme_ref", "owner_ref", "name"], name="saved_view_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_named"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_ref} {self.name}"
