"""Cards, drift and firms' scores as pages and journeys read them."""

import pytest

from risk.operations.scores import drift_record
from risk.policy import DEFAULT_POLICY
from risk.queries.scores import (
    card_by_hash,
    card_get,
    cards_list,
    drift_list,
    firm_scores,
    policy_in_force,
    run_programme_ref,
)
from risk.scoring.card import card_bytes, card_hash
from tests.risk.cases import NEW, STEADY
from tests.risk.operations.test_limits import refused
from tests.risk.operations.test_scores import OTHER, in_force, scored_run, taken
from tests.risk.runs_made import AT, PROGRAMME
from tests.risk.scoring.test_card import CARD

pytestmark = pytest.mark.django_db


def test_a_policy_carries_the_card_in_force() -> None:
    assert policy_in_force(programme_ref=PROGRAMME) == DEFAULT_POLICY
    taken()
    assert policy_in_force(programme_ref=PROGRAMME) == DEFAULT_POLICY
    in_force(OTHER)
    assert policy_in_force(programme_ref=PROGRAMME).card == card_bytes(OTHER).decode()
    assert policy_in_force(programme_ref="programme:2") == DEFAULT_POLICY


def test_versions_are_listed_the_latest_first_and_found_by_hash() -> None:
    first, second = in_force(), taken(OTHER)
    assert [row.id for row in cards_list(programme_ref=PROGRAMME)] == [second, first]
    found = card_by_hash(programme_ref=PROGRAMME, digest=card_hash(CARD))
    assert found is not None
    assert found.id == first
    assert card_by_hash(programme_ref=PROGRAMME, digest="0" * 64) is None
    row, data = card_get(programme_ref=PROGRAMME, card_id=first)
    assert (row.features, data["name"]) == (2, "application")
    with refused("risk.card_unknown"):
        card_get(programme_ref="programme:2", card_id=first)


def test_firms_have_their_latest_score_and_the_one_before() -> None:
    in_force()
    run_id = scored_run()
    scores = firm_scores(programme_ref=PROGRAMME)
    assert scores[STEADY].score is not None
    assert scores[STEADY].before is None
    assert scores[STEADY].usable
    assert (scores[NEW].score, scores[NEW].usable, scores[NEW].verdict) == (None, False, "ABSTAIN")
    assert run_programme_ref(run_id=run_id) == PROGRAMME
    with refused("risk.run_unknown"):
        run_programme_ref(run_id=run_id + 99)


def test_drift_is_read_by_card() -> None:
    in_force()
    drift_record(run_id=scored_run(), at=AT)
    assert [row.month for row in drift_list(programme_ref=PROGRAMME)] == ["2026-03"]
    assert drift_list(programme_ref=PROGRAMME, digest=card_hash(OTHER)) == ()
