import time

import numpy as np
import pytest

from risk.chain.graph import Layer
from risk.facts import Facts, FlowKind, PartyFact, day_number, flows_from_columns
from risk.mapped.chain import ChainView, view_arrays, view_of
from risk.mapped.ego import CAP, EgoView, ego_view
from risk.policy import DEFAULT_POLICY
from risk.snapshot import snapshot_build
from tests.risk.facts_made import AS_OF

INVOICE = (Layer.INVOICE,)


def chain(edges: list[tuple[str, str, int]], *, anchors: tuple[str, ...] = ()) -> ChainView:
    facts = Facts(
        parties=tuple(PartyFact(ref, ref, roles=("anchor",)) for ref in anchors),
        flows=flows_from_columns(
            {
                "kind": [int(FlowKind.INVOICE)] * len(edges),
                "supplier_ref": [edge[0] for edge in edges],
                "buyer_ref": [edge[1] for edge in edges],
                "amount_minor": [edge[2] for edge in edges],
                "day": [day_number(AS_OF)] * len(edges),
                "document": [f"I-{number}" for number in range(len(edges))],
            }
        ),
    )
    return view_of(view_arrays(snapshot_build(facts, as_of=AS_OF), policy=DEFAULT_POLICY))


def ego(
    view: ChainView, ref: str, *expanded: str, without: bool = False, cap: int = CAP
) -> EgoView:
    places = [view.position(name) for name in (ref, *expanded)]
    known = [place for place in places if place is not None]
    return ego_view(
        view, centre=known[0], layers=INVOICE, expanded=known[1:], without_anchor=without, cap=cap
    )


def refs(found: EgoView) -> set[str | None]:
    return {node.ref for node in found.nodes if node.ref is not None}


HUB = [(f"s{n:02}", "hub", 1_000 - n) for n in range(45)] + [("hub", "b", 7), ("s00", "b", 3)]


def test_the_twenty_largest_and_the_others_as_one() -> None:
    found = ego(chain(HUB), "hub")
    assert refs(found) == {"hub", "b", *(f"s{n:02}" for n in range(20))}
    rest = found.nodes[-1]
    assert (rest.key, rest.ref, rest.count) == ("rest:hub:supplier", None, 25)
    assert rest.total_minor == sum(1_000 - n for n in range(20, 45))
    assert found.totals[0].suppliers == 45
    drawn = sum(edge.amount_minor for edge in found.edges if edge.target == "hub")
    assert (
        drawn == found.totals[0].total_in_minor == sum(amount for _, b, amount in HUB if b == "hub")
    )
    # Neighbours that trade with each other are joined too.
    assert ("s00", "b", 3) in {(e.source, e.target, e.amount_minor) for e in found.edges}


def test_each_time_it_is_named_twenty_more_are_shown() -> None:
    view = chain(HUB)
    assert len(refs(ego(view, "hub", "hub"))) == 2 + 40
    whole = ego(view, "hub", "hub", "hub")
    assert len(refs(whole)) == 2 + 45
    assert all(node.ref for node in whole.nodes)
    assert not whole.is_capped


def test_a_neighbour_is_expanded_and_one_that_is_not_there_is_passed_over() -> None:
    view = chain([("a", "b", 5), ("b", "c", 4), ("c", "d", 3), ("x", "y", 9)])
    found = ego(view, "b", "c", "x")
    assert refs(found) == {"a", "b", "c", "d"}
    assert {node.ref: node.hop for node in found.nodes} == {"b": 0, "a": 1, "c": 1, "d": 2}
    assert next(n for n in found.nodes if n.ref == "d").parent_ref == "c"
    assert next(n for n in ego(view, "b").nodes if n.ref == "c").more == 1


def test_the_anchor_may_be_left_out() -> None:
    view = chain([("s", "anchor", 90), ("s", "d", 10), ("anchor", "d", 5)], anchors=("anchor",))
    assert refs(ego(view, "s")) == {"s", "anchor", "d"}
    without = ego(view, "s", without=True)
    assert refs(without) == {"s", "d"}
    assert without.totals[0].total_out_minor == 10
    assert refs(ego(view, "anchor", without=True)) == {"s", "anchor", "d"}


def test_thirty_thousand_buyers_fit_on_a_page_at_once() -> None:
    view = chain([("hub", f"b{n:05}", 10 + n % 7) for n in range(30_000)] + [("s", "hub", 1)])
    started = time.perf_counter()
    found = ego(view, "hub", *["hub"] * 50)
    assert time.perf_counter() - started < 0.25
    assert len(found.nodes) <= CAP
    assert found.is_capped
    shown = len(refs(found)) - 2
    assert found.nodes[-1].count == 30_000 - shown
    assert "s" in refs(found)
    drawn = sum(edge.amount_minor for edge in found.edges if edge.source == "hub")
    assert drawn == found.totals[0].total_out_minor


@pytest.mark.parametrize("cap", [4, 10, 60])
def test_the_cap_holds_whatever_is_expanded(cap: int) -> None:
    draw = np.random.default_rng(3)
    edges = [
        (f"f{a:03}", f"f{b:03}", 5) for a, b in draw.integers(0, 90, (900, 2)).tolist() if a != b
    ]
    found = ego(chain(edges), "f001", *[f"f{n:03}" for n in range(90)], cap=cap)
    assert len(found.nodes) <= cap
    assert len({node.key for node in found.nodes}) == len(found.nodes)
    keys = {node.key for node in found.nodes}
    assert {edge.source for edge in found.edges} | {edge.target for edge in found.edges} <= keys


def test_a_firm_alone() -> None:
    found = ego(chain([("a", "b", 5)], anchors=("lonely",)), "lonely")
    assert len(found.nodes) == 1
    assert found.edges == ()
    assert found.totals[0].total_in_minor == 0
