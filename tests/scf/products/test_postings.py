"""The legs of each step (BOOKS: trace), as values."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.values import Phase
from scf.products.postings import (
    Books,
    legs_bid,
    legs_close,
    legs_collect,
    legs_confirm,
    legs_credit_note,
    legs_distribute,
    legs_freeze,
    legs_recourse_collect,
    legs_release_claim,
    legs_repurchase_claim,
    legs_void,
    legs_write_off,
    yield_accounts,
    yield_legs,
)

BOOKS = Books(
    currency="CNY",
    claim_id=7,
    supplier_id=1,
    obligor_id=2,
    platform_id=3,
    series_id=5,
    series_number="R-1",
)


def _pairs(legs: Any) -> Any:
    return [(leg.debit.code, leg.credit.code, leg.amount) for leg in legs]


def test_freeze_bid_confirm_and_release() -> None:
    assert _pairs(legs_freeze(books=BOOKS, units=9)) == [("authorised", "issue", 9)]
    (bid,) = legs_bid(books=BOOKS, investor_id=4, amount_minor=100)
    assert (bid.phase, bid.debit.code, bid.credit.code) == (Phase.PENDING, "available", "hold")
    assert _pairs(legs_confirm(books=BOOKS, face_minor=100)) == [("obligor", "entitled", 100)]
    assert _pairs(legs_release_claim(books=BOOKS, face_minor=100)) == [("entitled", "obligor", 100)]
    assert [leg.phase for leg in legs_void(pending_ids=[1, 2])] == [Phase.VOID] * 2


@given(
    units=st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any),
    fee=st.integers(0, 3_000),
)
def test_every_hold_ends_at_zero_and_the_fee_is_whole(units: Any, fee: Any) -> None:
    price = 10_000
    fee = min(fee, sum(units) * price - 1)
    legs = legs_close(
        books=BOOKS,
        allotments=[(100 + i, 10 + i, n) for i, n in enumerate(units)],
        unit_price_minor=price,
        face_minor=10**9,
        fee_minor=fee,
    )
    paid: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for leg in legs:
        if leg.phase is Phase.POSTED and leg.debit.code == "hold":
            paid[leg.credit.code] += leg.amount
            out[leg.debit.owner] += leg.amount
    assert paid["payable"] == sum(units) * price - fee
    assert paid["fee_payable"] == fee
    for index, number in enumerate(units):
        assert out[f"party:{10 + index}"] == number * price
    voids = [leg for leg in legs if leg.phase is Phase.VOID]
    assert len(voids) == units.count(0)


def test_collection_with_small_change_and_after_write_off() -> None:
    legs = legs_collect(books=BOOKS, cash_minor=99, waived_minor=1)
    assert _pairs(legs) == [
        ("unallocated", "collection", 99),
        ("entitled", "obligor", 99),
        ("entitled", "obligor", 1),
    ]
    late = legs_collect(books=BOOKS, cash_minor=5, written_off=True)
    assert late[1].credit.code == "obligor_written_off"
    assert _pairs(legs_recourse_collect(books=BOOKS, cash_minor=5))[1] == (
        "entitled",
        "recourse_debtor",
        5,
    )


def test_distribution_leaves_out_what_is_zero() -> None:
    legs = legs_distribute(
        books=BOOKS,
        holders=[(4, 10), (5, 0)],
        interest_minor=0,
        obligor_benefit_minor=0,
        residual_minor=3,
        redeem=[(4, 2)],
    )
    assert _pairs(legs) == [
        ("collection", "available", 10),
        ("collection", "payable", 3),
        ("held", "redeemed", 2),
    ]


def test_dilution_repurchase_write_off_and_yield() -> None:
    assert _pairs(legs_credit_note(books=BOOKS, amount_minor=5, recourse_minor=2)) == [
        ("entitled", "obligor", 5),
        ("recourse_debtor", "entitled", 2),
    ]
    assert len(legs_repurchase_claim(books=BOOKS, claim_open_minor=5, forged=True)) == 2
    assert _pairs(legs_write_off(books=BOOKS, claim_open_minor=5)) == [
        ("obligor_written_off", "obligor", 5)
    ]
    accounts = yield_accounts(currency="CNY", series_id=5)
    assert _pairs(yield_legs(accounts=accounts, amount_minor=4)) == [("yield_contra", "due", 4)]
    assert _pairs(yield_legs(accounts=accounts, amount_minor=-4)) == [("due", "yield_contra", 4)]
    assert yield_legs(accounts=accounts, amount_minor=0) == []
