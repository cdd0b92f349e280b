"""Rings close, honest loops differ from them by what makes them honest."""

from itertools import pairwise

from tests.scf.simulator.frauds.plots import only, ordered, scene


def test_rings_have_three_to_six_firms_and_every_leg_closes() -> None:
    rings = scene(rings=12).cases
    assert {len(case.parties) for case in rings} >= {3, 4, 5, 6}
    for case in rings:
        legs = {(d.orders[0].company_code, d.orders[0].partner_code) for d in ordered(case)}
        around = zip(case.parties, (*case.parties[1:], case.parties[0]), strict=True)
        assert legs <= set(around)
        assert case.is_fraud
        assert case.documents


def test_rings_are_of_many_kinds() -> None:
    rings = scene(rings=20).cases
    pieces = [max(len(deal.invoices) for deal in ordered(case)) for case in rings]
    assert min(pieces) < 3 < max(pieces)
    assert {any(d.despatches for d in case.deals) for case in rings} == {True, False}
    assert len({"shared=-" in case.note for case in rings}) == 2


def test_a_buy_back_is_registered_on_one_leg() -> None:
    for kind in ("buy_back", "consignment"):
        case = only(**{kind: 1})
        back = {d.orders[0].company_code for d in case.deals if d.orders[0].line_type == kind}
        assert back == {case.parties[-1]}
        assert not case.is_fraud
        assert all(deal.receipts for deal in ordered(case) if deal.invoices)


def test_subcontracting_adds_value_in_the_order_of_time() -> None:
    case = only(subcontract=1)
    worth: dict[str, list[int]] = {}
    for deal in ordered(case):
        worth.setdefault(deal.orders[0].company_code, []).append(
            sum(line.net_minor for line in deal.invoices)
        )
    first_round = [worth[code][0] for code in case.parties if worth.get(code)]
    assert all(later > earlier for earlier, later in pairwise(first_round) if later)
