"""A programme of its own with one obligor, one supplier and three investors, and its bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ledger.rates import DayCount
from risk.limits import group_ref
from risk.operations.limits import limit_set
from scf.financing.terms import Terms
from scf.journeys.banking import statement_receive
from scf.journeys.founding import (
    AccountInput,
    FirmInput,
    firms_onboard,
    programme_found,
    seat_give,
)
from scf.journeys.reconciling import entries_apply
from scf.network.operations import PartyInput
from scf.network.queries import ProgrammeFacts, programme_get
from scf.network.values import Actor, InvestorClass, PartyKind, Role, Seat, party_ref
from scf.simulator.bank.desk import statement_make
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction

SOURCE = "ERP-W"
COMPANY = "1000"
TERMS = Terms(
    rate_ppm=55_000,
    fee_rate_ppm=6_000,
    vat_rate_ppm=60_000,
    holdback_ppm=50_000,
    unit_price_minor=10_000,
    day_count=DayCount.ACT_365F,
)
INVESTORS = ("A", "B", "C")
ESCROW = AccountInput(holder_name="算例托管户", bank_name="托管银行", number="6222000000000001")


@dataclass(slots=True)
class World:
    """Who acts, and what the bank last said. ``firms`` maps a key to (party id, name, account)."""

    programme_id: int
    actors: dict[str, Actor]
    firms: dict[str, tuple[int, str, str]]
    balance_minor: int = 0
    statements: int = 0
    batches: int = 0

    @property
    def programme(self) -> ProgrammeFacts:
        return programme_get(programme_id=self.programme_id)

    @property
    def today(self) -> date:
        return self.programme.business_date

    @property
    def at(self) -> datetime:
        """Noon in Shanghai on the business date: the only clock of a worked example."""
        return datetime.combine(self.today, time(4), tzinfo=UTC)

    def party(self, key: str) -> int:
        return self.firms[key][0]

    def pays_in(self, *payments: tuple[str, int, str]) -> None:
        """(payer, fen, remittance text) on one statement of today, applied at once."""
        self.bank_day(
            incoming=[
                Incoming(
                    amount_minor=minor,
                    name=self.firms[key][1],
                    account=self.firms[key][2],
                    text=text,
                )
                for key, minor, text in payments
            ]
        )

    def bank_day(
        self, *, incoming: Sequence[Incoming] = (), instructions: Sequence[Instruction] = ()
    ) -> None:
        """The bank writes today's statement, the platform reads it and applies the money."""
        self.statements += 1
        statement = statement_make(
            account=EscrowAccount(
                number=ESCROW.number, holder_name=ESCROW.holder_name, bank_name=ESCROW.bank_name
            ),
            day=self.today,
            sequence=self.statements,
            opening_minor=self.balance_minor,
            incoming=incoming,
            instructions=instructions,
        )
        self.balance_minor = statement.closing_minor
        statement_receive(
            programme_id=self.programme_id,
            filename=f"{statement.number}.csv",
            content=bank_sheet_render(statement=statement),
            actor=self.actors["ops"],
            at=self.at,
        )
        entries_apply(programme_id=self.programme_id, at=self.at)


def world_make(*, code: str, start: date, terms: Terms = TERMS) -> World:
    """Found the programme with everybody in good standing and room in the limits."""
    at = datetime.combine(start, time(4), tzinfo=UTC)
    programme = programme_found(
        code=code,
        name=f"算例 {code}",
        anchor=PartyInput(tax_id=f"WX-{code}-GROUP", name="算例集团", group_name=f"算例{code}"),
        platform=_firm(code, "platform", "算例平台", PartyKind.PLATFORM),
        escrow=AccountInput(
            holder_name=ESCROW.holder_name, bank_name=ESCROW.bank_name, number=ESCROW.number
        ),
        terms=terms,
        business_date=start,
        at=at,
    )
    names = {
        "obligor": "算例制冷",
        "supplier": "算例注塑",
        **{key: f"投资人{key}" for key in INVESTORS},
    }
    kinds = {"obligor": PartyKind.OBLIGOR, "supplier": PartyKind.SUPPLIER}
    firms = {
        key: _firm(code, key, name, kinds.get(key, PartyKind.INVESTOR))
        for key, name in names.items()
    }
    ids = firms_onboard(
        programme_id=programme.id,
        firms=list(firms.values()),
        kyb_expiry_date=date(start.year + 3, 1, 1),
    )
    world = World(
        programme_id=programme.id,
        actors={},
        firms={
            key: (
                ids[firm.party.tax_id],
                firm.party.name,
                firm.account.number if firm.account else "",
            )
            for key, firm in firms.items()
        },
    )
    _limits_give(world=world, at=at)
    _seats_give(world=world, code=code, anchor_id=programme.anchor_id)
    return world


def _firm(code: str, key: str, name: str, kind: PartyKind) -> FirmInput:
    tax_id = f"WX-{code}-{key}".upper()
    codes = {
        PartyKind.OBLIGOR: ((SOURCE, "company", COMPANY),),
        PartyKind.SUPPLIER: ((SOURCE, "vendor", "V1"),),
    }
    return FirmInput(
        party=PartyInput(
            tax_id=tax_id,
            name=name,
            group_name=f"算例{code}" if kind is PartyKind.OBLIGOR else "",
            kinds=(kind,),
            codes=codes.get(kind, ()),
        ),
        account=AccountInput(
            holder_name=name, bank_name="算例银行", number=f"6230{abs(hash_of(tax_id)):012d}"
        ),
        investor_class=(
            InvestorClass.QUALIFIED_INSTITUTION
            if kind is PartyKind.INVESTOR
            else InvestorClass.NONE
        ),
    )


def hash_of(text: str) -> int:
    """A small stable number from a text, for account numbers."""
    return sum((index + 1) * ord(char) * 7919 for index, char in enumerate(text)) % 10**12


def _limits_give(*, world: World, at: datetime) -> None:
    code = world.programme.code
    for scope, subject in (
        ("party", party_ref(world.party("supplier"))),
        ("group", group_ref(f"算例{code}")),
    ):
        limit_set(
            programme_ref=world.programme.book,
            scope=scope,
            subject_ref=subject,
            base_minor=10_000_000_000,
            by="user:0",
            approved_by="user:1",
            reason="worked example",
            at=at,
        )


def _seats_give(*, world: World, code: str, anchor_id: int) -> None:
    seats = {
        "supplier": (Role.SUPPLIER, Seat.MAKER, world.party("supplier")),
        "supplier2": (Role.SUPPLIER, Seat.CHECKER, world.party("supplier")),
        "anchor": (Role.ANCHOR, Seat.MAKER, anchor_id),
        "anchor2": (Role.ANCHOR, Seat.SIGNER, anchor_id),
        "ops": (Role.OPERATIONS, Seat.MAKER, None),
        "ops2": (Role.OPERATIONS, Seat.CHECKER, None),
        "risk": (Role.RISK, Seat.MAKER, None),
        "risk2": (Role.RISK, Seat.CHECKER, None),
        **{key: (Role.INVESTOR, Seat.CHECKER, world.party(key)) for key in INVESTORS},
    }
    for key, (role, seat, party_id) in seats.items():
        world.actors[key] = seat_give(
            programme_id=world.programme_id,
            username=f"{code}-{key}",
            display_name=key,
            password=f"{code}-{key}-worked",
            role=role,
            seat=seat,
            party_id=party_id,
        )
