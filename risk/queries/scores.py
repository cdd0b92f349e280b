"""Scorecards in their versions, their drift by month, and the policy a run is to go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ledger.errors import DomainError
from risk.canonical import canonical_bytes
from risk.models import Report, RiskRun, ScoreCard, ScoreMonitor
from risk.policy import DEFAULT_POLICY, Policy


@dataclass(frozen=True, slots=True)
class CardRow:
    """One version of a card. States: draft, approved, declined, retired."""

    id: int
    name: str
    origin: str
    digest: str
    state: str
    reason: str
    maker_ref: str
    made_at: datetime
    checker_ref: str
    checked_at: datetime | None
    answer: str
    retired_at: datetime | None
    features: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DriftRow:
    """Drift of a month: PSI in ppm of the score and of each feature; state few, ok, warn, stop."""

    card_name: str
    card_digest: str
    run_id: int
    month: str
    as_of: date
    firms: int
    state: str
    score_ppm: int
    features: Mapping[str, int]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FirmScore:
    """A firm's latest score and the one before it; `usable` is false where the card drifted."""

    score: int | None
    before: int | None
    usable: bool
    verdict: str
    reconciled_ppm: int | None
    report_id: int
    as_of: date


def policy_in_force(*, programme_ref: str, base: Policy = DEFAULT_POLICY) -> Policy:
    """The policy with the application card in force, if there is one."""
    card = ScoreCard.objects.filter(
        programme_ref=programme_ref, name="application", state="approved"
    )
    data = card.values_list("data", flat=True).first()
    return base if data is None else replace(base, card=canonical_bytes(data).decode())


def run_programme_ref(*, run_id: int) -> str:
    """Whose run it is. Raises `risk.run_unknown`."""
    found = RiskRun.objects.filter(pk=run_id).values_list("programme_ref", flat=True).first()
    if found is None:
        raise DomainError("risk.run_unknown", run=run_id)
    return found


def cards_list(*, programme_ref: str) -> tuple[CardRow, ...]:
    """Every version, the latest first."""
    rows = ScoreCard.objects.filter(programme_ref=programme_ref).order_by("-pk")
    return tuple(_row(row) for row in rows)


def card_get(*, programme_ref: str, card_id: int) -> tuple[CardRow, dict[str, Any]]:
    """A version and its data. Raises `risk.card_unknown`."""
    row = ScoreCard.objects.filter(programme_ref=programme_ref, pk=card_id).first()
    if row is None:
        raise DomainError("risk.card_unknown", card=card_id)
    return _row(row), row.data


def card_by_hash(*, programme_ref: str, digest: str) -> CardRow | None:
    """The version a report names."""
    rows = ScoreCard.objects.filter(programme_ref=programme_ref, digest=digest)
    row = rows.order_by("-pk").first()
    return None if row is None else _row(row)


def drift_list(*, programme_ref: str, digest: str | None = None) -> tuple[DriftRow, ...]:
    """Drift by month, the latest first."""
    rows = ScoreMonitor.objects.filter(programme_ref=programme_ref)
    if digest is not None:
        rows = rows.filter(card_digest=digest)
    return tuple(
        DriftRow(
            card_name=row.card_name,
            card_digest=row.card_digest,
            run_id=row.run_id,
            month=row.month,
            as_of=row.as_of_date,
            firms=row.firms,
            state=row.state,
            score_ppm=row.score_ppm,
            features=row.features,
            made_at=row.made_at,
        )
        for row in rows.order_by("-as_of_date", "-pk")
    )


def firm_scores(*, programme_ref: str) -> dict[str, FirmScore]:
    """Every firm's latest figures with the score of the report before, in one query."""
    rows = Report.objects.filter(programme_ref=programme_ref, run_id__isnull=False)
    names = (
        "party_ref",
        "score",
        "score_usable",
        "verdict",
        "reconciled_ppm",
        "pk",
        "as_of_date",
    )
    found: dict[str, FirmScore] = {}
    for ref, score, usable, verdict, reconciled, pk, as_of in (
        rows.order_by("party_ref", "-as_of_date", "-pk").values_list(*names).iterator()
    ):
        known = found.get(ref)
        if known is None:
            found[ref] = FirmScore(score, None, usable, verdict, reconciled, pk, as_of)
        elif known.before is None and usable and score is not None and as_of < known.as_of:
            found[ref] = replace(known, before=score)
    return found


def _row(row: ScoreCard) -> CardRow:
    return CardRow(
        id=row.pk,
        name=row.name,
        origin=row.origin,
        digest=row.digest,
        state=row.state,
        reason=row.reason,
        maker_ref=row.maker_ref,
        made_at=row.made_at,
        checker_ref=row.checker_ref,
        checked_at=row.checked_at,
        answer=row.answer,
        retired_at=row.retired_at,
        features=len(row.data["features"]),
        facts=row.data["facts"],
    )
