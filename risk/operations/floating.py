"""The machine moves the floating part of a limit, under the limit's lock, and writes down why."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Final

from django.db import transaction

from risk.floating import FloatStep, Moved, Performance, floating_decide
from risk.models import Limit, LimitChange
from risk.policy import LimitPolicy

MACHINE: Final = "policy:"
FLOATS: Final = ("party", "pair")


@transaction.atomic
def limit_float(
    *,
    limit_id: int,
    performance: Performance,
    policy: LimitPolicy,
    policy_digest: str,
    on: date,
    at: datetime,
) -> int | None:
    """Move a party's or a pair's floating part as the policy says; returns the change's id.

    None where nothing moves. Decided under the row's lock from what is used and what has moved
    by then, so that a figure counts once however often it is handed over. Use above a lowered
    limit stays; only new use waits.
    """
    limit = Limit.objects.select_for_update().get(pk=limit_id)
    if limit.scope not in FLOATS:
        return None
    performance = replace(performance, used_minor=limit.reserved_minor + limit.exposed_minor)
    step = floating_decide(
        base_minor=limit.base_minor,
        floating_minor=limit.floating_minor,
        performance=performance,
        moved=_moved(limit),
        on=on,
        policy=policy,
    )
    if step is None:
        return None
    change = _logged(limit, step, performance, policy_digest, on, at)
    limit.floating_minor = step.floating_minor
    limit.save(update_fields=["floating_minor"])
    return change


def _moved(limit: Limit) -> list[Moved]:
    rows = LimitChange.objects.filter(
        programme_ref=limit.programme_ref,
        scope=limit.scope,
        subject_ref=limit.subject_ref,
        currency=limit.currency,
        maker_ref__startswith=MACHINE,
        on_date__isnull=False,
    )
    return [
        Moved(on_date, floating, before or 0, tuple(grounds))
        for on_date, floating, before, grounds in rows.values_list(
            "on_date", "floating_minor", "floating_was_minor", "grounds"
        )
        if on_date is not None
    ]


def _logged(
    limit: Limit,
    step: FloatStep,
    performance: Performance,
    policy_digest: str,
    on: date,
    at: datetime,
) -> int:
    row = LimitChange.objects.create(
        programme_ref=limit.programme_ref,
        scope=limit.scope,
        subject_ref=limit.subject_ref,
        currency=limit.currency,
        base_minor=limit.base_minor,
        floating_minor=step.floating_minor,
        floating_was_minor=limit.floating_minor,
        on_date=on,
        grounds=list(step.grounds),
        figures=asdict(performance),
        reason=" ".join(step.grounds),
        maker_ref=f"{MACHINE}{policy_digest}",
        made_at=at,
        state="approved",
        checked_at=at,
    )
    return row.pk
