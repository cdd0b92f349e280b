"""What a card may use of an analysis; nothing of a request, nothing of tomorrow."""

import numpy as np

from risk.analysis import chain_analyse
from risk.facts import RequestFact
from risk.policy import DEFAULT_POLICY
from risk.scoring.features import FEATURES, firm_columns
from risk.scoring.values import NOTHING
from tests.risk.cases import NEW, SLOW, STEADY, chain_snapshot


def test_every_feature_has_a_figure_or_nothing() -> None:
    analysis = chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)
    columns = firm_columns(analysis.signals, analysis.positions.columns)
    assert list(columns) == [spec.code for spec in FEATURES]
    at = {ref: analysis.snapshot.position(ref) for ref in (STEADY, SLOW, NEW)}
    assert columns["overdue_ppm"][at[SLOW]] > columns["overdue_ppm"][at[STEADY]]
    assert columns["anchor_share"][at[STEADY]] == 1_000_000
    assert columns["orders_growth_ppm"][at[NEW]] == NOTHING


def test_a_request_changes_no_feature() -> None:
    asking = RequestFact(STEADY, 10**12, "receivable")
    one, two = (
        chain_analyse(chain_snapshot(*requests), policy=DEFAULT_POLICY)
        for requests in ((), (asking,))
    )
    first = firm_columns(one.signals, one.positions.columns)
    second = firm_columns(two.signals, two.positions.columns)
    assert all(np.array_equal(first[code], second[code]) for code in first)
