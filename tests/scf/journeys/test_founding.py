from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger.rates import DayCount
from scf.financing.terms import AllocationRule, Terms
from scf.journeys.founding import (
    AccountInput,
    FirmInput,
    firms_onboard,
    programme_found,
    seat_give,
    terms_adopt,
)
from scf.network.operations import PartyInput
from scf.network.queries import (
    ProgrammeFacts,
    bank_account_get,
    bank_account_primary,
    parties_of_kind,
    party_get,
)
from scf.network.values import InvestorClass, PartyKind, Role, Seat
from scf.products.queries import template_current

AT = datetime(2026, 3, 18, 1, tzinfo=UTC)
TODAY = date(2026, 3, 18)
TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
    day_count=DayCount.ACT_365F,
)
pytestmark = pytest.mark.django_db


def _found(code: str = "p1") -> ProgrammeFacts:
    return programme_found(
        code=code,
        name="项目",
        anchor=PartyInput(tax_id="ANCHOR", name="集团"),
        platform=FirmInput(
            party=PartyInput(tax_id="PLATFORM", name="平台"),
            account=AccountInput("平台", "银行", "6001"),
        ),
        escrow=AccountInput("托管户", "托管银行", "6002"),
        terms=TERMS,
        business_date=TODAY,
        at=AT,
    )


def test_a_programme_stands_with_its_anchor_platform_escrow_and_terms() -> None:
    programme = _found()
    assert bank_account_get(account_id=programme.escrow_account_id).number == "6002"
    assert bank_account_primary(party_id=programme.platform_id).number == "6001"
    anchors = parties_of_kind(programme_id=programme.id, kind=PartyKind.ANCHOR)
    assert [party.id for party in anchors] == [programme.anchor_id]
    assert template_current(programme_id=programme.id, kind="receivable") == TERMS


def test_founding_twice_is_one_programme() -> None:
    programme = _found()
    adopted = replace(TERMS, rate_ppm=60_000)
    terms_adopt(programme_id=programme.id, terms=adopted, at=AT)
    assert _found() == programme
    assert template_current(programme_id=programme.id, kind="receivable") == adopted


def test_new_terms_hold_from_now_on() -> None:
    programme = _found()
    adopted = replace(TERMS, allocation=AllocationRule.PRO_RATA)
    assert terms_adopt(programme_id=programme.id, terms=adopted, at=AT) > 1
    current = template_current(programme_id=programme.id, kind="receivable")
    assert current.allocation is AllocationRule.PRO_RATA


def test_onboarded_firms_are_in_good_standing_and_can_be_paid() -> None:
    programme = _found()
    ids = firms_onboard(
        programme_id=programme.id,
        firms=[
            FirmInput(
                party=PartyInput(tax_id="INV", name="投资人", kinds=(PartyKind.INVESTOR,)),
                account=AccountInput("投资人", "银行", "6003"),
                investor_class=InvestorClass.QUALIFIED_INSTITUTION,
            )
        ],
        kyb_expiry_date=date(2028, 1, 1),
    )
    investor = party_get(party_id=ids["INV"])
    assert investor.kyb_valid(on=TODAY)
    assert investor.investor_class == InvestorClass.QUALIFIED_INSTITUTION
    assert bank_account_primary(party_id=investor.id).number == "6003"


def test_a_seat_given_twice_is_one_seat() -> None:
    programme = _found()
    first, second = (
        seat_give(
            programme_id=programme.id,
            username="ops",
            display_name="沈越",
            password="correct horse",
            role=Role.OPERATIONS,
            seat=Seat.MAKER,
        )
        for _ in range(2)
    )
    assert first == second
    assert (first.name, first.role, first.seat) == ("沈越", Role.OPERATIONS, Seat.MAKER)
