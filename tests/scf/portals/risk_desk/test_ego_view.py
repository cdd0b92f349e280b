"""The server's answer, with columns and the first look folded."""

from datetime import date

from risk.mapped.ego import EgoEdge, EgoNode, LayerTotals
from risk.queries.chain import EgoView
from scf.portals.risk_desk.ego_view import folded, neighbourhood

ME = "party:1"


def node(key: str, side: str, total: int, *, parent: str = ME, hop: int = 1) -> EgoNode:
    ref = None if key.startswith("rest") else key
    count = 30 if ref is None else 1
    return EgoNode(
        key=key,
        ref=ref,
        name=f"企业 {key}",
        role="supplier" if side == "supplier" else "distributor",
        side=side,
        hop=hop,
        rank=0,
        count=count,
        parent_ref="" if side == "centre" else parent,
        total_minor=total,
        sold_minor=total * 2,
        bought_minor=total,
        more=0,
        is_anchor=False,
    )


def view() -> EgoView:
    """Twelve suppliers and the others, two buyers, and who else one supplier sells to."""
    suppliers = [node(f"party:{10 + n}", "supplier", 1_000 - n) for n in range(12)]
    buyers = [node(f"party:{30 + n}", "buyer", 50) for n in range(2)]
    rest = node(f"rest:{ME}:supplier", "supplier", 4_000)
    rival = node("party:40", "buyer", 7, parent="party:21", hop=2)
    edges = [
        *(EgoEdge(one.key, ME, "invoice", one.total_minor, 3, False) for one in suppliers),
        *(EgoEdge(ME, one.key, "invoice", one.total_minor, 1, True) for one in buyers),
        EgoEdge(rest.key, ME, "invoice", 4_000, 0, True),
        EgoEdge("party:21", rival.key, "invoice", 7, 1, False),
    ]
    return EgoView(
        party_ref=ME,
        party_name="北屿线束",
        party_role="supplier",
        as_of=date(2026, 3, 18),
        run_id=1,
        snapshot_hash="a" * 64,
        window_days=365,
        layers=("invoice",),
        without_anchor=False,
        nodes=(node(ME, "centre", 0, hop=0), *suppliers, *buyers, rest, rival),
        edges=tuple(edges),
        totals=(LayerTotals("invoice", 42, 2, 15_934, 100),),
        is_capped=False,
        edges_left=0,
    )


def test_columns_follow_the_flow() -> None:
    columns = {one.key: one.column for one in neighbourhood(view(), rings={}).nodes}
    assert (columns[ME], columns["party:10"], columns["party:30"]) == (0, -1, 1)
    # Who also buys of a supplier stands where the firm stands.
    assert columns["party:40"] == 0


def test_what_is_not_opened_shows_eight_and_the_others() -> None:
    what = folded(neighbourhood(view(), rings={}), opened=False)
    suppliers = [one for one in what.nodes if one.side == "supplier" and one.ref]
    (rest,) = (one for one in what.nodes if not one.ref)
    # The ninth to the eleventh are folded; the twelfth has a partner of its own on the page.
    assert len(suppliers) == 9
    assert suppliers[-1].key == "party:21"
    assert rest.count == 30 + 3
    folded_away = sum(1_000 - n for n in range(8, 11))
    assert rest.totals == {"invoice": 4_000 + folded_away}
    assert {one.source for one in what.edges} | {one.target for one in what.edges} <= {
        one.key for one in what.nodes
    }


def test_sums_are_the_same_folded_or_not() -> None:
    whole = neighbourhood(view(), rings={})
    for what in (whole, folded(whole, opened=False), folded(whole, opened=True)):
        assert sum(one.amount_minor for one in what.edges if one.target == ME) == 15_934


def test_only_an_edge_with_rows_is_called_disputed() -> None:
    edges = {one.key: one for one in neighbourhood(view(), rings={}).edges}
    assert edges[f"{ME}>party:30>invoice"].is_disputed
    assert not edges[f"rest:{ME}:supplier>{ME}>invoice"].is_disputed


def test_a_ring_of_trade_is_told_on_its_edges() -> None:
    ring = {("party:10", ME): "3 天内回流 41 万"}
    edges = {one.key: one for one in neighbourhood(view(), rings=ring).edges}
    assert edges[f"party:10>{ME}>invoice"].ring == "3 天内回流 41 万"
    assert edges[f"party:11>{ME}>invoice"].ring == ""
