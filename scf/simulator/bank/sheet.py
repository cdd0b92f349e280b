"""Write a statement as the bank's own CSV: preamble, entries, footer. Pure.

The layout is described in ``docs/bank-statement.md``; Chinese banks write GB18030.
"""

from __future__ import annotations

import csv
import io

from scf.simulator.bank.values import Entry, Statement

HEADER = (
    "记账日期",
    "起息日",
    "交易流水号",
    "收入金额",
    "支出金额",
    "余额",
    "对方户名",
    "对方账号",
    "对方行名",
    "附言",
    "发票号",
    "端到端标识",
    "交易状态",
    "失败原因",
)
_FAILED, _BOOKED = "失败", "成功"


def bank_sheet_render(*, statement: Statement, encoding: str = "gb18030") -> bytes:
    """The statement as the bank's CSV; a refused payment is shown and moves no balance."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    day = statement.day.isoformat()
    writer.writerows(
        (
            ("账号", statement.account.number),
            ("户名", statement.account.holder_name),
            ("币种", statement.account.currency),
            ("对账单编号", statement.number),
            ("起止日期", day, day),
            ("期初余额", _amount(statement.opening_minor)),
            ("期末余额", _amount(statement.closing_minor)),
            HEADER,
        )
    )
    balance = statement.opening_minor
    for entry in statement.entries:
        if entry.is_booked:
            balance += entry.amount_minor
        writer.writerow(_entry_row(entry=entry, day=day, balance_minor=balance))
    booked = [entry.amount_minor for entry in statement.entries if entry.is_booked]
    writer.writerow(
        (
            "合计",
            len(booked),
            _amount(sum(amount for amount in booked if amount > 0)),
            _amount(-sum(amount for amount in booked if amount < 0)),
        )
    )
    return stream.getvalue().encode(encoding)


def _entry_row(*, entry: Entry, day: str, balance_minor: int) -> tuple[str, ...]:
    amount = _amount(abs(entry.amount_minor))
    incoming = entry.amount_minor > 0
    return (
        day,
        day,
        entry.reference,
        amount if incoming else "",
        "" if incoming else amount,
        _amount(balance_minor),
        entry.name,
        entry.account,
        entry.bank_name,
        entry.text,
        entry.invoice_no,
        entry.end_to_end_id,
        _BOOKED if entry.is_booked else _FAILED,
        entry.failure,
    )


def _amount(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"
