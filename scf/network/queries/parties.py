"""Reads of programmes, parties, memberships and inboxes; every list takes a Scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery

from ledger.errors import DomainError
from scf.network.models import (
    BankAccount,
    Membership,
    Notification,
    Party,
    PartyCode,
    PartyRole,
    Programme,
    User,
)
from scf.network.values import (
    Actor,
    KybState,
    PartyKind,
    Role,
    Scope,
    Seat,
    address_mask,
    name_mask,
    party_ref,
    phone_mask,
    programme_ref,
)


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as other rooms see it."""

    id: int
    name: str
    short_name: str
    tax_id: str
    group_name: str
    sector: str
    kyb_state: str
    kyb_expiry_date: date | None
    investor_class: str
    four_eyes_waived: bool

    @property
    def ref(self) -> str:
        return party_ref(self.id)

    def kyb_valid(self, *, on: date) -> bool:
        """KYB is verified and has not expired on ``on``."""
        if self.kyb_state != KybState.VERIFIED:
            return False
        return self.kyb_expiry_date is None or self.kyb_expiry_date >= on


@dataclass(frozen=True, slots=True)
class PartyContacts:
    """Who stands behind a firm. Personal data: pages show the masked forms only."""

    legal_representative: str
    phone: str
    address: str

    @property
    def is_told(self) -> bool:
        return bool(self.legal_representative or self.phone or self.address)

    @property
    def representative_masked(self) -> str:
        return name_mask(self.legal_representative)

    @property
    def phone_masked(self) -> str:
        return phone_mask(self.phone)

    @property
    def address_masked(self) -> str:
        return address_mask(self.address)


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme as journeys see it."""

    id: int
    code: str
    name: str
    currency: str
    anchor_id: int
    platform_id: int
    escrow_account_id: int
    business_date: date
    rule_pack: str
    is_demo: bool

    @property
    def book(self) -> str:
        """The ledger's name for this programme's book."""
        return programme_ref(self.id)


def _party_facts(party: Party) -> PartyFacts:
    return PartyFacts(
        id=party.pk,
        name=party.name,
        short_name=party.short_name or party.name,
        tax_id=party.tax_id,
        group_name=party.group_name,
        sector=party.sector,
        kyb_state=party.kyb_state,
        kyb_expiry_date=party.kyb_expiry_date,
        investor_class=party.investor_class,
        four_eyes_waived=party.four_eyes_waived_at is not None,
    )


def _programme_facts(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        id=programme.pk,
        code=programme.code,
        name=programme.name,
        currency=programme.currency,
        anchor_id=programme.anchor_id,
        platform_id=programme.platform_id,
        escrow_account_id=programme.escrow_account_id,
        business_date=programme.business_date,
        rule_pack=programme.rule_pack,
        is_demo=programme.is_demo,
    )


def programme_get(*, programme_id: int) -> ProgrammeFacts:
    """Raises ``network.programme_unknown``."""
    found = Programme.objects.filter(pk=programme_id).first()
    if found is None:
        raise DomainError("network.programme_unknown", programme=programme_id)
    return _programme_facts(found)


def programme_by_code(*, code: str) -> ProgrammeFacts:
    """Raises ``network.programme_unknown``."""
    found = Programme.objects.filter(code=code).first()
    if found is None:
        raise DomainError("network.programme_unknown", programme=code)
    return _programme_facts(found)


def programmes_list() -> list[ProgrammeFacts]:
    """Every programme, oldest first."""
    return [_programme_facts(programme) for programme in Programme.objects.order_by("pk")]


def party_get(*, party_id: int) -> PartyFacts:
    """Raises ``network.party_unknown``."""
    found = Party.objects.filter(pk=party_id).first()
    if found is None:
        raise DomainError("network.party_unknown", party=party_id)
    return _party_facts(found)


def parties_get(*, party_ids: Iterable[int]) -> dict[int, PartyFacts]:
    """Parties by id, in one query; unknown ids are absent."""
    return {party.pk: _party_facts(party) for party in Party.objects.filter(pk__in=set(party_ids))}


def party_contacts_map(*, party_ids: Iterable[int]) -> dict[int, PartyContacts]:
    """Party id -> who stands behind it, in one query; firms that told nothing are absent."""
    rows = Party.objects.filter(pk__in=set(party_ids)).exclude(
        legal_representative="", phone="", address=""
    )
    return {
        party_id: PartyContacts(*contacts)
        for party_id, *contacts in rows.values_list(
            "pk", "legal_representative", "phone", "address"
        )
    }


def parties_of_kind(*, programme_id: int, kind: PartyKind) -> list[PartyFacts]:
    """The programme's parties in one role, by name."""
    rows = Party.objects.filter(roles__programme_id=programme_id, roles__kind=kind)
    return [_party_facts(party) for party in rows.order_by("name", "pk")]


