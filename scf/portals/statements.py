"""对账单: the versions that were issued, and one of them as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from scf.portals.components import Empty
from scf.portals.export import export_response
from scf.portals.figures import short_hash
from scf.portals.tables import Column, Table, Window
from scf.portals.words import account_word
from scf.settlement.queries.party_statements import PartyStatementFacts

MONTHS_SHOWN = 12


def month_of(text: str, *, on: date) -> date:
    """The first day of ``2026-03``; anything else is the month of ``on``."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and 2000 <= int(year) <= 2100:
        return date(int(year), min(max(int(month), 1), 12), 1)
    return on.replace(day=1)


def months_until(on: date) -> list[str]:
    """The months a statement can be asked for, this one first."""
    index = on.year * 12 + on.month - 1
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(index, index - MONTHS_SHOWN, -1)]


def statements_table(
    rows: Sequence[PartyStatementFacts], *, href: Any
) -> Table[PartyStatementFacts]:
    """Month, version, when, fingerprint; ``href(id)`` is its file."""
    return Table(
        id="statements",
        prefix="s.",
        rows=rows,
        export="statements",
        columns=[
            Column(
                "number",
                _("对账单"),
                lambda r: r.number,
                sub=lambda r: short_hash(r.content_hash),
                href=lambda r: str(href(r.id)),
                strong=True,
                phone=1,
            ),
            Column("month", _("月份"), lambda r: r.month_date.isoformat()[:7], phone=2),
            Column("version", _("版本"), lambda r: r.version, kind="count", phone=4),
            Column("on", _("营业日"), lambda r: r.business_date, kind="date"),
            Column("at", _("出具"), lambda r: r.issued_at, kind="moment", phone=3),
        ],
        empty=Empty(
            _("还没有出具过对账单"), _("选择月份后出具；之后有更正会成为新的一版"), icon="file-text"
        ),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    account: str
    value_date: str
    kind: str
    amount_minor: int
    journal: str


def statement_file(statement: PartyStatementFacts, *, kinds: Any, kind: str) -> HttpResponse:
    """One version as CSV or XLSX; ``kinds`` words a journal's kind."""
    lines = []
    for account in statement.content["accounts"]:
        word = str(account_word(account["code"]))
        lines.append(_Line(word, "", _("期初"), account["opening_minor"], ""))
        lines += [
            _Line(
                word, one["value_date"], str(kinds(one["kind"])), one["amount_minor"],
                str(one["journal"]),
            )
            for one in account["lines"]
        ]  # fmt: skip
        lines.append(_Line(word, "", _("期末"), account["closing_minor"], ""))
    lines.append(_Line("SHA-256", "", statement.content_hash, 0, ""))
    table: Table[_Line] = Table(
        id="statement",
        rows=lines,
        export=statement.number,
        columns=[
            Column("account", _("账户"), lambda r: r.account),
            Column("on", _("起息日"), lambda r: r.value_date),
            Column("kind", _("类型"), lambda r: r.kind),
            Column("amount", _("金额"), lambda r: r.amount_minor, kind="money"),
            Column("journal", _("凭证号"), lambda r: r.journal),
        ],
    )
    return export_response(table, Window(lines, len(lines), len(lines)), kind=kind)
