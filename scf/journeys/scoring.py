"""Scorecards: taken in by one person of the risk desk, put into force by another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from risk.operations.scores import card_approve, card_decline, card_take, drift_record
from risk.queries.scores import card_get
from scf.access.policy import Subject, require
from scf.network.values import Actor, programme_ref, ref_id

# Trained on simulated chains: a place to start from, until an institution has its own record.
SHIPPED: Final = Path(__file__).resolve().parents[2] / "risk" / "scoring" / "cards"


@lru_cache(maxsize=1)
def shipped_card() -> Mapping[str, Any]:
    """The application card that comes with the product."""
    found: Mapping[str, Any] = json.loads((SHIPPED / "application.json").read_text())
    return found


@transaction.atomic(durable=True)
def scorecard_take(*, actor: Actor, data: Mapping[str, Any], reason: str, at: datetime) -> int:
    """Keep a trained card as a draft; returns its id.

    Raises ``access.denied``, ``risk.card_invalid``, ``risk.card_known``, ``risk.reason_missing``.
    """
    require(actor, "card.propose")
    return card_take(
        programme_ref=programme_ref(actor.programme_id),
        data=data,
        by=actor.ref,
        reason=reason,
        at=at,
    )


@transaction.atomic(durable=True)
def scorecard_approve(*, actor: Actor, card_id: int, at: datetime) -> None:
    """The second person puts a draft into force. Raises ``access.own_work``."""
    require(actor, "card.approve", _made(actor, card_id))
    card_approve(card_id=card_id, by=actor.ref, at=at)


@transaction.atomic(durable=True)
def scorecard_decline(*, actor: Actor, card_id: int, reason: str, at: datetime) -> None:
    """The second person sends a draft back. Raises ``risk.reason_missing``."""
    require(actor, "card.approve", _made(actor, card_id))
    card_decline(card_id=card_id, by=actor.ref, reason=reason, at=at)


def drift_write_within(*, run_id: int, at: datetime) -> int | None:
    """After a run: its drift, once a month; in the caller's transaction."""
    return drift_record(run_id=run_id, at=at)


def _made(actor: Actor, card_id: int) -> Subject:
    row, _ = card_get(programme_ref=programme_ref(actor.programme_id), card_id=card_id)
    maker = ref_id(row.maker_ref) if row.maker_ref.startswith("user:") else None
    return Subject(actor.programme_id, made_by=maker)
