"""Journals: lists, one in full with its T-accounts, and what is still pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from ledger.errors import DomainError
from ledger.models import Account, JournalRow, Transfer
from ledger.values import AccountRef, Json, Phase


@dataclass(frozen=True, slots=True)
class JournalSummary:
    """A journal as a row of a list."""

    id: int
    key: str
    kind: str
    book: str
    effective_date: date
    booked_at: datetime
    memo: Mapping[str, Json]
    transfer_count: int


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer: both accounts, amount in minor units, and what became of it if it was pending."""

    id: int
    journal_id: int
    seq: int
    debit: AccountRef
    credit: AccountRef
    asset_scale: int
    amount: int
    phase: Phase
    pending_id: int | None
    resolved_by_journal_id: int | None
    effective_date: date


@dataclass(frozen=True, slots=True)
class TAccount:
    """What a journal posts to one account, left and right."""

    account: AccountRef
    asset_scale: int
    debits: tuple[int, ...]
    credits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JournalDetail:
    """A journal in full."""

    summary: JournalSummary
    lines: tuple[TransferLine, ...]

    @property
    def t_accounts(self) -> tuple[TAccount, ...]:
        """Posted legs by account, in order of first appearance; pending ones and voids are not in it."""
        sides: dict[AccountRef, tuple[int, list[int], list[int]]] = {}
        for line in self.lines:
            if line.phase in (Phase.POSTED, Phase.POST):
                sides.setdefault(line.debit, (line.asset_scale, [], []))[1].append(line.amount)
                sides.setdefault(line.credit, (line.asset_scale, [], []))[2].append(line.amount)
        return tuple(
            TAccount(account, scale, tuple(debits), tuple(credits))
            for account, (scale, debits, credits) in sides.items()
        )


def journals_list(
    *,
    book: str,
    kind: str | None = None,
    from_date: date | None = None,
    to_date: date | None = None,
    key_part: str = "",
    before_id: int | None = None,
    limit: int = 50,
) -> list[JournalSummary]:
    """The newest journals of a book that match; `before_id` of the last one gives the next page."""
    rows = JournalRow.objects.filter(book=book)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if from_date is not None:
        rows = rows.filter(effective_date__gte=from_date)
    if to_date is not None:
        rows = rows.filter(effective_date__lte=to_date)
    if key_part:
        rows = rows.filter(key__icontains=key_part)
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    page = list(rows.order_by("-id")[:limit])
    counted = Transfer.objects.filter(journal__in=[row.pk for row in page]).values_list(
        "journal_id"
    )
    counts = dict(counted.annotate(Count("id")).order_by())
    return [_summary(row, counts[row.pk]) for row in page]


def journal_detail(*, journal_id: int, book: str | None = None) -> JournalDetail:
    """One journal with its transfers. Raises DomainError("ledger.journal_unknown")."""
    row = JournalRow.objects.filter(Q(book=book) if book else Q(), pk=journal_id).first()
    if row is None:
        raise DomainError("ledger.journal_unknown", journal=journal_id)
    lines = _lines(Q(journal=row))
    return JournalDetail(_summary(row, len(lines)), lines)


def journal_find(*, key: str) -> int | None:
    """The id of the journal posted under a key, or None."""
    return JournalRow.objects.filter(key=key).values_list("pk", flat=True).first()


def pendings_list(
    *, book: str, code: str | None = None, owner: str | None = None, subject: str | None = None
) -> tuple[TransferLine, ...]:
    """Pending transfers not yet resolved whose credit account matches (a bid: code `hold`, its subject)."""
    filters = {"book": book, "code": code, "owner": owner, "subject": subject}
    accounts = Account.objects.filter(
        **{name: value for name, value in filters.items() if value is not None}
    )
    waiting = Q(credit__in=accounts.values("pk"), phase=Phase.PENDING, resolution__isnull=True)
    return _lines(waiting)


def _lines(which: Q) -> tuple[TransferLine, ...]:
    rows = (
        Transfer.objects.filter(which)
        .select_related("asset", "debit", "credit")
        .annotate(resolved_by=F("resolution__transfer__journal_id"))
        .order_by("journal_id", "seq")
    )
    return tuple(
        TransferLine(
            id=row.pk,
            journal_id=row.journal_id,
            seq=row.seq,
            debit=_ref(row.debit, row.asset.code),
            credit=_ref(row.credit, row.asset.code),
            asset_scale=row.asset.scale,
            amount=row.amount,
            phase=Phase(row.phase),
            pending_id=row.pending_id,
            resolved_by_journal_id=row.resolved_by,
            effective_date=row.effective_date,
        )
        for row in rows
    )


def _ref(account: Account, asset: str) -> AccountRef:
    return AccountRef(account.code, asset, account.owner, account.subject)


def _summary(row: JournalRow, transfer_count: int) -> JournalSummary:
    return JournalSummary(
        id=row.pk,
        key=row.key,
        kind=row.kind,
        book=row.book,
        effective_date=row.effective_date,
        booked_at=row.booked_at,
        memo=row.memo,
        transfer_count=transfer_count,
    )
