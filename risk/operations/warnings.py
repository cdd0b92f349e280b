"""Warnings: raised and renewed by runs and by the end of a day, quietened and closed by people.

A signal is one live row as long as it lasts: seen again it is renewed, seen no more it ends by
itself on its day. What a person put aside or resolved stays quiet until the day it stood for,
unless it gets graver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ledger.errors import DomainError
from risk.findings import evidence_data
from risk.lifecycle import WARNING, step_check
from risk.models import Warning, WarningEvent
from risk.models.warnings import LIVE_STATES
from risk.warning.values import Sign, graver

SNOOZE_MOST_DAYS = 30
# Seen again with other figures: worth telling only to whoever looks at the history.
_FIGURES = ("value", "threshold", "facts", "evidence")


@dataclass(frozen=True, slots=True)
class Raised:
    """What one look at the chain changed. `loud` are ids of new or graver ones."""

    new: int
    renewed: int
    quiet: int
    loud: tuple[int, ...]


@transaction.atomic
def warnings_raise(
    *,
    programme_ref: str,
    signs: Sequence[Sign],
    names: Mapping[str, str],
    on: date,
    at: datetime,
    run_id: int | None = None,
) -> Raised:
    """Make the signs of one day into warnings; the same again changes nothing.

    `names` are the firms' names by reference. A sign older than what is known is left out.
    """
    live = _by_key(programme_ref, LIVE_STATES, signs)
    resolved = _by_key(programme_ref, ["resolved"], signs)
    new, renewed, quiet, loud = 0, 0, 0, []
    for sign in signs:
        row, closed = live.get(sign.key), resolved.get(sign.key)
        if row is not None:
            if row.seen_date > on:
                continue
            renewed += 1
            if _renew(row, sign, on=on, at=at, run_id=run_id):
                loud.append(row.pk)
        elif closed is not None and _stays_quiet(closed, sign, on):
            quiet += 1
        else:
            new += 1
            name = names.get(sign.party_ref, "")
            loud.append(_raise(programme_ref, sign, name, on=on, at=at, run_id=run_id))
    return Raised(new, renewed, quiet, tuple(loud))


@transaction.atomic
def warnings_age(*, programme_ref: str, on: date, at: datetime) -> int:
    """On a day: end what was not seen again in its time, wake what slept; returns how many."""
    rows = Warning.objects.select_for_update().filter(
        programme_ref=programme_ref, state__in=LIVE_STATES
    )
    changed = 0
    for row in rows.order_by("pk"):
        if row.until_date < on:
            _end(row, "expired", by="", note="", on=on, at=at)
        elif row.snoozed_until_date is not None and row.snoozed_until_date <= on:
            _move(row, "open")
            _tell(row, "woke", on=on, at=at)
        else:
            continue
        changed += 1
    return changed


@transaction.atomic
def warning_acknowledge(*, warning_id: int, by: str, on: date, at: datetime) -> None:
    """Somebody is on it. Raises `risk.warning_unknown`, `risk.step_refused`."""
    row = _lock(warning_id)
    _move(row, "acknowledged")
    _tell(row, "acknowledged", by=by, on=on, at=at)


@transaction.atomic
def warning_snooze(
    *, warning_id: int, until: date, reason: str, by: str, on: date, at: datetime
) -> None:
    """Quiet until a day, unless it gets graver meanwhile.

    Raises `risk.snooze_dates` unless the day is ahead and at most `SNOOZE_MOST_DAYS` away,
    `risk.reason_missing`, `risk.warning_unknown`, `risk.step_refused`.
    """
    _reason_check(reason)
    latest = on + timedelta(days=SNOOZE_MOST_DAYS)
    if not on < until <= latest:
        raise DomainError("risk.snooze_dates", until=latest.isoformat())
    row = _lock(warning_id)
    step_check(WARNING, current=row.state, to="snoozed")
    row.state, row.snoozed_until_date, row.quiet_severity = "snoozed", until, row.severity
    row.save(update_fields=["state", "snoozed_until_date", "quiet_severity"])
    facts = {"until": until.isoformat()}
    _tell(row, "snoozed", by=by, note=reason, facts=facts, on=on, at=at)


@transaction.atomic
def warning_escalate(
    *, warning_id: int, to_ref: str, reason: str, by: str, on: date, at: datetime
) -> None:
    """Hand it up to a person, who answers for it from now on.

    Raises `risk.reason_missing`, `risk.escalate_to_oneself`, `risk.warning_unknown`,
    `risk.step_refused`.
    """
    _reason_check(reason)
    if to_ref == by:
        raise DomainError("risk.escalate_to_oneself")
    row = _lock(warning_id)
    _move(row, "escalated")
    row.escalated_to_ref = to_ref
    row.save(update_fields=["escalated_to_ref"])
    _tell(row, "escalated", by=by, note=reason, facts={"to": to_ref}, on=on, at=at)


@transaction.atomic
def warning_resolve(*, warning_id: int, reason: str, by: str, on: date, at: datetime) -> None:
    """Dealt with; it comes again only if graver, or if still there when its time is over.

    Raises `risk.reason_missing`, `risk.warning_unknown`, `risk.step_refused`.
    """
    _reason_check(reason)
    row = _lock(warning_id)
    _end(row, "resolved", by=by, note=reason, on=on, at=at)


def _by_key(
    programme_ref: str, states: Sequence[str], signs: Sequence[Sign]
) -> dict[tuple[str, str, str], Warning]:
    """Rows of the signs' firms by key; of several that ended the latest."""
    rows = Warning.objects.select_for_update().filter(
        programme_ref=programme_ref,
        state__in=states,
        party_ref__in={sign.party_ref for sign in signs},
    )
    return {(row.party_ref, row.signal, row.subject): row for row in rows.order_by("pk")}


