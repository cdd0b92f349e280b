import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from risk.chain.tracing import Payments, Trace, TraceBounds, cash_trace

Payment = tuple[int, int, int, int]


def trace(*payments: Payment, home: tuple[int, ...] = (0,), days: int = 30, most: int = 3,
          amount: int = 100) -> Trace:  # fmt: skip
    """Firm 0 got 100 on day 0; payments are (day, payer, payee, amount)."""
    ordered = sorted(payments)
    columns = [np.array(column, dtype=np.int64) for column in zip(*ordered, strict=True)]
    marked = np.zeros((most + 1, 10))
    found = cash_trace(
        Payments(*columns),
        start=0,
        day=0,
        amount_minor=amount,
        home=np.isin(np.arange(10), home).astype(np.int64),
        bounds=TraceBounds(days=days, intermediaries=most, pass_ppm=1_100_000, steps=10_000),
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
        marked=np.zeros((4, 1)),
    )
    assert found.returned_minor == 0


firms = st.integers(0, 5)


@given(st.lists(st.tuples(st.integers(0, 9), firms, firms, st.integers(1, 120)), min_size=1,
                max_size=14))  # fmt: skip
def test_marked_cash_as_followed_by_hand(drawn: list[Payment]) -> None:
    payments = sorted(p for p in drawn if p[1] != p[2])
    if not payments:
        return
    held = {0: {0: 100}}
    home = {0, 5}
    back = 0
    for _, payer, payee, amount in payments:
        own = held.get(payer, {})
        total = sum(own.values())
        if total < 1 or amount > total * 1.1 or (payer in home and payer != 0):
            continue
        left = min(amount, total)
        for hands in sorted(own):
            part = min(left, own[hands])
            own[hands] -= part
            left -= part
            if payee in home:
                back += part
            elif hands < 3 and part:
                there = held.setdefault(payee, {})
                there[hands + 1] = there.get(hands + 1, 0) + part
    assert trace(*payments, home=(0, 5)).returned_minor == back
