"""The claim's axis and the payment's axis (BOOKS: transitions). Pure."""

from __future__ import annotations

from datetime import date, timedelta

from scf.network.transitions import axis

CLAIM = axis(
    "claim",
    "draft",
    {
        "draft": "submitted withdrawn",
        "submitted": "matched rejected withdrawn",
        "matched": "confirmed refused withdrawn expired",
        "confirmed": "registered revoked expired",
        "registered": "assigned released",
        "assigned": "settled repurchased written_off",
        "written_off": "settled closed_at_loss",
        "settled": "",
        "repurchased": "",
        "closed_at_loss": "",
        "withdrawn": "",
        "rejected": "",
        "refused": "",
        "expired": "",
        "revoked": "",
        "released": "",
    },
)
# Assigned and later states keep the fingerprint for good: a paid invoice is never sold again.
CLAIM_FREED = frozenset({"withdrawn", "rejected", "refused", "expired", "revoked", "released"})
CLAIM_LIVE = frozenset(CLAIM.table) - CLAIM_FREED
CLAIM_WITHDRAWABLE = frozenset({"draft", "submitted", "matched"})

PAYMENT = axis(
    "payment",
    "scheduled",
    {
        "scheduled": "due paid",
        "due": "grace paid",
        "grace": "overdue paid",
        "overdue": "defaulted paid",
        "defaulted": "paid",
        "paid": "scheduled due grace overdue defaulted",  # an undone match: the state of the date
    },
)


def payment_state_on(*, on: date, payment_date: date, grace_days: int, default_days: int) -> str:
    """The state of an unpaid claim on a business date; grace counts from the rolled date."""
    if on < payment_date:
        return "scheduled"
    if on == payment_date:
        return "due"
    if on <= payment_date + timedelta(days=grace_days):
        return "grace"
    if on < payment_date + timedelta(days=default_days):
        return "overdue"
    return "defaulted"
