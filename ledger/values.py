"""What goes into the books and what comes out, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias

from ledger.chart import Side, account_code

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"


class Phase(IntEnum):
    """POSTED moves at once; PENDING reserves; POST and VOID resolve a pending transfer, once."""

    POSTED = 1
    PENDING = 2
    POST = 3
    VOID = 4


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account's natural key inside a book; opened on demand by the first posting that names it."""

    code: str
    asset: str
    owner: str = ""
    subject: str = ""

    @property
    def side(self) -> Side:
        """The side on which this account grows. Raises DomainError("ledger.account_unknown")."""
        return account_code(code=self.code, asset=self.asset).side


_FROM_PENDING = AccountRef("", "")
WHOLE = 0


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer: debit, credit, amount > 0 in the asset's minor units, posted unless it says otherwise."""

    debit: AccountRef
    credit: AccountRef
    amount: int
    phase: Phase = Phase.POSTED
    pending_id: int | None = None

    @staticmethod
    def pending(debit: AccountRef, credit: AccountRef, amount: int) -> Leg:
        """Reserve `amount`: it counts against the debit account's limit, and is nobody else's yet."""
        return Leg(debit, credit, amount, Phase.PENDING)

    @staticmethod
    def post(pending_id: int, amount: int | None = None) -> Leg:
        """Complete a pending transfer, wholly or in part; a partial post releases the remainder."""
        return Leg(
            _FROM_PENDING,
            _FROM_PENDING,
            WHOLE if amount is None else amount,
            Phase.POST,
            pending_id,
        )

    @staticmethod
    def void(pending_id: int) -> Leg:
        """Release a pending transfer."""
        return Leg(_FROM_PENDING, _FROM_PENDING, WHOLE, Phase.VOID, pending_id)


@dataclass(frozen=True, slots=True)
class JournalRequest:
    """A journal to post: all its legs or none, under one idempotency key."""

    key: str
    kind: str
    book: str
    legs: Sequence[Leg]
    effective_date: date
    booked_at: datetime
    memo: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Journal:
    """A posted journal. `created` is False when the key had been posted before with the same request."""

    id: int
    created: bool
    transfer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Sums of an account in minor units; `side` is the side on which it grows."""

    dr_posted: int = 0
    cr_posted: int = 0
    dr_pending: int = 0
    cr_pending: int = 0
    side: Side = "credit"

    @property
    def net(self) -> int:
        """Posted balance in the account's normal direction."""
        posted = self.cr_posted - self.dr_posted
        return posted if self.side == "credit" else -posted

    @property
    def free(self) -> int:
        """What may still leave: net less what is pending to leave."""
        return self.net - (self.dr_pending if self.side == "credit" else self.cr_pending)
