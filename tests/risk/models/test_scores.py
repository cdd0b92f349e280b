"""What the database itself holds of cards and their drift."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from risk.models import ScoreCard, ScoreMonitor
from tests.risk.runs_made import AT, PROGRAMME, run_started

pytestmark = pytest.mark.django_db


def card(digest: str, **more: object) -> ScoreCard:
    fields = {
        "programme_ref": PROGRAMME,
        "name": "application",
        "origin": "simulation",
        "digest": digest,
        "data": {},
        "reason": "第一张",
        "maker_ref": "user:1",
        "made_at": AT,
        **more,
    }
    return ScoreCard.objects.create(**fields)


def test_one_version_of_a_name_is_in_force() -> None:
    card("a", state="approved", checker_ref="user:2")
    card("b", state="approved", checker_ref="user:2", name="fraud")
    with pytest.raises(IntegrityError, match="score_card_one_in_force"), transaction.atomic():
        card("c", state="approved", checker_ref="user:2")


def test_a_card_is_there_once_until_it_is_declined_or_retired() -> None:
    first = card("a")
    with pytest.raises(IntegrityError, match="score_card_once"), transaction.atomic():
        card("a")
    ScoreCard.objects.filter(pk=first.pk).update(state="declined", checker_ref="user:2")
    assert str(card("a")) == "application a draft"


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"state": "odd", "checker_ref": "user:2"}, "score_card_state_known"),
        ({"state": "approved", "checker_ref": "user:1"}, "score_card_four_eyes"),
        ({"state": "approved"}, "score_card_checked"),
    ],
)
def test_nothing_is_in_force_without_another_person(more: dict[str, str], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        card("a", **more)


def test_drift_is_there_once_a_month() -> None:
    run_id = run_started()

    def drift(month: str, state: str = "ok") -> ScoreMonitor:
        return ScoreMonitor.objects.create(
            programme_ref=PROGRAMME,
            card_name="application",
            card_digest="a",
            run_id=run_id,
            month=month,
            as_of_date=date(2026, 3, 17),
            firms=120,
            state=state,
            score_ppm=10_000,
            made_at=AT,
        )

    assert str(drift("2026-03")) == "2026-03 ok"
    with pytest.raises(IntegrityError, match="score_monitor_once"), transaction.atomic():
        drift("2026-03")
    with pytest.raises(IntegrityError, match="score_monitor_state_known"), transaction.atomic():
        drift("2026-04", "odd")
