"""A small programme with people at its desks, and clients logged in as them."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from scf.network.models import Party
from scf.network.operations import (
    PartyInput,
    bank_account_add,
    membership_ensure,
    party_upsert_many,
    programme_ensure,
    user_ensure,
)
from scf.network.queries import ProgrammeFacts
from scf.network.values import PartyKind, Role, Seat

BUSINESS_DATE = date(2026, 3, 18)


@dataclass(frozen=True)
class Town:
    """The programme, its parties, and a way to log people in."""

    programme: ProgrammeFacts
    supplier_id: int
    rival_id: int
    anchor_id: int
    obligor_id: int

    def user(self, name: str, role: Role, seat: Seat, party_id: int | None = None) -> int:
        user_id = user_ensure(username=name, display_name=name, password="clear-water-1")
        membership_ensure(
            user_id=user_id,
            programme_id=self.programme.id,
            role=role,
            seat=seat,
            party_id=party_id,
        )
        return user_id

    def client(self, name: str, role: Role, seat: Seat, party_id: int | None = None) -> Client:
        client = Client()
        client.force_login(
            get_user_model().objects.get(pk=self.user(name, role, seat, party_id)),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client


@pytest.fixture
def town(db: None) -> Town:
    platform = Party.objects.create(name="活水平台", tax_id="P1")
    anchor = Party.objects.create(name="沧澜家电集团有限公司", tax_id="A1")
    account = bank_account_add(
        party_id=platform.pk, holder_name="活水平台", bank_name="中转行", number="6222000000000926"
    )
    programme = programme_ensure(
        code="canglan",
        name="沧澜供应链项目",
        anchor_id=anchor.pk,
        platform_id=platform.pk,
        escrow_account_id=account,
        business_date=BUSINESS_DATE,
    )
    ids = party_upsert_many(
        programme_id=programme.id,
        rows=[
            PartyInput(tax_id="S1", name="澄岳注塑科技有限公司", kinds=(PartyKind.SUPPLIER,)),
            PartyInput(tax_id="S2", name="望川微电机有限公司", kinds=(PartyKind.SUPPLIER,)),
            PartyInput(tax_id="O1", name="沧澜制冷电器有限公司", kinds=(PartyKind.OBLIGOR,)),
        ],
    )
    return Town(programme, ids["S1"], ids["S2"], anchor.pk, ids["O1"])
