"""The bank's CSV: preamble, lines, footer; nothing is skipped in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.errors import DomainError
from scf.imports.parsers.bank_csv import bank_csv_parse
from scf.settlement.values import RemittanceReference, StatementInput

SAMPLES = Path(__file__).parents[4].parent / "shared" / "data" / "bank-sheets" / "cn-banks"
HEAD = (
    "账号,6222000000000926\n户名,活水平台托管户\n币种,CNY\n对账单编号,20260318-01\n"
    '起止日期,2026-03-18,2026-03-18\n期初余额,0.00\n期末余额,"937,100.00"\n'
)
COLUMNS = (
    "记账日期,起息日,交易流水号,收入金额,支出金额,余额,对方户名,对方账号,对方行名,附言,"
    "发票号,端到端标识,交易状态,失败原因\n"
)
LINES = (
    '2026-03-18,2026-03-17,T1,"937,200.00",,937200.00,怀谷稳健一号,6217 0000 8802,招商银行,'
    "认购入金,INV-1;INV-2,,成功,\n"
    "2026-03-18,,T2,,100.00,937100.00,澄岳注塑,62174471,建设银行,货款,,HS1B1N2,,\n"
    "2026-03-18,,T3,,55.00,937100.00,临江禾木,62170000,建设银行,货款,,HS1B1N3,失败,账号户名不符\n"
)
FOOT = "合计,2,937200.00,100.00\n打印时间:2026-03-18 20:00\n"
SHEET = HEAD + COLUMNS + LINES + FOOT


def only(text: str, encoding: str = "utf-8") -> StatementInput:
    (statement,) = bank_csv_parse(content=text.encode(encoding))
    return statement


def test_the_documented_layout_is_read() -> None:
    statement = only(SHEET)
    assert statement.account_number == "6222000000000926"
    assert (statement.number, statement.currency) == ("20260318-01", "CNY")
    assert (statement.opening_minor, statement.closing_minor) == (0, 93_710_000)
    assert statement.difference_minor == 0
    paid_in, paid_out = statement.entries
    assert (paid_in.amount_minor, paid_in.value_date) == (93_720_000, date(2026, 3, 17))
    assert paid_in.counterparty_account == "621700008802"
    assert paid_in.references == (RemittanceReference("INV-1"), RemittanceReference("INV-2"))
    assert (paid_out.amount_minor, paid_out.end_to_end_id) == (-10_000, "HS1B1N2")
    assert paid_out.value_date == date(2026, 3, 18)
    assert paid_out.place == "line 10"


def test_a_refused_payment_moves_no_money() -> None:
    (refused,) = only(SHEET).results
    assert (refused.end_to_end_id, refused.reason) == ("HS1B1N3", "账号户名不符")
    assert refused.amount_minor == 5_500


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_statement(encoding: str) -> None:
    assert only(SHEET, encoding) == only(SHEET)


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_are_found(delimiter: str) -> None:
    text = (HEAD + COLUMNS + LINES).replace('"937,200.00"', "937200.00")
    text = text.replace('"937,100.00"', "937100.00").replace("INV-1;INV-2", "INV-1 INV-2")
    assert only(text.replace(",", delimiter)).entries[0].amount_minor == 93_720_000


def test_a_signed_amount_or_a_side_is_read_too() -> None:
    text = "账号：6222\n交易日期,发生额,借贷标志,摘要\n20260318,100.00,借,a\n2026/3/18,5.00,贷,b\n"
    assert [each.amount_minor for each in only(text).entries] == [-10_000, 500]
    text = "账号：6222\n交易日期,交易金额,摘要\n2026年3月18日,-100.00,a\n2026-03-18,+5.00,b\n"
    assert [each.amount_minor for each in only(text).entries] == [-10_000, 500]


@pytest.mark.parametrize("newest_first", [False, True])
def test_balances_are_derived_from_the_running_balance(newest_first: bool) -> None:
    lines = ["2026-03-17,10.00,,110.00\n", "2026-03-18,,30.00,80.00\n"]
    if newest_first:
        lines.reverse()
    statement = only("账号,6222\n日期,收入,支出,余额\n" + "".join(lines))
    assert (statement.opening_minor, statement.closing_minor) == (10_000, 8_000)
    assert (statement.from_date, statement.to_date) == (date(2026, 3, 17), date(2026, 3, 18))


def test_a_broken_running_balance_proves_nothing() -> None:
    text = "账号,6222\n日期,收入,支出,余额\n2026-03-17,10.00,,110.00\n2026-03-18,,30.00,81.00\n"
    assert only(text).difference_minor is None


def test_a_day_without_movement_is_a_statement() -> None:
    statement = only(HEAD.replace('"937,100.00"', "0.00") + COLUMNS + "合计,0,0.00,0.00\n")
    assert statement.entries == ()
    assert statement.difference_minor == 0


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ("", "settlement.file_empty", None),
        ("姓名,年龄\n张三,5\n", "settlement.column_missing", "记账日期"),
        ("日期,摘要,户名\n2026-03-18,a,b\n", "settlement.column_missing", "收入金额 / 支出金额"),
        ("日期,收入,支出\n合计,0,0\n", "settlement.file_empty", None),
        (SHEET.replace("2026-03-18,,T2", "03/18/26,,T2"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace("2026-03-18,,T2", "1926-03-18,,T2"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace(",100.00,937100", ",100.005,937100"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace(",100.00,937100", ",=1+1,937100"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace(",,100.00", ",100.00,100.00"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace("HS1B1N2,,", "HS1B1N2,处理中,"), "settlement.cell_invalid", "line 10"),
        (SHEET.replace("HS1B1N3", ""), "settlement.cell_invalid", "line 11"),
        (SHEET.replace("合计,2", "合计,3"), "settlement.cell_invalid", "line 12"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    text: str, code: str, fact: str | None
) -> None:
    with pytest.raises(DomainError) as refusal:
        only(text)
    assert refusal.value.code == code
    assert fact is None or fact in refusal.value.facts.values()


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(DomainError, match="file_encoding"):
        bank_csv_parse(content=b"\xff\x00\xff\x81\xff")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="sample data is not beside the repository")
def test_debit_card_sheets_of_real_banks_are_read_or_refused_by_cell() -> None:
    read = {"abc_debit/example-abc_debit-records.csv": 4, "cmb/debit/example-cmb-records.csv": 5}
    for place, count in read.items():
        (statement,) = bank_csv_parse(content=(SAMPLES / place).read_bytes())
        assert len(statement.entries) == count
    anonymised = SAMPLES / "icbc/debit-v2/example-icbc-debit-v2-records.csv"  # xx,yyyy.zz
    with pytest.raises(DomainError, match="cell_invalid"):
        bank_csv_parse(content=anonymised.read_bytes())
