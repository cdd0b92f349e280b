"""Scorecards come in as drafts, and another person puts them into force; drift is written down
once a month."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ledger.errors import DomainError
from risk.lifecycle import CARD, step_check
from risk.models import Report, RiskRun, ScoreCard, ScoreMonitor
from risk.scoring.card import card_data, card_hash, card_load


@transaction.atomic
def card_take(
    *, programme_ref: str, data: Mapping[str, Any], by: str, reason: str, at: datetime
) -> int:
    """Keep a trained card as a draft; returns its id.

    Raises `risk.card_invalid`, `risk.reason_missing`, `risk.card_known` when the same card is
    a draft or in force already.
    """
    card = card_load(data)
    if not reason.strip():
        raise DomainError("risk.reason_missing")
    try:
        with transaction.atomic():
            row = ScoreCard.objects.create(
                programme_ref=programme_ref,
                name=card.name,
                origin=str(card.facts["origin"]),
                digest=card_hash(card),
                data=card_data(card),
                reason=reason.strip(),
                maker_ref=by,
                made_at=at,
            )
    except IntegrityError:
        raise DomainError("risk.card_known", card=card_hash(card)[:8]) from None
    return row.pk


@transaction.atomic
def card_approve(*, card_id: int, by: str, at: datetime) -> None:
    """Put a draft into force; the version before it retires. The next run scores by it.

    Raises `risk.card_unknown`, `risk.four_eyes`, `risk.step_refused`.
    """
    card = _decide(card_id=card_id, by=by, to="approved", answer="", at=at)
    before = ScoreCard.objects.select_for_update().filter(
        programme_ref=card.programme_ref, name=card.name, state="approved"
    )
    for old in before.exclude(pk=card.pk):
        old.state, old.retired_at = step_check(CARD, current=old.state, to="retired"), at
        old.save(update_fields=["state", "retired_at"])
    card.save(update_fields=["state", "checker_ref", "checked_at", "answer"])


@transaction.atomic
def card_decline(*, card_id: int, by: str, reason: str, at: datetime) -> None:
    """A draft is not used. Raises as `card_approve`, and `risk.reason_missing`."""
    if not reason.strip():
        raise DomainError("risk.reason_missing")
    card = _decide(card_id=card_id, by=by, to="declined", answer=reason.strip(), at=at)
    card.save(update_fields=["state", "checker_ref", "checked_at", "answer"])


@transaction.atomic
def drift_record(*, run_id: int, at: datetime) -> int | None:
    """Write down how far a finished run's chain is from its card's training rows.

    Once a month and card; returns the row's id, None when it was done or nobody was scored.
    Raises `risk.run_unknown`.
    """
    run = RiskRun.objects.select_related("snapshot").filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    scored = Report.objects.filter(run_id=run_id, score__isnull=False).order_by("pk").first()
    if scored is None:
        return None
    block = json.loads(bytes(scored.payload))["score"]
    row, made = ScoreMonitor.objects.get_or_create(
        programme_ref=run.programme_ref,
        card_digest=block["card_hash"],
        month=f"{run.snapshot.as_of_date:%Y-%m}",
        defaults={
            "card_name": block["card"],
            "run_id": run_id,
            "as_of_date": run.snapshot.as_of_date,
            "firms": block["psi"]["firms"],
            "state": block["psi"]["state"],
            "score_ppm": block["psi"]["score_ppm"],
            "features": block["psi"]["features"],
            "made_at": at,
        },
    )
    return row.pk if made else None


def _decide(*, card_id: int, by: str, to: str, answer: str, at: datetime) -> ScoreCard:
    card = ScoreCard.objects.select_for_update().filter(pk=card_id).first()
    if card is None:
        raise DomainError("risk.card_unknown", card=card_id)
    card.state = step_check(CARD, current=card.state, to=to)
    if card.maker_ref == by:
        raise DomainError("risk.four_eyes", by=by)
    card.checker_ref, card.checked_at, card.answer = by, at, answer
    return card
