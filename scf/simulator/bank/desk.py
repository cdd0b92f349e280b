"""The bank's desk: what it was asked and what came in become the day's statement. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from scf.simulator.bank.values import Entry, EscrowAccount, Incoming, Instruction, Statement

ACCOUNT_CLOSED = "收款账户已销户"


def statement_make(
    *,
    account: EscrowAccount,
    day: date,
    sequence: int,
    opening_minor: int,
    incoming: Iterable[Incoming] = (),
    instructions: Iterable[Instruction] = (),
    refused: Mapping[str, str] | None = None,
    returned: Collection[Instruction] = (),
) -> Statement:
    """The statement of ``day``: money in first, then the payments that it covers.

    ``refused`` maps an end-to-end id to the bank's reason; a payment beyond the balance is
    refused too. ``returned`` are payments of earlier days that come back after the debit.
    ``sequence`` numbers the statements of one day from 1.
    """
    number = f"{day:%Y%m%d}-{sequence:02d}"
    entries = [_incoming_entry(item) for item in incoming]
    entries += [_return_entry(item) for item in returned]
    balance = opening_minor + sum(entry.amount_minor for entry in entries)
    for instruction in instructions:
        failure = (refused or {}).get(instruction.end_to_end_id, "")
        if not failure and instruction.amount_minor > balance:
            failure = "账户余额不足"
        entries.append(_payment_entry(instruction, failure=failure))
        if not failure:
            balance -= instruction.amount_minor
    return Statement(
        account=account,
        number=number,
        day=day,
        opening_minor=opening_minor,
        entries=tuple(
            replace(entry, reference=f"{number}-{line:05d}")
            for line, entry in enumerate(entries, start=1)
        ),
    )


def _incoming_entry(item: Incoming) -> Entry:
    return Entry(
        reference="",
        amount_minor=item.amount_minor,
        name=item.name,
        account=item.account,
        text=item.text,
        bank_name=item.bank_name,
        invoice_no=item.invoice_no,
    )


def _payment_entry(item: Instruction, *, failure: str) -> Entry:
    return Entry(
        reference="",
        amount_minor=-item.amount_minor,
        name=item.name,
        account=item.account,
        text=item.text,
        end_to_end_id=item.end_to_end_id,
        failure=failure,
    )


def _return_entry(item: Instruction) -> Entry:
    return Entry(
        reference="",
        amount_minor=item.amount_minor,
        name=item.name,
        account=item.account,
        text="退汇",
        end_to_end_id=item.end_to_end_id,
    )
