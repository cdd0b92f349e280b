"""A month's statement: opening + entries = closing, whatever came after the month."""

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.queries import Entry
from ledger.values import AccountRef, Phase
from scf.settlement.party_statement import AccountMonth, month_bounds, statement_content

MARCH = date(2026, 3, 1)
REF = AccountRef("payable", "CNY", "party:7", "series:1")


def entry(day: date, net: int, number: int = 1) -> Entry:
    return Entry(
        transfer_id=number,
        journal_id=100 + number,
        journal_key="k",
        kind="payout.sent" if net < 0 else "series.closed",
        memo={},
        effective_date=day,
        phase=Phase.POSTED,
        side="debit" if net < 0 else "credit",
        posted=abs(net),
        pending=0,
        net=net,
        account=REF,
        other=REF,
    )


def told(month: date, now: int, *entries: Entry) -> Any:
    return statement_content(
        party={"name": "甲厂", "tax_id": "91"},
        month=month,
        accounts=[AccountMonth("payable", now, entries)],
    )["accounts"]


def test_what_came_after_the_month_is_not_in_it() -> None:
    (account,) = told(MARCH, 30, entry(date(2026, 3, 5), 100), entry(date(2026, 4, 1), -70, 2))
    assert (account["opening_minor"], account["closing_minor"]) == (0, 100)
    assert [line["amount_minor"] for line in account["lines"]] == [100]


def test_a_quiet_account_is_left_out_and_a_standing_one_is_told() -> None:
    assert told(MARCH, 0) == []
    (account,) = told(MARCH, 5)
    assert (account["opening_minor"], account["lines"], account["closing_minor"]) == (5, [], 5)


def test_months_follow_one_another() -> None:
    assert month_bounds(date(2026, 12, 31)) == (date(2026, 12, 1), date(2027, 1, 1))
    assert month_bounds(date(2026, 2, 28)) == (date(2026, 2, 1), date(2026, 3, 1))


@given(
    st.lists(st.tuples(st.integers(0, 89), st.integers(-(10**12), 10**12)), max_size=30),
    st.integers(-(10**12), 10**12),
)
def test_each_month_opens_where_the_one_before_closed(
    moves: list[tuple[int, int]], before: int
) -> None:
    """Written on the same day from the same books, three months join without a gap."""
    entries = [
        entry(date.fromordinal(MARCH.toordinal() + day), net, number)
        for number, (day, net) in enumerate(moves)
    ]
    now = before + sum(net for _day, net in moves)
    bounds = []
    for month in (MARCH, date(2026, 4, 1), date(2026, 5, 1)):
        since = [one for one in entries if one.effective_date >= month]
        found = told(month, now, *since)
        opening = now - sum(one.net for one in since)
        if found:
            (account,) = found
            lines = sum(line["amount_minor"] for line in account["lines"])
            assert account["opening_minor"] + lines == account["closing_minor"]
            bounds.append((account["opening_minor"], account["closing_minor"]))
        else:
            bounds.append((opening, opening))
    assert all(one[1] == following[0] for one, following in pairwise(bounds))
