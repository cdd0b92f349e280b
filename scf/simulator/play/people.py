"""Who logs in at the demo, and the firms that are in no ERP: investors and the platform. Data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scf.journeys.founding import AccountInput, FirmInput
from scf.network.operations import PartyInput
from scf.network.values import InvestorClass, PartyKind, Role, Seat
from scf.simulator.draws import Draws
from scf.simulator.identity import account_number_make, uscc_make
from scf.simulator.population import ANCHOR_NAME, FEATURED_CODE, GROUP_NAME

PROGRAMME_CODE = "canglan"
PROGRAMME_NAME = "沧澜供应链项目"
ESCROW_NAME = "沧澜供应链项目托管户"
ANCHOR, PLATFORM, INVESTORS = "anchor", "platform", ("huaigu", "yunqi", "nanping")


@dataclass(frozen=True, slots=True)
class Login:
    """A person of the demo. ``firm`` is a supplier's code, a key of this module, or empty."""

    username: str
    display_name: str
    role: Role
    seat: Seat
    firm: str = ""


LOGINS = (
    Login("supplier", "林舒", Role.SUPPLIER, Seat.MAKER, FEATURED_CODE),
    Login("supplier2", "顾远", Role.SUPPLIER, Seat.CHECKER, FEATURED_CODE),
    Login("anchor", "周衡", Role.ANCHOR, Seat.MAKER, ANCHOR),
    Login("anchor2", "方砚", Role.ANCHOR, Seat.SIGNER, ANCHOR),
    Login("investor", "许知远", Role.INVESTOR, Seat.CHECKER, INVESTORS[0]),
    Login("investor2", "季明川", Role.INVESTOR, Seat.CHECKER, INVESTORS[1]),
    Login("investor3", "温如玉", Role.INVESTOR, Seat.CHECKER, INVESTORS[2]),
    Login("risk", "唐牧", Role.RISK, Seat.MAKER),
    Login("risk2", "陆珂", Role.RISK, Seat.CHECKER),
    Login("ops", "沈越", Role.OPERATIONS, Seat.MAKER),
    Login("ops2", "苏澜", Role.OPERATIONS, Seat.CHECKER),
    Login("auditor", "谢澄", Role.AUDITOR, Seat.VIEWER),
)
# Suppliers with a single person, who waived the second pair of eyes.
SINGLE_LOGINS = (
    Login("hemu", "白禾", Role.SUPPLIER, Seat.CHECKER, "100407"),
    Login("wangchuan", "岑川", Role.SUPPLIER, Seat.CHECKER, "100555"),
    Login("yunting", "云朗", Role.SUPPLIER, Seat.CHECKER, "100618"),
    Login("lanzhou", "戴岚", Role.SUPPLIER, Seat.CHECKER, "100702"),
)

_INVESTOR_NAMES = ("怀谷稳健一号", "云起供应链优选", "南屏固收三号")


def anchor_input() -> PartyInput:
    """The anchor's group company."""
    return PartyInput(
        tax_id=uscc_make(draws=Draws(seed=1, stream="anchor"), division="370200"),
        name=ANCHOR_NAME,
        short_name=GROUP_NAME,
        group_name=GROUP_NAME,
        city="临江",
        kinds=(PartyKind.ANCHOR,),
    )


def platform_input() -> FirmInput:
    """The platform's operator, whose account the fees are swept to."""
    draws = Draws(seed=1, stream="platform")
    name = "活水产业科技有限公司"
    return FirmInput(
        party=PartyInput(
            tax_id=uscc_make(draws=draws, division="370200"),
            name=name,
            short_name="活水",
            city="临江",
            kinds=(PartyKind.PLATFORM,),
        ),
        account=AccountInput(
            name, "招商银行临江分行", account_number_make(draws=draws, tail="6600")
        ),
    )


def escrow_input() -> AccountInput:
    """The escrow account at a licensed bank."""
    draws = Draws(seed=1, stream="escrow")
    return AccountInput(
        ESCROW_NAME,
        "中信银行临江分行",
        account_number_make(draws=draws, tail="0926"),
        "302370200017",
    )


def investor_inputs() -> dict[str, FirmInput]:
    """Qualified institutions by their key in this module."""
    draws = Draws(seed=1, stream="investors")
    return {
        key: FirmInput(
            party=PartyInput(
                tax_id=uscc_make(draws=draws, division="310100"),
                name=name,
                short_name=name,
                sector="资产管理",
                kinds=(PartyKind.INVESTOR,),
            ),
            account=AccountInput(name, "兴业银行托管部", account_number_make(draws=draws)),
            investor_class=InvestorClass.QUALIFIED_INSTITUTION,
        )
        for key, name in zip(INVESTORS, _INVESTOR_NAMES, strict=True)
    }


def kyb_expiry(*, business_date: date) -> date:
    """Everybody's licence is good for two more years."""
    return business_date.replace(year=business_date.year + 2)
