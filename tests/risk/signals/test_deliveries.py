import numpy as np
import pytest

from risk.facts import FlowFact, FlowKind
from risk.policy import SignalPolicy
from risk.signals.deliveries import fill_ppm, lead_days, returns_multiple_ppm
from risk.signals.windows import windows_of
from risk.snapshot import Snapshot
from tests.risk.facts_made import flow, snapshot_of

POLICY = SignalPolicy()


def order(key: int, qty: int, days_ago: int, due_in: int | None = 20) -> FlowFact:
    return flow(
        FlowKind.ORDER, "s", "b", qty * 10, qty=qty, days_ago=days_ago, due_in=due_in, order=key
    )


def came(key: int, qty: int, days_ago: int, kind: FlowKind = FlowKind.RECEIPT) -> FlowFact:
    return flow(kind, "s", "b", qty * 10, qty=qty, days_ago=days_ago, order=key)


def fill(snapshot: Snapshot, side: str = "s") -> float:
    sells = np.array([party.ref == "s" for party in snapshot.parties])
    return float(fill_ppm(snapshot, sells=sells, policy=POLICY)[snapshot.position(side)])


def test_fill_rate_is_weighted_by_amount_and_capped_at_the_order() -> None:
    snapshot = snapshot_of(order(1, 100, 60), came(1, 150, 40), order(2, 300, 60), came(2, 150, 40))
    assert fill(snapshot) == 625_000
    assert fill(snapshot, "b") == 625_000  # the buyer sees the same from its side


def test_what_is_due_too_lately_is_not_judged() -> None:
    assert np.isnan(fill(snapshot_of(order(1, 100, 25, due_in=20))))
    assert fill(snapshot_of(order(1, 100, 60, due_in=None))) == 0


def test_despatches_count_where_no_receipt_is_seen() -> None:
    assert fill(snapshot_of(order(1, 10, 60), came(1, 10, 50, FlowKind.DESPATCH))) == 1_000_000


def test_lead_time_from_order_to_first_delivery() -> None:
    snapshot = snapshot_of(
        order(1, 100, 60), came(1, 50, 50), came(1, 50, 20), order(2, 300, 60), came(2, 300, 30)
    )
    days = lead_days(snapshot, sells=np.array([False, True]))
    assert days.tolist() == pytest.approx([25, 25])


def test_returns_doubled() -> None:
    snapshot = snapshot_of(
        came(1, 100, 30),
        came(1, 8, 20, FlowKind.RETURN),
        came(2, 100, 120),
        came(2, 4, 110, FlowKind.RETURN),
    )
    multiple = returns_multiple_ppm(
        snapshot.flows,
        sells=np.array([False, True]),
        windows=windows_of(snapshot, policy=POLICY),
        policy=POLICY,
    )
    assert multiple.tolist() == [2_000_000, 2_000_000]


def test_a_first_small_return_is_no_doubling() -> None:
    snapshot = snapshot_of(came(1, 1000, 30), came(1, 15, 20, FlowKind.RETURN), came(2, 1000, 120))
    multiple = returns_multiple_ppm(
        snapshot.flows,
        sells=np.array([False, True]),
        windows=windows_of(snapshot, policy=POLICY),
        policy=POLICY,
    )
    assert multiple[1] == 1_500_000
