import threading

import pytest

from risk.chain.together import EDGES_LEAST, all_of


def test_results_stand_under_their_keys_in_the_order_asked() -> None:
    meet = threading.Barrier(2, timeout=10)

    def job(number: int) -> int:
        meet.wait()  # only two at once come past here
        return number * 10

    jobs = {number: (lambda n=number: job(n)) for number in range(4)}
    assert list(all_of(jobs, edges=EDGES_LEAST).items()) == [(0, 0), (1, 10), (2, 20), (3, 30)]


def test_a_small_chain_is_measured_in_this_thread() -> None:
    assert all_of({"a": threading.get_ident}, edges=5) == {"a": threading.get_ident()}


@pytest.mark.parametrize("edges", [0, EDGES_LEAST])
def test_an_error_is_not_lost(edges: int) -> None:
    with pytest.raises(ZeroDivisionError):
        all_of({"a": lambda: 1 // 0, "b": lambda: 2}, edges=edges)
