import pytest

from risk.collection.hazard import BANDS, BASE, hazards_of
from risk.collection.values import CollectionPolicy
from risk.facts import MISSING, FlowFact, FlowKind
from risk.snapshot import Snapshot
from tests.risk.facts_made import flow, snapshot_of

POLICY = CollectionPolicy(prior_days=10, pool_days=20)


def bill(key: int, *, due_ago: int, late: int | None, buyer: str = "b") -> list[FlowFact]:
    rows = [
        flow(FlowKind.INVOICE, "s", buyer, 1_000, days_ago=due_ago + 30, due_in=30, invoice=key)
    ]
    if late is not None:
        rows.append(flow(FlowKind.PAYMENT, "s", buyer, 1_000, days_ago=due_ago - late, invoice=key))
    return rows


def chain(*bills: list[FlowFact]) -> Snapshot:
    return snapshot_of(*(row for one in bills for row in one))


def test_days_at_risk_and_payments_by_band() -> None:
    """10 days late: 7 days in the first band, 3 in the second, paid there. Still open after 20:
    7, 8 and 5 days, and no payment. In time: no day at risk."""
    snapshot = chain(
        bill(1, due_ago=100, late=10), bill(2, due_ago=20, late=None), bill(3, due_ago=50, late=-5)
    )
    history = hazards_of(snapshot, debtors=["b"], policy=POLICY).histories["b"]
    assert history.days == (14, 11, 5, 0, 0, 0, 0)
    assert history.paid == (0, 1, 0, 0, 0, 0, 0)
    assert (history.bills, history.late, history.usual_minor) == (3, 1, 1_000)
    assert history.last_paid_day == snapshot.day - 55


def test_a_debtor_leans_on_the_pool_and_the_pool_on_the_base() -> None:
    snapshot = chain(bill(1, due_ago=100, late=10))
    hazards = hazards_of(snapshot, debtors=["b"], policy=POLICY)
    pool = (BASE[1] * 20 + 1) / (3 + 20)
    assert hazards.pool[1] == pytest.approx(pool)
    assert hazards.of("b")[1] == pytest.approx((pool * 10 + 1) / (3 + 10))
    assert hazards.of("nobody") == hazards.pool


def test_without_a_snapshot_the_base_stands() -> None:
    hazards = hazards_of(None, debtors=["b"], policy=POLICY)
    assert hazards.of("b") == BASE
    assert len(BASE) == len(BANDS)


def test_a_firm_that_only_sells_has_paid_nothing() -> None:
    history = hazards_of(chain(bill(1, due_ago=9, late=1)), debtors=["s"], policy=POLICY)
    assert history.histories["s"].bills == 0
    assert history.histories["s"].last_paid_day == MISSING
