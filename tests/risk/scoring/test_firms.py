"""A card over a chain: who is scored, what a report says, when the card must rest."""

from dataclasses import replace

import pytest

from risk.analysis import Analysis, chain_analyse
from risk.policy import DEFAULT_POLICY, ScorePolicy
from risk.report import report_payload
from risk.scoring.card import Card, card_bytes, card_hash
from risk.scoring.firms import drift_state, score_data
from tests.risk.cases import ANCHOR, NEW, SLOW, STEADY, chain_snapshot
from tests.risk.scoring.test_card import CARD


def analysed(least: int = 100, card: Card = CARD) -> Analysis:
    policy = replace(
        DEFAULT_POLICY,
        card=card_bytes(card).decode(),
        scores=ScorePolicy(psi_least_firms=least),
    )
    return chain_analyse(chain_snapshot(), policy=policy)


def test_without_a_card_there_is_no_score() -> None:
    plain = chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)
    assert plain.scores is None
    assert report_payload(plain, party_ref=STEADY)["score"] is None


def test_judged_firms_are_scored_and_an_abstained_one_is_not() -> None:
    analysis = analysed()
    found = {
        ref: report_payload(analysis, party_ref=ref)["score"] for ref in (STEADY, SLOW, NEW, ANCHOR)
    }
    assert found[NEW] is None
    assert found[ANCHOR] is None
    steady = found[STEADY]
    assert steady["card_hash"] == card_hash(CARD)
    assert steady["origin"] == "simulation"
    assert steady["score"] == steady["base_points"] + sum(steady["points"].values())
    assert found[SLOW]["score"] < steady["score"]
    assert found[SLOW]["reasons"][0]["feature"] == "overdue_ppm"
    assert steady["psi"]["state"] == "few"
    assert steady["usable"]


def test_a_chain_unlike_the_training_stops_the_card() -> None:
    scores = analysed(least=1, card=replace(CARD, score_counts=(1, 1, 98))).scores
    assert scores is not None
    assert scores.drift == "stop"
    at = int(scores.judged.nonzero()[0][0])
    block = score_data(scores, at)
    assert block is not None
    assert not block["usable"]


@pytest.mark.parametrize(
    ("psi", "firms", "state"),
    [
        (900_000, 99, "few"),
        (99_999, 100, "ok"),
        (100_000, 100, "warn"),
        (249_999, 100, "warn"),
        (250_000, 100, "stop"),
    ],
)
def test_states_of_drift(psi: int, firms: int, state: str) -> None:
    found = drift_state(psi, firms=firms, warn_ppm=100_000, stop_ppm=250_000, least_firms=100)
    assert found == state
