"""Actor, Scope, Role, Seat: who acts, and what the actor may see. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The desk a membership opens; one portal each."""

    SUPPLIER = "supplier"
    DISTRIBUTOR = "distributor"
    ANCHOR = "anchor"
    INVESTOR = "investor"
    RISK = "risk"
    OPERATIONS = "operations"
    AUDITOR = "auditor"


class Seat(StrEnum):
    """What the member may do at that desk: four eyes need a maker and a checker."""

    VIEWER = "viewer"
    MAKER = "maker"
    CHECKER = "checker"
    SIGNER = "signer"


class PartyKind(StrEnum):
    """What a party is in a programme; a party may be several."""

    ANCHOR = "anchor"
    OBLIGOR = "obligor"
    SUPPLIER = "supplier"
    DISTRIBUTOR = "distributor"
    INVESTOR = "investor"
    PLATFORM = "platform"


class KybState(StrEnum):
    PENDING = "pending"
    VERIFIED = "verified"
    EXPIRED = "expired"
    REJECTED = "rejected"


class InvestorClass(StrEnum):
    NONE = "none"
    QUALIFIED_INSTITUTION = "qualified_institution"
    RETAIL = "retail"


@dataclass(frozen=True, slots=True)
class Actor:
    """A user at one desk of one programme. ``party_id`` is None for the platform's own desks."""

    user_id: int
    name: str
    role: Role
    seat: Seat
    programme_id: int
    party_id: int | None

    @property
    def ref(self) -> str:
        """Opaque reference for ledger and risk: ``user:12``."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What rows an actor may see. ``party_ids`` None means every party of the programme."""

    programme_id: int
    role: Role
    party_ids: frozenset[int] | None

    def sees_all(self) -> bool:
        """True for the platform's own desks (risk, operations, auditor)."""
        return self.party_ids is None


def party_ref(party_id: int) -> str:
    """``party:12``: how ledger and risk name a party."""
    return f"party:{party_id}"


def programme_ref(programme_id: int) -> str:
    """``programme:1``: the ledger's book and risk's programme."""
    return f"programme:{programme_id}"


def ref_id(ref: str) -> int:
    """The number inside an opaque reference; raises ValueError when there is none."""
    return int(ref.rsplit(":", 1)[1])


def account_number_mask(number: str) -> str:
    """``····4471``: the only form of an account number that pages and logs show."""
    digits = re.sub(r"\s", "", number)
    return "····" + digits[-4:]


def name_mask(name: str) -> str:
    """``张··``: the first sign of a person's name."""
    return name[:1] + "··" if name else ""


def phone_mask(phone: str) -> str:
    """``····1234``: the last four digits of a telephone number."""
    digits = re.sub(r"\D", "", phone)
    return "····" + digits[-4:] if digits else ""


def address_mask(address: str) -> str:
    """The first six signs of an address (province and city), no street and no number."""
    return address[:6] + "······" if address else ""
