"""Who takes part: everybody once, the demo's firms never."""

from scf.simulator.frauds.cast import Cast, later, work_day
from scf.simulator.population import NAMED_CODES
from tests.scf.simulator.frauds.plots import plot_chain


def test_a_firm_plays_in_one_case_only_and_the_named_ones_in_none() -> None:
    cast = Cast(chain=plot_chain())
    taken = [firm for _ in range(200) if (firm := cast.large_supplier())]
    codes = [firm.code for firm in (*taken, *cast.firms(60))]
    assert len(codes) == len(set(codes))
    assert not NAMED_CODES & set(codes)


def test_when_the_chain_runs_out_of_firms_shells_step_in() -> None:
    cast = Cast(chain=plot_chain())
    firms = cast.firms(400)
    assert len(firms) == 400
    assert len({firm.code for firm in firms}) == 400
    assert {firm.code for firm in cast.shells} <= cast.own_books
    assert all(shell.legal_representative and shell.address for shell in cast.shells)


def test_large_suppliers_are_larger_than_the_others() -> None:
    chain = plot_chain()
    cast = Cast(chain=chain)
    first = cast.large_supplier()
    assert first is not None
    smaller = [firm for firm in chain.suppliers if firm.weight < first.weight]
    assert len(smaller) > len(chain.suppliers) * 0.8


def test_sharing_changes_what_the_parties_file_tells() -> None:
    cast = Cast(chain=plot_chain())
    first, second = cast.firms(2)
    cast.share([first, second], field="phone")
    assert cast.known(second).phone == first.phone
    assert cast.known(second).address == second.address


def test_days_are_working_days() -> None:
    cast = Cast(chain=plot_chain())
    for ago in range(30, 60):
        day = cast.day(first=ago, last=ago)
        assert day == work_day(day)
        assert later(day, 1) > day
