"""资金流水: what came in, what is held, what was paid; and 提现."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from ledger.queries import Entry, Statement, account_statement
from ledger.values import AccountRef
from scf.access.policy import may
from scf.journeys.stating import statement_issue
from scf.journeys.withdrawing import withdrawal_request
from scf.network.queries import bank_account_get, bank_accounts_list
from scf.network.values import Role, party_ref, ref_id
from scf.portals.components import Empty, figure_money
from scf.portals.figures import money
from scf.portals.forms import ActionForm, MoneyField, form_refuse
from scf.portals.investor.positions import cash_of
from scf.portals.investor.tables import series_href
from scf.portals.journal_words import kind_word
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.statements import month_of, months_until, statement_file, statements_table
from scf.portals.tables import Column, Table
from scf.products.queries import series_by_ids
from scf.settlement.queries import withdrawals_list
from scf.settlement.queries.party_statements import party_statement_get, party_statements_list
from scf.settlement.queries.payouts import WithdrawalFacts

KINDS = {
    "deposit.booked": gettext_lazy("入金"),
    "deposit.booked.undone": gettext_lazy("撤销入金"),
    "series.distributed": gettext_lazy("产品本息"),
    "series.closed": gettext_lazy("认购交割"),
    "payout.sent": gettext_lazy("提现"),
}


class WithdrawForm(ActionForm):
    """How much to pay out to the verified account."""

    amount = MoneyField(label=gettext_lazy("金额"))


@portal_view(role=Role.INVESTOR, post=True)
def cash(request: PortalRequest) -> HttpResponse:
    """The account's entries as the books have them; posting asks for a withdrawal."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawal_request(
                actor=request.actor,
                amount_minor=form.cleaned_data["amount"],
                key=form.cleaned_data["key"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            said = _("已申请提现 %(sum)s；资金已预留，两人复核后付出。")
            messages.success(request, said % {"sum": money(form.cleaned_data["amount"])})
            return redirect(reverse("investor:cash"))
    party_id = request.actor.party_id or 0
    ref = AccountRef("available", request.programme.currency, owner=party_ref(party_id))
    statement = account_statement(ref=ref, book=request.programme.book)
    free = cash_of(scope=request.scope, party_id=party_id)
    accounts = bank_accounts_list(party_id=party_id)
    withdrawals = withdrawals_list(scope=request.scope)
    return page(
        request,
        "investor/cash.html",
        {
            "form": form,
            "figures": [
                figure_money(_("可用资金"), free.free_minor, note=_("可认购或提现")),
                figure_money(_("冻结中"), free.held_minor, note=_("待交割的认购和提现")),
            ],
            "free_minor": free.free_minor,
            "entries": _entries_table(statement),
            "withdrawals": _withdrawals_table(withdrawals),
            "waiting": [one for one in withdrawals if one.state == "requested"]
            if may(request.actor, "withdrawal.request")
            else [],
            "statements": statements_table(
                party_statements_list(scope=request.scope),
                href=lambda one: reverse("investor:statement", args=[one]),
            ),
            "months": months_until(request.business_date),
            "may_issue": may(request.actor, "statement.issue"),
            "account": next((one for one in accounts if one.is_verified), None),
            "escrow": bank_account_get(account_id=request.programme.escrow_account_id),
        },
        status=200 if request.method == "GET" else 422,
    )


@portal_view(role=Role.INVESTOR, post=True)
def statement_new(request: PortalRequest) -> HttpResponse:
    """出具对账单: a month's statement out of the books; the same content is the same version."""
    if request.method == "POST":
        month = month_of(request.POST.get("month", ""), on=request.business_date)
        made = statement_issue(actor=request.actor, month=month, at=request.at)
        said = _("对账单 %(number)s 是第 %(n)s 版。")
        messages.success(request, said % {"number": made.number, "n": made.version})
    return redirect("investor:cash")


@portal_view(role=Role.INVESTOR)
def statement(request: PortalRequest, statement_id: int) -> HttpResponse:
    """One version as a file."""
    found = party_statement_get(scope=request.scope, statement_id=statement_id)
    return statement_file(found, kinds=kind_word, kind=request.GET.get("as", "xlsx"))


def _entries_table(statement: Statement) -> Table[tuple[Entry, int]]:
    moved = [
        (entry, balance)
        for entry, balance in zip(statement.entries, statement.running, strict=True)
        if entry.net
    ]
    numbers = series_numbers([entry for entry, _balance in moved])
    return Table(
        id="entries",
        rows=list(reversed(moved)),
        export="cash",
        columns=[
            Column("on", _("起息日"), lambda r: r[0].effective_date, kind="date", phone=1),
            Column("kind", _("类型"), lambda r: str(KINDS.get(r[0].kind, r[0].kind)), phone=3),
            Column(
                "series",
                _("产品"),
                lambda r: numbers.get(_series_of(r[0]), ""),
                href=lambda r: series_href(_series_of(r[0])) if _series_of(r[0]) else "",
            ),
            Column("amount", _("金额"), lambda r: r[0].net, kind="money", strong=True, phone=2),
            Column("balance", _("余额"), lambda r: r[1], kind="money", phone=4),
            Column("journal", _("凭证号"), lambda r: r[0].journal_id, kind="text"),
        ],
        empty=Empty(_("还没有资金流水"), _("向托管户转入后，下一份对账单到账"), icon="wallet"),
    )


def _series_of(entry: Entry) -> int:
    """The series that an entry's journal names, or 0."""
    ref = str(entry.memo.get("series", ""))
    return ref_id(ref) if ref else 0


def series_numbers(entries: Sequence[Entry]) -> dict[int, str]:
    """Series id -> number for everything that the entries name, in one query."""
    wanted = {_series_of(entry) for entry in entries} - {0}
    return {key: series.number for key, series in series_by_ids(series_ids=wanted).items()}


def _withdrawals_table(rows: Sequence[WithdrawalFacts]) -> Table[WithdrawalFacts]:
    return Table(
        id="withdrawals",
        prefix="w.",
        rows=rows,
        export="withdrawals",
        columns=[
            Column("at", _("时间"), lambda r: r.made_at, kind="moment", phone=1),
            Column(
                "amount", _("金额"), lambda r: r.amount_minor, kind="money", strong=True, phone=2
            ),
            Column(
                "state", _("状态"), lambda r: r.state, kind="status", axis="withdrawal", phone=3
            ),
        ],
        empty=Empty(_("还没有提现"), _("提现须平台两人复核后付出"), icon="wallet"),
    )
