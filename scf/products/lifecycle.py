"""The offering's axis and the subscription's (BOOKS: transitions). Pure."""

from __future__ import annotations

from scf.network.transitions import axis

OFFERING = axis(
    "offering",
    "draft",
    {
        "draft": "listed cancelled",
        "listed": "funded cancelled",
        "funded": "issued cancelled",
        "issued": "redeemed impaired",
        "impaired": "redeemed closed_at_loss",
        "redeemed": "",
        "cancelled": "",
        "closed_at_loss": "",
    },
)
SUBSCRIPTION = axis(
    "subscription",
    "held",
    {"held": "allotted voided", "allotted": "", "voided": ""},
)
# States in which the series' units exist and money may still come.
OFFERING_LIVE = frozenset({"issued", "impaired"})
OFFERING_OPEN = frozenset({"draft", "listed", "funded"})
