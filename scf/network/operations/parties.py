"""The only writes to parties, programmes, memberships and inboxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.errors import DomainError
from scf.network.models import (
    Membership,
    Notification,
    NumberSeries,
    Party,
    PartyCode,
    PartyRole,
    Programme,
    User,
)
from scf.network.queries.parties import (
    PartyContacts,
    ProgrammeFacts,
    programme_get,
    recipients_of,
)
from scf.network.values import InvestorClass, KybState, PartyKind, Role, Seat

CONTACTS = ("legal_representative", "phone", "address")


@dataclass(frozen=True, slots=True)
class PartyInput:
    """A party as an ERP file or an onboarding form gives it.

    ``codes`` are (source system, kind, code) triples, kind one of vendor, customer, company.
    ``legal_representative``, ``phone`` and ``address`` are personal data; "" is not told.
    """

    tax_id: str
    name: str
    short_name: str = ""
    group_name: str = ""
    sector: str = ""
    city: str = ""
    legal_representative: str = ""
    phone: str = ""
    address: str = ""
    kinds: tuple[PartyKind, ...] = ()
    codes: tuple[tuple[str, str, str], ...] = ()


def party_upsert_many(*, programme_id: int, rows: Sequence[PartyInput]) -> dict[str, int]:
    """Create or complete parties by tax id, with roles and source codes; tax id -> party id.

    Names and contacts already on file stay: an import never renames a verified firm.
    """
    Party.objects.bulk_create(
        [
            Party(
                tax_id=row.tax_id,
                name=row.name,
                short_name=row.short_name,
                group_name=row.group_name,
                sector=row.sector,
                city=row.city,
                legal_representative=row.legal_representative,
                phone=row.phone,
                address=row.address,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    ids = dict(
        Party.objects.filter(tax_id__in=[row.tax_id for row in rows]).values_list("tax_id", "pk")
    )
    PartyRole.objects.bulk_create(
        [
            PartyRole(programme_id=programme_id, party_id=ids[row.tax_id], kind=kind)
            for row in rows
            for kind in row.kinds
        ],
        ignore_conflicts=True,
    )
    PartyCode.objects.bulk_create(
        [
            PartyCode(
                programme_id=programme_id,
                source_system=system,
                kind=kind,
                code=code,
                party_id=ids[row.tax_id],
            )
            for row in rows
            for system, kind, code in row.codes
        ],
        ignore_conflicts=True,
    )
    return ids


def party_contacts_complete(*, contacts: Mapping[int, PartyContacts]) -> int:
    """Fill in what is not on file yet of who stands behind firms; what is there stays.

    Keys are party ids. Returns how many firms changed.
    """
    changed = []
    for party in Party.objects.filter(pk__in=contacts):
        told = contacts[party.pk]
        blank = [name for name in CONTACTS if not getattr(party, name) and getattr(told, name)]
        for name in blank:
            setattr(party, name, getattr(told, name))
        if blank:
            changed.append(party)
    Party.objects.bulk_update(changed, CONTACTS, batch_size=1_000)
    return len(changed)


def party_kyb_set(
    *,
    party_id: int,
    state: KybState,
    expiry_date: date | None,
    investor_class: InvestorClass | None = None,
) -> None:
    """Record the outcome of a know-your-business check."""
    values: dict[str, object] = {"kyb_state": state, "kyb_expiry_date": expiry_date}
    if investor_class is not None:
        values["investor_class"] = investor_class
    Party.objects.filter(pk=party_id).update(**values)


def parties_kyb_set(*, party_ids: Iterable[int], expiry_date: date) -> None:
    """Mark many parties verified until ``expiry_date`` (onboarding batch)."""
    Party.objects.filter(pk__in=set(party_ids)).update(
        kyb_state=KybState.VERIFIED, kyb_expiry_date=expiry_date
    )


def party_four_eyes_waive(*, party_id: int, by: str, at: datetime) -> None:
    """A small firm with a single user waives its second pair of eyes, on record."""
    Party.objects.filter(pk=party_id).update(four_eyes_waived_by=by, four_eyes_waived_at=at)


def programme_ensure(
    *,
    code: str,
    name: str,
    anchor_id: int,
    platform_id: int,
    escrow_account_id: int,
    business_date: date,
    rule_pack: str = "cn",
    is_demo: bool = False,
) -> ProgrammeFacts:
    """Create a programme once by code."""
    programme, _ = Programme.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "anchor_id": anchor_id,
            "platform_id": platform_id,
            "escrow_account_id": escrow_account_id,
            "business_date": business_date,
            "rule_pack": rule_pack,
            "is_demo": is_demo,
        },
    )
    return programme_get(programme_id=programme.pk)


def programme_lock(*, programme_id: int) -> ProgrammeFacts:
    """The programme, its row locked against a day-end: journeys that post money hold it shared.

    Raises ``network.programme_unknown``.
    """
    if (
        not Programme.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=programme_id)
        .exists()
    ):
        raise DomainError("network.programme_unknown", programme=programme_id)
    return programme_get(programme_id=programme_id)


def business_date_advance(*, programme_id: int, closing: date, opening: date) -> None:
    """Move the business date on; raises ``network.business_date_moved`` when another did."""
    moved = Programme.objects.filter(pk=programme_id, business_date=closing).update(
        business_date=opening
    )
    if moved != 1:
        raise DomainError("network.business_date_moved", business_date=str(closing))


def user_ensure(*, username: str, display_name: str, password: str, is_staff: bool = False) -> int:
    """Create a login once; returns the user's id."""
    existing = User.objects.filter(username=username).first()
    if existing is not None:
        return existing.pk
    user = User(username=username, display_name=display_name, is_staff=is_staff)
    user.is_superuser = is_staff
    user.set_password(password)
    user.save()
    return user.pk


