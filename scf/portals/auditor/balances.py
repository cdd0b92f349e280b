"""账户余额: the trial balance as of any date, and the statement of any account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ledger.queries import Entry, Statement, account_statement, trial_balance
from ledger.values import AccountRef, Balance
from scf.network.values import Role
from scf.portals.auditor.names import account_href, account_text, refs_named
from scf.portals.components import Empty
from scf.portals.journal_words import kind_word
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Pick, Table

Row = tuple[AccountRef, Balance]


@portal_view(role=Role.AUDITOR)
def balances(request: PortalRequest) -> HttpResponse:
    """Every account with a balance at the end of a day."""
    as_of = _as_of(request)
    rows = trial_balance(book=request.programme.book, as_of=as_of)
    named = refs_named(one for ref, _sums in rows for one in (ref.owner, ref.subject))
    return page(
        request,
        "auditor/balances.html",
        {"balances": _table(rows, named), "as_of": as_of},
    )


def _as_of(request: PortalRequest) -> date:
    try:
        return parse_date(request.GET.get("as_of", "")) or request.business_date
    except ValueError:
        return request.business_date


def _table(rows: Sequence[Row], named: Mapping[str, str]) -> Table[Row]:
    return Table(
        id="balances",
        rows=rows,
        export="trial-balance",
        columns=[
            Column(
                "account",
                _("账户"),
                lambda r: account_text(r[0], named),
                href=lambda r: account_href(r[0]),
                strong=True,
                phone=1,
            ),
            Column("code", _("科目"), lambda r: r[0].code),
            Column("asset", _("资产"), lambda r: r[0].asset, phone=3),
            Column("debit", _("借方累计"), lambda r: _shown(r[0], r[1].dr_posted), kind="money"),
            Column("credit", _("贷方累计"), lambda r: _shown(r[0], r[1].cr_posted), kind="money"),
            Column(
                "net",
                _("余额"),
                lambda r: _shown(r[0], r[1].net),
                kind="money",
                strong=True,
                phone=2,
            ),
        ],
        picks=[
            Pick("asset", _("资产"), lambda r: r[0].asset),
            Pick("code", _("科目"), lambda r: r[0].code),
        ],
        search=lambda r: (account_text(r[0], named), r[0].code),
        search_hint=_("账户 / 户主 / 债权 / 产品"),
        empty=Empty(_("这一天还没有余额"), _("换一个日期"), icon="file-text"),
    )


def _shown(ref: AccountRef, amount: int) -> int:
    """Units have no fen: shown as hundredths they read 9,372.00 in a column of sums."""
    return amount * 100 if ref.asset.startswith("U:") else amount


@portal_view(role=Role.AUDITOR)
def account(request: PortalRequest) -> HttpResponse:
    """One account's entries with the running balance."""
    asked = {name: request.GET.get(name, "") for name in ("code", "asset", "owner", "subject")}
    ref = AccountRef(**asked)
    statement = account_statement(ref=ref, book=request.programme.book)
    named = refs_named([ref.owner, ref.subject, *_others(statement)])
    return page(
        request,
        "auditor/account.html",
        {
            "title": account_text(ref, named),
            "ref": ref,
            "entries": _entries_table(ref, statement, named),
            "closing": _shown(ref, statement.closing),
            "is_complete": statement.is_complete,
        },
    )


def _others(statement: Statement) -> list[str]:
    return [one for entry in statement.entries for one in (entry.other.owner, entry.other.subject)]


def _entries_table(
    ref: AccountRef, statement: Statement, named: Mapping[str, str]
) -> Table[tuple[Entry, int]]:
    rows = list(zip(statement.entries, statement.running, strict=True))
    return Table(
        id="entries",
        rows=rows,
        export="account",
        columns=[
            Column("on", _("入账"), lambda r: r[0].effective_date, kind="date", phone=4),
            Column(
                "journal",
                _("凭证号"),
                lambda r: f"J-{r[0].journal_id}",
                href=lambda r: reverse("auditor:journal", args=[r[0].journal_id]),
                phone=1,
            ),
            Column("kind", _("类别"), lambda r: kind_word(r[0].kind), phone=3),
            Column("other", _("对方账户"), lambda r: account_text(r[0].other, named)),
            Column(
                "debit",
                _("借"),
                lambda r: _shown(ref, r[0].posted) if r[0].side == "debit" else None,
                kind="money",
            ),
            Column(
                "credit",
                _("贷"),
                lambda r: _shown(ref, r[0].posted) if r[0].side == "credit" else None,
                kind="money",
            ),
            Column(
                "pending",
                _("挂账"),
                lambda r: _shown(ref, r[0].pending) if r[0].pending else None,
                kind="money",
            ),
            Column(
                "balance",
                _("余额"),
                lambda r: _shown(ref, r[1]),
                kind="money",
                strong=True,
                phone=2,
            ),
        ],
        empty=Empty(_("这个账户还没有分录"), "", reverse("auditor:balances"), _("看全部账户")),
    )
