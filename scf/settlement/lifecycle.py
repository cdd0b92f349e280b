"""The axes of statements, matches, payouts and withdrawals (BOOKS: transitions). Pure."""

from __future__ import annotations

from scf.network.transitions import axis

STATEMENT = axis("statement", "held", {"held": "posted", "posted": ""})

MATCH = axis(
    "match",
    "submitted",
    {"submitted": "applied refused", "applied": "undone", "refused": "", "undone": ""},
)

# An approved payout may still be cancelled: a series frozen between the signature and the sending
# keeps its money. Rejected and returned end here: the money waits for a new instruction.
PAYOUT = axis(
    "payout",
    "prepared",
    {
        "prepared": "approved cancelled",
        "approved": "sent cancelled",
        "sent": "confirmed rejected unknown",
        "unknown": "confirmed rejected",
        "confirmed": "returned",
        "cancelled": "",
        "rejected": "",
        "returned": "",
    },
)
PAYOUT_UNSENT = frozenset({"prepared", "approved"})
PAYOUT_IN_TRANSIT = frozenset({"sent", "unknown"})
PAYOUT_FAILED = frozenset({"rejected", "returned"})

WITHDRAWAL = axis(
    "withdrawal",
    "requested",
    {
        "requested": "instructed cancelled",
        "instructed": "requested sent",
        "sent": "",
        "cancelled": "",
    },
)