def membership_ensure(
    *, user_id: int, programme_id: int, role: Role, seat: Seat, party_id: int | None = None
) -> int:
    """Give a user a seat once; the first one becomes active. Returns the membership's id."""
    party = None if party_id is None else Party.objects.get(pk=party_id)
    membership, _ = Membership.objects.get_or_create(
        user_id=user_id,
        programme_id=programme_id,
        party=party,
        role=role,
        defaults={"seat": seat},
    )
    User.objects.filter(pk=user_id, active_membership=None).update(active_membership=membership)
    return membership.pk


def membership_activate(*, user_id: int, membership_id: int) -> None:
    """Switch desks; raises ``network.membership_unknown`` when the seat is not the user's."""
    if not Membership.objects.filter(pk=membership_id, user_id=user_id).exists():
        raise DomainError("network.membership_unknown")
    User.objects.filter(pk=user_id).update(active_membership_id=membership_id)


def user_language_set(*, user_id: int, language: str) -> None:
    """Remember the user's language."""
    User.objects.filter(pk=user_id).update(language=language)


def desk_notify(
    *,
    programme_id: int,
    role: Role,
    party_id: int | None,
    key: str,
    code: str,
    facts: Mapping[str, object],
    link: str,
    at: datetime,
) -> None:
    """Put one line into the inbox of everyone at a desk; the same key twice is one line."""
    users = recipients_of(programme_id=programme_id, role=role, party_id=party_id)
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=user_id,
                programme_id=programme_id,
                key=key,
                code=code,
                facts=dict(facts),
                link=link,
                created_at=at,
            )
            for user_id in users
        ],
        ignore_conflicts=True,
    )


def notifications_mark_read(*, user_id: int, at: datetime) -> int:
    """Mark a user's whole inbox read; returns how many lines changed."""
    return Notification.objects.filter(user_id=user_id, read_at=None).update(read_at=at)


def number_next(*, programme_id: int, prefix: str, width: int = 4) -> str:
    """The next number under a prefix, such as ``CL-0433``; the counter's row is locked."""
    NumberSeries.objects.get_or_create(programme_id=programme_id, prefix=prefix)
    series = NumberSeries.objects.select_for_update().get(programme_id=programme_id, prefix=prefix)
    series.last += 1
    series.save()
    return f"{prefix}-{series.last:0{width}d}"
