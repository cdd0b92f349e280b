from __future__ import annotations

import csv
import io

from scf.simulator.bank.sheet import HEADER, bank_sheet_render
from tests.scf.simulator.bank.scenes import ESCROW, statement


def _rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO(bank_sheet_render(statement=statement()).decode("gb18030"))))


def test_the_preamble_names_account_and_balances() -> None:
    preamble = {row[0]: row[1] for row in _rows()[:7]}
    assert preamble["账号"] == ESCROW.number
    assert preamble["期初余额"] == "0.00"
    assert preamble["期末余额"] == "564,186.54"


def test_the_running_balance_ends_at_the_closing_balance() -> None:
    rows = _rows()
    assert tuple(rows[7]) == HEADER
    entries = [dict(zip(HEADER, row, strict=True)) for row in rows[8:-1]]
    assert [entry["余额"] for entry in entries][-1] == "564,186.54"
    assert entries[-1]["交易状态"] == "失败"
    assert entries[-1]["失败原因"] == "收款账户已销户"


def test_the_footer_counts_what_was_booked() -> None:
    assert _rows()[-1] == ["合计", "3", "1,500,000.00", "935,813.46"]
