"""A Chinese bank's statement as CSV (docs/bank-statement.md) into StatementInput. Pure.

Preamble rows (账号, 户名, 期初余额 ...), one header row, booked lines, footer rows. A line that
looks like data and cannot be read refuses the whole file: nothing is skipped in silence.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ledger.errors import DomainError
from ledger.money import parse_minor
from scf.settlement.values import (
    EntryInput,
    PaymentResultInput,
    RemittanceReference,
    StatementInput,
)

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "booking_date": ("记账日期", "交易日期", "入账日期", "日期"),
    "value_date": ("起息日", "起息日期"),
    "reference": ("交易流水号", "银行流水号", "流水号", "日志号", "核心流水号"),
    "credit": ("收入金额", "贷方金额", "贷方发生额", "收入", "转入金额", "记账金额(收入)"),
    "debit": ("支出金额", "借方金额", "借方发生额", "支出", "转出金额", "记账金额(支出)"),
    "amount": ("交易金额", "发生额", "金额"),
    "direction": ("借贷标志", "借贷方向", "收支方向"),
    "balance": ("余额", "账户余额", "联机余额", "本次余额"),
    "name": ("对方户名", "对方名称", "对手信息", "对方单位"),
    "account": ("对方账号", "对方账户"),
    "text": ("附言", "摘要", "用途", "备注", "交易摘要", "交易附言", "客户摘要"),
    "invoices": ("发票号", "发票号码"),
    "end_to_end_id": ("端到端标识", "企业流水号", "客户端流水号"),
    "state": ("交易状态", "状态"),
    "reason": ("失败原因", "退回原因"),
}
_HEADS: Mapping[str, tuple[str, ...]] = {
    "account": ("账号", "卡号", "账户", "查询账号"),
    "currency": ("币种", "货币"),
    "number": ("对账单编号", "对账单号", "编号"),
    "period": ("起止日期", "查询日期", "日期范围", "对账日期"),
    "opening": ("期初余额", "上期余额", "承前余额"),
    "closing": ("期末余额", "本期余额", "当前余额"),
}
_FOOTER = re.compile(
    r"\A(合计|总计|小计|人民币合计|共\d*笔|打印|制表|以上|本页|说明|备注|※|[-=*]{2})"
)
_DATE = re.compile(r"(\d{4})[-/年.]?(\d{1,2})[-/月.]?(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?\Z")
_FAILED = {"失败", "退回", "拒绝", "交易失败", "FAILED"}
_BOOKED = {"", "成功", "已记账", "交易成功", "SUCCESS"}
_CURRENCIES = {"人民币": "CNY", "人民币元": "CNY", "RMB": "CNY"}
_YEARS = range(1990, 2100)
Row = tuple[int, list[str]]


def bank_csv_parse(*, content: bytes) -> tuple[StatementInput, ...]:
    """The one statement of the file; amounts in fen.

    Raises DomainError settlement.file_encoding, file_empty, column_missing, cell_invalid,
    amount_absurd.
    """
    rows, place = _rows(content)
    columns = _columns(rows[place][1])
    _columns_check(columns)
    head = _head(rows[:place])
    entries: list[EntryInput] = []
    results: list[PaymentResultInput] = []
    for line, cells in _data(rows[place + 1 :], columns):
        _line_read(_Line(line, cells, columns), entries, results)
    return (_statement(head, entries, results),)


class _Line:
    """One data row: cells by meaning, with the place that an error names."""

    def __init__(self, number: int, cells: Sequence[str], columns: Mapping[str, list[int]]) -> None:
        self.place = f"line {number}"
        self._cells = cells
        self._columns = columns

    def text(self, name: str) -> str:
        places = self._columns.get(name, [])
        found = (self._cells[place] for place in places if place < len(self._cells))
        return " ".join(dict.fromkeys(cell for cell in found if cell))

    def minor(self, name: str) -> int:
        return _minor(self.text(name), self.place, _COLUMNS[name][0]) if self.text(name) else 0

    def date(self, name: str) -> date:
        return _date(self.text(name), self.place, _COLUMNS[name][0])

    def invalid(self, name: str) -> DomainError:
        return _invalid(self.place, _COLUMNS[name][0], self.text(name))

    def signed(self) -> int:
        """Money in is positive; exactly one side may be filled."""
        if self.text("amount") and not (self.text("credit") or self.text("debit")):
            amount = self.minor("amount")
            side = self.text("direction")
            if side in ("借", "支", "支出", "付"):
                return -abs(amount)
            return abs(amount) if side in ("贷", "收", "收入") else amount
        credit, debit = self.minor("credit"), self.minor("debit")
        if credit and debit:
            raise self.invalid("credit")
        return credit - debit


def _line_read(line: _Line, entries: list[EntryInput], results: list[PaymentResultInput]) -> None:
    amount, state = line.signed(), line.text("state").upper()
    if state in _FAILED:
        if not line.text("end_to_end_id"):
            raise line.invalid("end_to_end_id")
        results.append(
            PaymentResultInput(
                end_to_end_id=line.text("end_to_end_id"),
                reason_code="BANK",
                reason=line.text("reason"),
                amount_minor=abs(amount),
                place=line.place,
            )
        )
        return
    if state not in _BOOKED:  # 处理中 and the like: not booked, so it cannot stand in a statement
        raise line.invalid("state")
    booking_date = line.date("booking_date")
    if amount == 0:
        return
    entries.append(
        EntryInput(
            amount_minor=amount,
            booking_date=booking_date,
            value_date=line.date("value_date") if line.text("value_date") else booking_date,
            bank_reference=line.text("reference"),
            remittance=line.text("text"),
            references=tuple(
                RemittanceReference(number)
                for number in re.split(r"[,;、，；\s]+", line.text("invoices"))
                if number
            ),
            counterparty_name=line.text("name"),
            counterparty_account=re.sub(r"\s", "", line.text("account")),
            end_to_end_id=line.text("end_to_end_id"),
            balance_minor=line.minor("balance") if line.text("balance") else None,
            place=line.place,
        )
    )


def _rows(content: bytes) -> tuple[list[Row], int]:
    """The rows that hold anything, split by the delimiter that shows a header row; its place."""
    text = _decode(content)
    rows: list[Row] = []
    for delimiter in ",\t;":
        rows = list(_split(text, delimiter))
        for place, (_, cells) in enumerate(rows):
            if _is_header(cells):
                return rows, place
    if not rows:
        raise DomainError("settlement.file_empty")
    raise DomainError("settlement.column_missing", column=_COLUMNS["booking_date"][0])


def _split(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for cells in reader:
            plain = [_clean(cell) for cell in cells]
            if any(plain):
                yield reader.line_num, plain
    except csv.Error as error:
        raise DomainError(
            "settlement.file_unreadable", place=f"line {reader.line_num}", detail=str(error)
        ) from error


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DomainError("settlement.file_encoding")


def _clean(cell: str) -> str:
    """A cell without the padding, tabs and ="..." that keep spreadsheets from eating digits."""
    plain = cell.strip().removeprefix("=").strip("\"'` \t")
    return "" if plain in ("-", "--") else plain


def _key(cell: str) -> str:
    return re.sub(r"[\s_*]", "", unicodedata.normalize("NFKC", cell))


def _is_header(cells: Sequence[str]) -> bool:
    keys = {_key(cell) for cell in cells}
    return len(keys) >= 3 and bool(keys & set(_COLUMNS["booking_date"]))


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    """Meaning -> columns; only texts may have several, they are read together."""
    keys = [_key(cell) for cell in header]
    found: dict[str, list[int]] = {}
    for name, aliases in _COLUMNS.items():
        places = [keys.index(alias) for alias in aliases if alias in keys]
        if places:
            found[name] = places if name == "text" else places[:1]
    return found


def _columns_check(columns: Mapping[str, list[int]]) -> None:
    if "amount" not in columns and not {"credit", "debit"} <= columns.keys():
        raise DomainError("settlement.column_missing", column="收入金额 / 支出金额")


def _head(rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    """Preamble: name -> (value, place) from "账号,622..." or "账号：622..." cells."""
    found: dict[str, list[tuple[str, str]]] = {}
    for number, cells in rows:
        for at, cell in enumerate(cells):
            key, _, value = unicodedata.normalize("NFKC", cell).partition(":")
            name = next((name for name, words in _HEADS.items() if _key(key) in words), None)
            if name is None:
                continue
            values = [value.strip()] if value else [each for each in cells[at + 1 :] if each]
            found.setdefault(name, [(each, f"line {number}") for each in values])
    return found


def _data(rows: Sequence[Row], columns: Mapping[str, list[int]]) -> Iterator[Row]:
    """Data rows; the documented footer counts the booked ones, and is believed."""
    count = 0
    for number, cells in rows:
        first = next(cell for cell in cells if cell)
        if _FOOTER.match(first):
            stated = cells[1] if len(cells) > 1 and first in ("合计", "总计") else ""
            if stated.isdigit() and int(stated) != count:
                raise _invalid(f"line {number}", first, stated)
            continue
        line = _Line(number, cells, columns)
        if not line.text("booking_date") and not any(
            line.text(name) for name in ("credit", "debit", "amount")
        ):
            continue  # a remark between or below the lines
        line.date("booking_date")
        count += line.text("state").upper() not in _FAILED
        yield number, cells


def _statement(
    head: Mapping[str, list[tuple[str, str]]],
    entries: list[EntryInput],
    results: list[PaymentResultInput],
) -> StatementInput:
    booked = [entry.booking_date for entry in entries]
    period = [_date(text, place, "起止日期") for text, place in _period(head.get("period", []))]
    if not booked and not period:
        raise DomainError("settlement.file_empty")
    to_date = max(booked + period)
    opening, closing = _stated(head, "opening"), _stated(head, "closing")
    if opening is None or closing is None:
        derived = _derived(entries)
        opening = derived[0] if opening is None else opening
        closing = derived[1] if closing is None else closing
    currency = head.get("currency", [("CNY", "")])[0][0].upper()
    return StatementInput(
        account_number=re.sub(r"\s", "", head["account"][0][0]) if head.get("account") else "",
        currency=_CURRENCIES.get(currency, currency),
        number=head["number"][0][0] if head.get("number") else to_date.isoformat(),
        from_date=min(booked + period),
        to_date=to_date,
        opening_minor=opening,
        closing_minor=closing,
        entries=tuple(entries),
        results=tuple(results),
        format="bank-csv",
    )


def _period(values: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for text, place in values:
        for part in re.split(r"至|到|~|—|--|\s+-\s+", text):
            if part.strip():
                yield part.strip(), place


def _stated(head: Mapping[str, list[tuple[str, str]]], name: str) -> int | None:
    if not head.get(name):
        return None
    text, place = head[name][0]
    return _minor(text, place, _HEADS[name][0])


def _derived(entries: Sequence[EntryInput]) -> tuple[int | None, int | None]:
    """Opening and closing from the running balance, whichever way the lines are sorted."""
    for ordered in (entries, entries[::-1]):
        chain = [(entry.balance_minor, entry.amount_minor) for entry in ordered]
        if not chain or any(balance is None for balance, _ in chain):
            return None, None
        balances = [balance or 0 for balance, _ in chain]
        opening = balances[0] - chain[0][1]
        if all(
            after == before + moved
            for before, after, (_, moved) in zip(
                [opening, *balances], balances, chain, strict=False
            )
        ):
            return opening, balances[-1]
    return None, None


def _minor(text: str, place: str, column: str) -> int:
    plain = re.sub(r"\A[¥￥]|元\Z|\s", "", unicodedata.normalize("NFKC", text))
    try:
        return parse_minor(plain)
    except DomainError as error:
        raise _invalid(place, column, text) from error


def _date(text: str, place: str, column: str) -> date:
    match = _DATE.match(unicodedata.normalize("NFKC", text))
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise _invalid(place, column, text)
    return found


def _invalid(place: str, column: str, value: str) -> DomainError:
    return DomainError("settlement.cell_invalid", place=place, column=column, value=value[:40])
