import numpy as np

from risk.facts import FlowFact, FlowKind
from risk.signals.backing import carrier_expected, goods_moved, moved_ppm
from tests.risk.facts_made import flow, snapshot_of


def order(
    key: int, *, sent: bool = True, delivered: bool = True, received: bool = True, seller: str = "s"
) -> list[FlowFact]:
    rows = [flow(FlowKind.INVOICE, seller, "b", 100, days_ago=50, order=key)]
    if sent:
        after = 2 if delivered else None
        rows.append(
            flow(FlowKind.DESPATCH, seller, "b", 100, days_ago=60, order=key, paid_after=after)
        )
    if received:
        rows.append(flow(FlowKind.RECEIPT, seller, "b", 100, days_ago=58, order=key))
    return rows


def backed(*flows: FlowFact) -> dict[int, int]:
    snapshot = snapshot_of(*flows)
    rows = np.flatnonzero(snapshot.flows.kind == FlowKind.INVOICE)
    share = moved_ppm(snapshot.flows, rows, last_day=snapshot.day)
    return dict(zip(snapshot.flows.order_key[rows].tolist(), share.tolist(), strict=True))


def test_goods_of_the_order_stand_behind_its_invoice() -> None:
    usual = [row for key in range(1, 9) for row in order(key)]
    paper = order(20, delivered=False)
    found = backed(*usual, *paper, *order(21, sent=False), *order(22, sent=False, received=False))
    assert found[1] == 1_000_000
    assert (found[20], found[21], found[22]) == (0, 0, 0)


def test_a_supplier_that_always_delivers_itself_needs_no_carrier() -> None:
    usual = [row for key in range(1, 40) for row in order(key)]
    own = [row for key in range(50, 56) for row in order(key, sent=False, seller="van")]
    assert backed(*usual, *own)[50] == 1_000_000


def test_without_order_numbers_the_pair_and_the_item_join() -> None:
    rows = [
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=9, item="copper"),
        flow(FlowKind.INVOICE, "s", "b", 100, days_ago=9, item="zinc"),
        flow(FlowKind.RECEIPT, "s", "b", 40, days_ago=9, item="copper"),
    ]
    snapshot = snapshot_of(*rows)
    at = np.flatnonzero(snapshot.flows.kind == FlowKind.INVOICE)
    items = [snapshot.flows.items[i] for i in snapshot.flows.item[at]]
    share = moved_ppm(snapshot.flows, at, last_day=snapshot.day)
    assert dict(zip(items, share.tolist(), strict=True)) == {"copper": 400_000, "zinc": 0}


def test_nothing_moved_nothing_expected() -> None:
    snapshot = snapshot_of()
    goods = goods_moved(snapshot.flows, last_day=snapshot.day)
    assert len(goods.key) == len(carrier_expected(goods, size=0)) == 0
    assert moved_ppm(snapshot.flows, np.zeros(0, dtype=np.int64), last_day=snapshot.day).size == 0
