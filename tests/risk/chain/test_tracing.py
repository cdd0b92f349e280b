import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from risk.chain.tracing import Payments, Trace, TraceBounds, cash_trace

Payment = tuple[int, int, int, int]


def trace(*payments: Payment, home: tuple[int, ...] = (0,), days: int = 30, most: int = 3,
          amount: int = 100, slack: int = 0) -> Trace:  # fmt: skip
    """Firm 0 got 100 on day 0; payments are (day, payer, payee, amount)."""
    ordered = sorted(payments)
    columns = [np.array(column, dtype=np.int64) for column in zip(*ordered, strict=True)]
    marked = np.zeros(10)
    found = cash_trace(
        Payments(*columns),
        start=0,
        day=0,
        amount_minor=amount,
        home=np.isin(np.arange(10), home).astype(np.int64),
        bounds=TraceBounds(days, most, 1_100_000, 10_000, slack),
        marked=marked,
    )
    assert not marked.any()
    return found


def test_cash_that_goes_through_two_hands_and_comes_back() -> None:
    found = trace((1, 0, 1, 95), (3, 1, 2, 93), (4, 2, 0, 92))
    assert (found.returned_minor, found.intermediaries) == (92, 2)
    assert [leg[0] for leg in found.legs] == [0, 1, 2]


def test_split_and_gathered_again_at_a_related_firm() -> None:
    found = trace((1, 0, 1, 50), (1, 0, 2, 45), (5, 1, 9, 48), (6, 2, 9, 44), home=(0, 9))
    assert (found.returned_minor, found.intermediaries, len(found.legs)) == (92, 1, 4)


def test_paid_straight_to_a_related_firm() -> None:
    found = trace((1, 0, 9, 80), home=(0, 9))
    assert (found.returned_minor, found.intermediaries) == (80, 0)


def test_too_late_too_far_too_early_or_another_sum() -> None:
    assert trace((1, 0, 1, 95), (40, 1, 0, 93)).returned_minor == 0
    assert trace((5, 0, 1, 95), (3, 1, 0, 93)).returned_minor == 0
    assert trace((1, 0, 1, 95), (3, 1, 0, 200)).returned_minor == 0
    far = [(day, firm, (firm + 1) % 6, 90) for day, firm in enumerate(range(6), start=1)]
    assert trace(*far, most=3).returned_minor == 0
    assert trace(*far, most=5).returned_minor == 90


def test_passed_on_a_little_before_all_of_it_had_come() -> None:
    ahead = ((1, 0, 1, 60), (4, 0, 1, 35), (2, 1, 2, 94), (6, 2, 0, 93))
    assert trace(*ahead).returned_minor == 0
    assert trace(*ahead, slack=3).returned_minor == 93


def test_what_did_not_come_home_is_no_leg() -> None:
    found = trace((1, 0, 1, 50), (1, 0, 2, 45), (5, 1, 0, 48))
    assert [leg[0] for leg in found.legs] == [0, 2]


def test_nobody_paid_anything() -> None:
    empty = np.zeros(0, dtype=np.int64)
    found = cash_trace(
        Payments(empty, empty, empty, empty),
        start=0,
        day=0,
        amount_minor=5,
        home=np.ones(1, dtype=np.int64),
        bounds=TraceBounds(30, 3, 1_100_000, 10),
        marked=np.zeros(1),
    )
    assert found.returned_minor == 0


firms = st.integers(0, 5)


@given(st.lists(st.tuples(st.integers(0, 9), firms, firms, st.integers(1, 120)), min_size=1,
                max_size=14))  # fmt: skip
def test_marked_cash_as_followed_by_hand(drawn: list[Payment]) -> None:
    payments = sorted(p for p in drawn if p[1] != p[2])
    if not payments:
        return
    room = [payment[3] for payment in payments]
    arrived, home, back = [(0, 0, 100)], {0, 5}, 0
    for _ in range(4):
        held: dict[int, int] = {}
        onward = []
        for at, (day, payer, payee, amount) in enumerate(payments):
            for _, firm, part in [one for one in arrived if one[0] <= day]:
                held[firm] = held.get(firm, 0) + part
            arrived = [one for one in arrived if one[0] > day]
            part = min(room[at], held.get(payer, 0))
            if part and amount <= held[payer] * 1.1:
                held[payer] -= part
                room[at] -= part
                if payee in home:
                    back += part
                else:
                    onward.append((day, payee, part))
        arrived = onward
    assert trace(*payments, home=(0, 5)).returned_minor == back
