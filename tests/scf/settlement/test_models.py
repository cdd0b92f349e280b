"""What the database itself refuses, whatever the code above it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import F

from scf.settlement.models import (
    Allocation,
    BankEntry,
    BankStatement,
    Payout,
    PayoutBatch,
    StatementFile,
    Withdrawal,
)
from tests.scf.settlement.scenes import AT, TODAY, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Scene:
    """An entry of 7.00 allocated as a deposit, and a payout of it prepared."""
    made = scene()
    made.deposit("A", 700)
    made.owe("A", made.cash.payable(made.world.party("supplier")), 700)
    made.send()
    return made


def refuses(name: str, change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def setting(model: type[models.Model], **values: Any) -> Callable[[], object]:
    return lambda: model._default_manager.update(**values)


def test_an_entry_never_allocates_more_than_it_has(bank: Scene) -> None:
    refuses("entry_allocates_what_it_has", setting(BankEntry, allocated_minor=701))
    refuses("entry_allocates_what_it_has", setting(BankEntry, allocated_minor=-1))
    refuses("entry_allocates_what_it_has", setting(BankEntry, amount_minor=0, allocated_minor=0))


def test_an_unposted_entry_allocates_nothing(bank: Scene) -> None:
    refuses("entry_allocates_only_posted", setting(BankEntry, journal_id=None))


@pytest.mark.parametrize(
    ("allocated", "state"), [(0, "unallocated"), (1, "partly"), (700, "allocated")]
)
def test_an_entrys_state_is_what_is_allocated(bank: Scene, allocated: int, state: str) -> None:
    BankEntry.objects.update(allocated_minor=allocated)
    assert BankEntry.objects.get().state == state


def test_an_entry_is_known_once(bank: Scene) -> None:
    entry = BankEntry.objects.get()
    entry.pk = None
    refuses("entry_once", entry.save)


def test_a_statement_posts_balanced_or_answered_for(bank: Scene) -> None:
    refuses("statement_posts_balanced_or_acknowledged", setting(BankStatement, difference_minor=1))
    refuses(
        "statement_posts_balanced_or_acknowledged", setting(BankStatement, difference_minor=None)
    )
    refuses("statement_posted_says_when", setting(BankStatement, posted_date=None))
    refuses("statement_posted_says_when", setting(BankStatement, state="lost"))


def test_a_file_is_kept_once(bank: Scene) -> None:
    stored = StatementFile.objects.get()
    stored.pk = None
    refuses("statement_file_once", stored.save)


def test_an_allocation_is_positive_known_and_once(bank: Scene) -> None:
    refuses("allocation_positive", setting(Allocation, amount_minor=0))
    refuses("allocation_kind_known", setting(Allocation, kind="gift"))
    refuses("allocation_names_its_journal", setting(Allocation, journal_id=None))
    again = Allocation.objects.get()
    again.pk = None
    refuses("allocation_once", again.save)
    Allocation.objects.update(undone_at=AT)
    again.save()
    assert Allocation.objects.filter(undone_at=None).count() == 1


def test_a_payout_is_positive_and_says_why_it_failed(bank: Scene) -> None:
    refuses("payout_positive", setting(Payout, amount_minor=0))
    refuses("payout_state_known", setting(Payout, state="lost"))
    refuses("payout_purpose_known", setting(Payout, purpose="gift"))
    refuses("payout_failed_says_why", setting(Payout, state="rejected"))


def test_a_sent_batch_has_its_file(bank: Scene) -> None:
    refuses("payout_batch_sent_has_its_file", setting(PayoutBatch, file_hash=""))
    refuses("payout_batch_sent_has_its_file", setting(PayoutBatch, sent_at=None))
    refuses("payout_batch_number", lambda: _copied(PayoutBatch))


def test_failed_money_gets_one_new_instruction(bank: Scene) -> None:
    payout = Payout.objects.get()
    first = Payout.objects.get()
    first.pk, first.line_no, first.end_to_end_id, first.replaces = None, 2, "X2", payout
    first.save()
    first.pk, first.line_no, first.end_to_end_id = None, 3, "X3"
    refuses("replaces_id", first.save)


def test_a_withdrawal_names_its_payout_once_instructed(bank: Scene) -> None:
    wish = Withdrawal(
        programme_id=bank.id,
        party_id=bank.world.party("A"),
        key="k",
        amount_minor=5,
        pending_id=1,
        made_by_id=bank.actor("A").user_id,
        made_at=AT,
    )
    wish.save()
    refuses("withdrawal_instructed_names_its_payout", setting(Withdrawal, state="sent"))
    refuses("withdrawal_positive", setting(Withdrawal, amount_minor=F("amount_minor") - 5))
    refuses("withdrawal_once", lambda: _copied(Withdrawal))
    assert Withdrawal.objects.get().made_at.date() == TODAY


def _copied(model: type[models.Model]) -> None:
    row = model._default_manager.get()
    row.pk = None
    row.save()