def parties_table(*, scope: Scope) -> QuerySet[Any, Any]:
    """Parties of the programme with their roles, KYB and where they are paid."""
    primary = BankAccount.objects.filter(party_id=OuterRef("pk"), is_primary=True)
    roles = PartyRole.objects.filter(programme_id=scope.programme_id)
    own = roles.filter(party_id=OuterRef("pk")).order_by("kind")
    return (
        Party.objects.filter(pk__in=roles.values("party_id"))
        .annotate(
            kinds=ArraySubquery(own.values("kind")),
            account_number=Subquery(primary.values("number")[:1]),
            account_verified=Subquery(primary.values("is_verified")[:1]),
        )
        .values(
            "id", "name", "tax_id", "group_name", "kinds", "kyb_state", "kyb_expiry_date",
            "account_number", "account_verified",
        )
    )  # fmt: skip


def party_kinds_map(*, programme_id: int) -> dict[int, frozenset[str]]:
    """Party id -> its roles in the programme."""
    kinds: dict[int, set[str]] = {}
    rows = PartyRole.objects.filter(programme_id=programme_id).values_list("party_id", "kind")
    for party_id, kind in rows:
        kinds.setdefault(party_id, set()).add(kind)
    return {party_id: frozenset(found) for party_id, found in kinds.items()}


def party_codes_map(*, programme_id: int, source_system: str) -> dict[tuple[str, str], int]:
    """(kind, code) -> party id for one source system, in one query."""
    rows = PartyCode.objects.filter(programme_id=programme_id, source_system=source_system)
    return {
        (kind, code): party_id
        for kind, code, party_id in rows.values_list("kind", "code", "party_id")
    }


def parties_by_tax_id(*, tax_ids: Iterable[str]) -> dict[str, int]:
    """Tax id -> party id, in one query."""
    return dict(Party.objects.filter(tax_id__in=set(tax_ids)).values_list("tax_id", "pk"))


def actor_of(*, membership_id: int, user_id: int) -> Actor | None:
    """The actor behind a user's membership; None when it is not theirs."""
    found = (
        Membership.objects.select_related("user")
        .filter(pk=membership_id, user_id=user_id, user__is_active=True)
        .first()
    )
    if found is None:
        return None
    return Actor(
        user_id=found.user_id,
        name=str(found.user),
        role=Role(found.role),
        seat=Seat(found.seat),
        programme_id=found.programme_id,
        party_id=found.party_id,
    )


def memberships_list(*, user_id: int) -> list[dict[str, Any]]:
    """A user's seats: id, role, seat, programme and party names."""
    rows = Membership.objects.filter(user_id=user_id).select_related("programme", "party")
    return [
        {
            "id": row.pk,
            "role": row.role,
            "seat": row.seat,
            "programme_id": row.programme_id,
            "programme": row.programme.name,
            "party_id": row.party_id,
            "party": row.party.name if row.party else "",
        }
        for row in rows.order_by("pk")
    ]


def actors_list(
    *, programme_id: int, role: Role, party_id: int | None = None, seat: Seat | None = None
) -> list[Actor]:
    """Active actors at a desk, oldest membership first."""
    rows = Membership.objects.select_related("user").filter(
        programme_id=programme_id, role=role, user__is_active=True
    )
    if party_id is not None:
        rows = rows.filter(party_id=party_id)
    if seat is not None:
        rows = rows.filter(seat=seat)
    return [
        Actor(
            user_id=row.user_id,
            name=str(row.user),
            role=Role(row.role),
            seat=Seat(row.seat),
            programme_id=row.programme_id,
            party_id=row.party_id,
        )
        for row in rows.order_by("pk")
    ]


def seats_list(*, scope: Scope) -> list[dict[str, Any]]:
    """Users and seats of the scope's parties, for the company page."""
    rows = Membership.objects.filter(programme_id=scope.programme_id).select_related("user")
    if scope.party_ids is not None:
        rows = rows.filter(party_id__in=scope.party_ids)
    return [
        {"user": str(row.user), "role": row.role, "seat": row.seat, "party_id": row.party_id}
        for row in rows.order_by("role", "pk")
    ]


def user_names(*, user_ids: Iterable[int]) -> dict[int, str]:
    """User id -> display name, in one query."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(user_ids))}


def notifications_list(*, user_id: int, programme_id: int) -> QuerySet[Any, Mapping[str, Any]]:
    """A user's inbox, newest first."""
    return (
        Notification.objects.filter(user_id=user_id, programme_id=programme_id)
        .order_by("-created_at", "-pk")
        .values("id", "code", "facts", "link", "created_at", "read_at")
    )


def notifications_unread(*, user_id: int, programme_id: int) -> int:
    """How many lines of the inbox are unread."""
    return Notification.objects.filter(
        user_id=user_id, programme_id=programme_id, read_at=None
    ).count()


def recipients_of(*, programme_id: int, role: Role, party_id: int | None) -> list[int]:
    """User ids that a notification to a desk reaches."""
    members = Q(programme_id=programme_id, role=role, user__is_active=True)
    if party_id is not None:
        members &= Q(party_id=party_id)
    rows = Membership.objects.filter(members).values_list("user_id", flat=True)
    return sorted(set(rows))
