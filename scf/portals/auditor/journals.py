"""日记账: every journal, its legs, its T-accounts, and what caused it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.queries import JournalSummary, TAccount, TransferLine, journal_detail, journals_list
from ledger.values import Phase
from scf.network.values import Role
from scf.portals.auditor.names import account_href, account_text, refs_named
from scf.portals.components import Empty
from scf.portals.components import TAccount as TCard
from scf.portals.figures import count, money
from scf.portals.journal_words import KINDS, kind_word
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Table

MOST = 500
MEMO = {
    "claim": gettext_lazy("债权"),
    "series": gettext_lazy("产品"),
    "entry": gettext_lazy("银行流水"),
    "payout": gettext_lazy("付款"),
    "statement": gettext_lazy("对账单"),
    "party": gettext_lazy("企业"),
}


@portal_view(role=Role.AUDITOR)
def journals(request: PortalRequest) -> HttpResponse:
    """The newest journals that match kind, dates and a part of the key."""
    kind = request.GET.get("kind", "")
    found = journals_list(
        book=request.programme.book,
        kind=kind or None,
        from_date=_day(request.GET.get("from")),
        to_date=_day(request.GET.get("to")),
        key_part=request.GET.get("key", "")[:80],
        limit=MOST,
    )
    named = refs_named(str(value) for row in found for value in row.memo.values())
    return page(
        request,
        "auditor/journals.html",
        {
            "journals": _table(found, named),
            "kinds": sorted((code, str(word)) for code, word in KINDS.items()),
            "asked": {name: request.GET.get(name, "") for name in ("kind", "from", "to", "key")},
            "most": MOST if len(found) == MOST else 0,
        },
    )


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _table(rows: Sequence[JournalSummary], named: Mapping[str, str]) -> Table[JournalSummary]:
    return Table(
        id="journals",
        rows=rows,
        export="journals",
        columns=[
            Column(
                "id",
                _("凭证号"),
                lambda r: f"J-{r.id}",
                href=lambda r: reverse("auditor:journal", args=[r.id]),
                strong=True,
                phone=1,
            ),
            Column("on", _("入账"), lambda r: r.effective_date, kind="date", phone=4),
            Column("kind", _("类别"), lambda r: kind_word(r.kind), phone=3),
            Column(
                "text",
                _("摘要"),
                lambda r: " · ".join(named.get(str(one), str(one)) for one in r.memo.values()),
            ),
            Column("legs", _("行"), lambda r: r.transfer_count, kind="count", phone=2),
            Column("at", _("过账时间"), lambda r: r.booked_at, kind="moment"),
            Column("key", _("幂等键"), lambda r: r.key),
        ],
        empty=Empty(_("没有符合条件的凭证"), _("放宽类别或日期再看"), icon="file-text"),
    )


@portal_view(role=Role.AUDITOR)
def journal(request: PortalRequest, journal_id: int) -> HttpResponse:
    """One journal in full."""
    found = journal_detail(journal_id=journal_id, book=request.programme.book)
    refs = [ref for line in found.lines for ref in (line.debit, line.credit)]
    named = refs_named(
        [one for ref in refs for one in (ref.owner, ref.subject)]
        + [str(value) for value in found.summary.memo.values()]
    )
    return page(
        request,
        "auditor/journal.html",
        {
            "journal": found.summary,
            "kind": kind_word(found.summary.kind),
            "memo": [
                (str(MEMO.get(name, name)), named.get(str(value), str(value)))
                for name, value in found.summary.memo.items()
            ],
            "legs": _legs_table(found.lines, named),
            "t_accounts": [_t_account(one, named) for one in found.t_accounts],
        },
    )


def _amount(line: TransferLine) -> str:
    return money(line.amount) if line.asset_scale == 2 else count(line.amount)


def _legs_table(lines: Sequence[TransferLine], named: Mapping[str, str]) -> Table[TransferLine]:
    words = {
        Phase.POSTED: _("过账"),
        Phase.PENDING: _("挂账"),
        Phase.POST: _("挂账转实"),
        Phase.VOID: _("挂账解除"),
    }
    return Table(
        id="legs",
        rows=lines,
        export="legs",
        columns=[
            Column("seq", "#", lambda r: r.seq, kind="count"),
            Column(
                "debit",
                _("借"),
                lambda r: account_text(r.debit, named),
                href=lambda r: account_href(r.debit),
                phone=1,
            ),
            Column(
                "credit",
                _("贷"),
                lambda r: account_text(r.credit, named),
                href=lambda r: account_href(r.credit),
                phone=4,
            ),
            Column("asset", _("资产"), lambda r: r.debit.asset),
            Column("amount", _("数额"), _amount, strong=True, phone=2),
            Column("phase", _("性质"), lambda r: words[r.phase], phone=3),
        ],
    )


def _t_account(one: TAccount, named: Mapping[str, str]) -> TCard:
    def show(amounts: Sequence[int]) -> tuple[tuple[str, str, bool], ...]:
        shown = [money(n) if one.asset_scale == 2 else count(n) for n in amounts]
        return tuple(("", text, True) for text in shown)

    return TCard(
        title=account_text(one.account, named),
        asset=one.account.asset,
        code=one.account.code,
        debits=show(one.debits),
        credits=show(one.credits),
    )
