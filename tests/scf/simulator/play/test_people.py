from __future__ import annotations

from datetime import date

from stdnum.cn import uscc

from scf.network.values import InvestorClass, Role, Seat
from scf.simulator.play.people import (
    LOGINS,
    SINGLE_LOGINS,
    anchor_input,
    escrow_input,
    investor_inputs,
    kyb_expiry,
    platform_input,
)


def test_there_is_a_login_for_every_desk_and_a_second_pair_of_eyes_where_one_is_wanted() -> None:
    desks = {login.role for login in LOGINS}
    assert desks == set(Role) - {Role.DISTRIBUTOR}
    for role in (Role.SUPPLIER, Role.ANCHOR, Role.RISK, Role.OPERATIONS):
        seats = {login.seat for login in LOGINS if login.role is role}
        assert Seat.MAKER in seats
        assert seats & {Seat.CHECKER, Seat.SIGNER}


def test_nobody_shares_a_login() -> None:
    names = [login.username for login in LOGINS + SINGLE_LOGINS]
    assert len(names) == len(set(names))


def test_invented_institutions_have_valid_codes_and_accounts_of_their_own() -> None:
    firms = [platform_input(), *investor_inputs().values()]
    codes = {firm.party.tax_id for firm in firms} | {anchor_input().tax_id}
    assert len(codes) == 5
    assert all(uscc.is_valid(code) for code in codes)
    accounts = {firm.account.number for firm in firms if firm.account} | {escrow_input().number}
    assert len(accounts) == 5
    assert escrow_input().number.endswith("0926")


def test_investors_are_qualified_institutions() -> None:
    classes = {firm.investor_class for firm in investor_inputs().values()}
    assert classes == {InvestorClass.QUALIFIED_INSTITUTION}


def test_licences_hold_for_two_years() -> None:
    assert kyb_expiry(business_date=date(2026, 3, 18)) == date(2028, 3, 18)