def _stays_quiet(closed: Warning, sign: Sign, on: date) -> bool:
    return on <= closed.until_date and not graver(sign.severity, closed.quiet_severity)


def _raise(
    programme_ref: str, sign: Sign, name: str, *, on: date, at: datetime, run_id: int | None
) -> int:
    row = Warning.objects.create(
        programme_ref=programme_ref,
        party_ref=sign.party_ref,
        party_name=name,
        signal=str(sign.signal),
        subject=sign.subject,
        severity=str(sign.severity),
        raised_date=on,
        seen_date=on,
        until_date=on + timedelta(days=sign.valid_days),
        raised_at=at,
        run_id=run_id,
        unit=sign.unit,
        **_figures(sign),
    )
    _tell(row, "raised", facts=_told(sign), on=on, at=at)
    return row.pk


def _renew(row: Warning, sign: Sign, *, on: date, at: datetime, run_id: int | None) -> bool:
    """Take over the newest figures; True when it got graver, which also wakes it."""
    before = row.severity
    is_graver = graver(sign.severity, before)
    is_same = all(getattr(row, name) == value for name, value in _figures(sign).items())
    if is_same and row.seen_date == on and before == sign.severity:
        return False
    is_loud = is_graver and (row.state != "snoozed" or graver(sign.severity, row.quiet_severity))
    if is_loud and row.state == "snoozed":
        row.state, row.snoozed_until_date = "open", None
    for name, value in _figures(sign).items():
        setattr(row, name, value)
    row.severity, row.seen_date, row.run_id = str(sign.severity), on, run_id or row.run_id
    row.until_date = max(row.until_date, on + timedelta(days=sign.valid_days))
    row.save()
    act = "worsened" if is_graver else "eased" if sign.severity != before else "renewed"
    _tell(row, act, facts={**_told(sign), "before": before}, on=on, at=at)
    return is_loud


def _figures(sign: Sign) -> dict[str, object]:
    evidence = [evidence_data(row) for row in sign.evidence]
    values = (sign.value, sign.threshold, dict(sign.facts), evidence)
    return dict(zip(_FIGURES, values, strict=True))


def _told(sign: Sign) -> dict[str, int | str]:
    return {"severity": str(sign.severity), "value": sign.value}


def _end(row: Warning, to: str, *, by: str, note: str, on: date, at: datetime) -> None:
    step_check(WARNING, current=row.state, to=to)
    row.state, row.snoozed_until_date, row.ended_at = to, None, at
    row.quiet_severity = row.severity
    row.save(update_fields=["state", "snoozed_until_date", "ended_at", "quiet_severity"])
    _tell(row, to, by=by, note=note, on=on, at=at)


def _move(row: Warning, to: str) -> None:
    row.state = step_check(WARNING, current=row.state, to=to)
    row.snoozed_until_date = None
    row.save(update_fields=["state", "snoozed_until_date"])


def _tell(
    row: Warning,
    act: str,
    *,
    on: date,
    at: datetime,
    by: str = "",
    note: str = "",
    facts: Mapping[str, object] | None = None,
) -> None:
    WarningEvent.objects.create(
        warning=row,
        act=act,
        by_ref=by,
        note=note.strip(),
        facts=dict(facts or {}),
        on_date=on,
        at=at,
    )


def _lock(warning_id: int) -> Warning:
    row = Warning.objects.select_for_update().filter(pk=warning_id).first()
    if row is None:
        raise DomainError("risk.warning_unknown", warning=warning_id)
    return row


def _reason_check(reason: str) -> None:
    if not reason.strip():
        raise DomainError("risk.reason_missing")
