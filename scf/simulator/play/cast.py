"""Set the scene: programme, firms, accounts, limits and logins of the demo. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ledger.rates import DayCount
from risk.limits import group_ref
from risk.operations.limits import limit_set
from risk.operations.scores import card_approve, card_take
from risk.queries.scores import cards_list
from scf.financing.terms import Terms
from scf.journeys.founding import (
    AccountInput,
    FirmInput,
    firms_onboard,
    programme_found,
    seat_give,
)
from scf.journeys.scoring import shipped_card
from scf.network.operations import PartyInput, party_four_eyes_waive
from scf.network.queries import ProgrammeFacts
from scf.network.values import Actor, PartyKind, party_ref
from scf.simulator.play.people import (
    ANCHOR,
    LOGINS,
    PROGRAMME_CODE,
    PROGRAMME_NAME,
    SINGLE_LOGINS,
    Login,
    anchor_input,
    escrow_input,
    investor_inputs,
    kyb_expiry,
    platform_input,
)
from scf.simulator.population import FEATURED_CODE, GROUP_NAME
from scf.simulator.values import SOURCE_SYSTEM, Chain, Firm

TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
    day_count=DayCount.ACT_365F,
)
GROUP_LIMIT_MINOR = 100_000_000_000
SUPPLIER_LIMIT_MINOR = 500_000_000
FEATURED_LIMIT_MINOR = 900_000_000


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: actors by login name, party ids by the firm's code or key."""

    programme_id: int
    actors: Mapping[str, Actor]
    party_ids: Mapping[str, int]

    def suppliers_with_logins(self) -> tuple[str, ...]:
        """Codes of the suppliers that somebody logs in for."""
        return tuple(login.firm for login in LOGINS[:1] + SINGLE_LOGINS)


def cast_ensure(*, chain: Chain, business_date: date, password: str, at: datetime) -> Cast:
    """Everything that must stand before the first file is imported."""
    programme = programme_found(
        code=PROGRAMME_CODE,
        name=PROGRAMME_NAME,
        anchor=anchor_input(),
        platform=platform_input(),
        escrow=escrow_input(),
        terms=TERMS,
        business_date=business_date,
        is_demo=True,
        at=at,
    )
    expiry = kyb_expiry(business_date=chain.spec.business_date)
    firms = {firm.code: firm_input(firm) for firm in chain.obligors + chain.suppliers}
    ids = firms_onboard(
        programme_id=programme.id,
        firms=[*firms.values(), *investor_inputs().values()],
        kyb_expiry_date=expiry,
    )
    party_ids = {code: ids[firm.party.tax_id] for code, firm in firms.items()}
    party_ids |= {key: ids[firm.party.tax_id] for key, firm in investor_inputs().items()}
    party_ids[ANCHOR] = programme.anchor_id
    actors = {
        login.username: _login_ensure(
            programme=programme, login=login, party_ids=party_ids, password=password
        )
        for login in LOGINS + SINGLE_LOGINS
    }
    for login in SINGLE_LOGINS:
        party_four_eyes_waive(party_id=party_ids[login.firm], by=login.display_name, at=at)
    _limits_ensure(
        programme=programme,
        suppliers={firm.code: party_ids[firm.code] for firm in chain.suppliers},
        at=at,
    )
    _card_ensure(programme=programme, at=at)
    return Cast(programme_id=programme.id, actors=actors, party_ids=party_ids)


def firm_input(firm: Firm) -> FirmInput:
    """A firm of the simulated chain as onboarding sees it."""
    obligor = firm.role == "obligor"
    return FirmInput(
        party=PartyInput(
            tax_id=firm.uscc,
            name=firm.name,
            short_name=short_name_of(firm.name),
            group_name=GROUP_NAME if obligor else "",
            sector=firm.industry,
            city=firm.city,
            kinds=(PartyKind.OBLIGOR if obligor else PartyKind.SUPPLIER,),
            codes=((SOURCE_SYSTEM, "company" if obligor else "vendor", firm.code),),
        ),
        account=AccountInput(firm.name, firm.bank_name, firm.bank_account, firm.bank_code),
    )


def short_name_of(name: str) -> str:
    """沧澜制冷电器有限公司 -> 沧澜制冷电器."""
    return name.removesuffix("有限公司")


def _login_ensure(
    *, programme: ProgrammeFacts, login: Login, party_ids: Mapping[str, int], password: str
) -> Actor:
    return seat_give(
        programme_id=programme.id,
        username=login.username,
        display_name=login.display_name,
        password=password,
        role=login.role,
        seat=login.seat,
        party_id=party_ids[login.firm] if login.firm else None,
    )


@transaction.atomic
def _limits_ensure(
    *, programme: ProgrammeFacts, suppliers: Mapping[str, int], at: datetime
) -> None:
    """The group's limit and one a supplier, decided by the risk desk's two people."""
    limits: Iterable[tuple[str, str, int]] = [
        ("group", group_ref(GROUP_NAME), GROUP_LIMIT_MINOR),
        *(
            (
                "party",
                party_ref(party_id),
                FEATURED_LIMIT_MINOR if code == FEATURED_CODE else SUPPLIER_LIMIT_MINOR,
            )
            for code, party_id in suppliers.items()
        ),
    ]
    for scope, subject, base_minor in limits:
        limit_set(
            programme_ref=programme.book,
            scope=scope,
            subject_ref=subject,
            base_minor=base_minor,
            by="唐牧",
            approved_by="陆珂",
            reason="开业额度",
            at=at,
        )


@transaction.atomic
def _card_ensure(*, programme: ProgrammeFacts, at: datetime) -> None:
    """The scorecard that ships, brought by one of the risk desk and approved by the other."""
    if cards_list(programme_ref=programme.book):
        return
    card_id = card_take(
        programme_ref=programme.book,
        data=shipped_card(),
        by="唐牧",
        reason="随附的模拟评分卡，积累自己的记录后重新训练",
        at=at,
    )
    card_approve(card_id=card_id, by="陆珂", at=at)
