"""Set-up of a programme: its firms, accounts, terms, seats. What a demo, a test and a launch share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from ledger.errors import InvariantViolated
from scf.financing.terms import Terms
from scf.journeys.bookings import assets_ensure
from scf.network.operations import (
    PartyInput,
    bank_account_add,
    membership_ensure,
    parties_kyb_set,
    party_kyb_set,
    party_upsert_many,
    programme_ensure,
    user_ensure,
)
from scf.network.queries import ProgrammeFacts, actor_of, programmes_list
from scf.network.values import Actor, InvestorClass, KybState, PartyKind, Role, Seat
from scf.products.operations import template_add


@dataclass(frozen=True, slots=True)
class AccountInput:
    """A bank account as the bank's confirmation letter gives it."""

    holder_name: str
    bank_name: str
    number: str
    bank_code: str = ""


@dataclass(frozen=True, slots=True)
class FirmInput:
    """A firm whose documents were checked, with the account it is paid to."""

    party: PartyInput
    account: AccountInput | None = None
    investor_class: InvestorClass = InvestorClass.NONE


@transaction.atomic
def programme_found(
    *,
    code: str,
    name: str,
    anchor: PartyInput,
    platform: FirmInput,
    escrow: AccountInput,
    terms: Terms,
    business_date: date,
    at: datetime,
    is_demo: bool = False,
) -> ProgrammeFacts:
    """A programme with its anchor, platform, escrow account and first terms.

    Once by ``code``: a programme that exists is returned as it is, its terms untouched. The
    escrow account is held in the platform's name at the bank and is no party's own money.
    """
    standing = next((row for row in programmes_list() if row.code == code), None)
    if standing is not None:
        return standing
    # Firms exist before the programme does; their parts in it come after.
    bare = [replace(row, kinds=(), codes=()) for row in (anchor, platform.party)]
    ids = party_upsert_many(programme_id=0, rows=bare)
    platform_id = ids[platform.party.tax_id]
    if platform.account is not None:
        _account_add(party_id=platform_id, account=platform.account)
    escrow_id = _account_add(party_id=platform_id, account=escrow)
    programme = programme_ensure(
        code=code,
        name=name,
        anchor_id=ids[anchor.tax_id],
        platform_id=platform_id,
        escrow_account_id=escrow_id,
        business_date=business_date,
        is_demo=is_demo,
    )
    party_upsert_many(
        programme_id=programme.id,
        rows=[
            replace(anchor, kinds=(PartyKind.ANCHOR,), codes=()),
            replace(platform.party, kinds=(PartyKind.PLATFORM,), codes=()),
        ],
    )
    assets_ensure(currency=programme.currency)
    template_add(programme_id=programme.id, kind="receivable", terms=terms, at=at)
    return programme


@transaction.atomic
def firms_onboard(
    *, programme_id: int, firms: Sequence[FirmInput], kyb_expiry_date: date
) -> dict[str, int]:
    """Verified firms with their parts in the programme and their accounts; tax id -> party id."""
    ids = party_upsert_many(programme_id=programme_id, rows=[firm.party for firm in firms])
    parties_kyb_set(party_ids=ids.values(), expiry_date=kyb_expiry_date)
    for firm in firms:
        party_id = ids[firm.party.tax_id]
        if firm.account is not None:
            _account_add(party_id=party_id, account=firm.account)
        if firm.investor_class is not InvestorClass.NONE:
            party_kyb_set(
                party_id=party_id,
                state=KybState.VERIFIED,
                expiry_date=kyb_expiry_date,
                investor_class=firm.investor_class,
            )
    return ids


@transaction.atomic
def seat_give(
    *,
    programme_id: int,
    username: str,
    display_name: str,
    password: str,
    role: Role,
    seat: Seat,
    party_id: int | None = None,
) -> Actor:
    """A login with a seat at one desk, once; returns who acts there."""
    user_id = user_ensure(username=username, display_name=display_name, password=password)
    membership_id = membership_ensure(
        user_id=user_id, programme_id=programme_id, role=role, seat=seat, party_id=party_id
    )
    actor = actor_of(membership_id=membership_id, user_id=user_id)
    if actor is None:
        raise InvariantViolated(f"{username} has no seat right after it was given one")
    return actor


@transaction.atomic
def terms_adopt(*, programme_id: int, terms: Terms, at: datetime) -> int:
    """New terms for quotes from now on; returns their version. Series already frozen keep theirs."""
    return template_add(programme_id=programme_id, kind="receivable", terms=terms, at=at)


def _account_add(*, party_id: int, account: AccountInput) -> int:
    return bank_account_add(
        party_id=party_id,
        holder_name=account.holder_name,
        bank_name=account.bank_name,
        number=account.number,
        bank_code=account.bank_code,
        is_verified=True,
    )
