"""A whole plot: what is asked for happens, the same seed tells the same story."""

from collections import Counter

from scf.simulator.frauds.scene import scene_make
from scf.simulator.frauds.values import FRAUD_KINDS, LOOKALIKE_KINDS
from tests.scf.simulator.frauds.plots import plot_chain, scene


def test_every_kind_happens_as_often_as_asked() -> None:
    kinds = (*FRAUD_KINDS, *LOOKALIKE_KINDS)
    told = scene(**dict.fromkeys(kinds, 1))
    assert Counter(case.kind for case in told.cases) == dict.fromkeys(kinds, 1)
    assert len({case.case_id for case in told.cases}) == len(kinds)
    assert {case.kind for case in told.cases if case.is_fraud} == set(FRAUD_KINDS)


def test_the_same_seed_tells_the_same_story() -> None:
    first, second = (scene(rings=2, cashout=2).labels() for _ in range(2))
    assert [case.row() for case in first] == [case.row() for case in second]


def test_no_fraud_needs_no_firms() -> None:
    told = scene_make(chain=plot_chain(), frauds={}, lookalikes={}, with_background=False)
    assert list(told.extra()) == []
    assert told.labels() == []
    assert list(told.own_firms()) == []


def test_nothing_of_a_case_is_after_the_last_day() -> None:
    last = plot_chain().spec.last_date
    for case in scene(rings=8, subcontract=8, buy_back=8).cases:
        assert case.first_date <= case.last_date <= last
        dates = [line.invoice_date for deal in case.deals for line in deal.invoices]
        assert max(dates) <= last
        assert set(case.documents) == {x.invoice_no for d in case.deals for x in d.invoices}
