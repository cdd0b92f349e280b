"""States of runs, overrides, limit changes, scorecards and reservations, as tables."""

from collections.abc import Mapping
from typing import Final

from ledger.errors import DomainError

Table = Mapping[str, frozenset[str]]

RUN: Final[Table] = {
    "queued": frozenset({"running", "failed"}),
    "running": frozenset({"done", "failed"}),
    "done": frozenset(),
    "failed": frozenset(),
}
# An override of a gate decision and a change of a limit wait for a second person.
PROPOSAL: Final[Table] = {
    "pending": frozenset({"approved", "declined"}),
    "approved": frozenset(),
    "declined": frozenset(),
}
# A case is given back by releasing it, and comes again when what it is about recurs with more.
CASE: Final[Table] = {
    "open": frozenset({"investigating"}),
    "investigating": frozenset({"open", "closed"}),
    "closed": frozenset({"open"}),
}
CASE_OUTCOMES: Final = ("confirmed_fraud", "false_alarm", "explained", "referred")
# A scorecard's version: taken in by one person, put into force by another.
CARD: Final[Table] = {
    "draft": frozenset({"approved", "declined"}),
    "approved": frozenset({"retired"}),
    "declined": frozenset(),
    "retired": frozenset(),
}
RESERVATION: Final[Table] = {
    "reserved": frozenset({"exposed", "freed"}),
    "exposed": frozenset({"freed"}),
    "freed": frozenset(),
}
# A warning is put aside until a day, or handed up; a signal that is seen no more ends by itself.
WARNING: Final[Table] = {
    "open": frozenset({"acknowledged", "snoozed", "escalated", "resolved", "expired"}),
    "acknowledged": frozenset({"open", "snoozed", "escalated", "resolved", "expired"}),
    "snoozed": frozenset({"open", "escalated", "resolved", "expired"}),
    "escalated": frozenset({"acknowledged", "resolved", "expired"}),
    "resolved": frozenset(),
    "expired": frozenset(),
}
# A debt ends when it is paid ("collected") or is owed no more for another reason ("ended").
COLLECTION: Final[Table] = {
    "open": frozenset({"promised", "collected", "ended"}),
    "promised": frozenset({"open", "collected", "ended"}),
    "collected": frozenset(),
    "ended": frozenset(),
}
PROMISE: Final[Table] = {
    "pending": frozenset({"kept", "broken", "replaced"}),
    "kept": frozenset(),
    "broken": frozenset(),
    "replaced": frozenset(),
}
# What a gate decision comes to; "missing" is the answer when there is none in date.
OUTCOMES: Final = ("passed", "named_only", "overridden", "failed", "referred")
OPEN_OUTCOMES: Final = frozenset({"passed", "named_only", "overridden"})
GRANTS: Final = ("full", "named_only")
SCOPES: Final = ("party", "pair", "group")


def step_check(table: Table, *, current: str, to: str) -> str:
    """`to` when the table allows the step; raises `risk.step_refused`."""
    if to not in table[current]:
        raise DomainError("risk.step_refused", current=current, to=to)
    return to
