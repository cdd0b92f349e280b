"""产品: what is on offer; 产品页: what stands behind each unit, and 认购."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from ledger.rates import days_between, interest_minor, year_basis
from scf.access.policy import may
from scf.financing.queries import claim_get, confirmation_get, obligor_record, registrations_of
from scf.journeys.subscribing import subscription_place
from scf.network.queries import parties_get
from scf.network.values import Role
from scf.portals.charts import Bars, Part, bars_chart
from scf.portals.components import Figure, figure_money, receipt_line
from scf.portals.dates import day, days_away
from scf.portals.figures import count, money, percent, units
from scf.portals.forms import ActionForm, ConsentField, UnitsField, form_refuse
from scf.portals.investor.positions import cash_of, places_of
from scf.portals.investor.story import series_life
from scf.portals.investor.tables import products_table
from scf.portals.preview import Difference, Fact, preview_differences, preview_token
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.products.queries import (
    SeriesFacts,
    bid_units,
    series_get,
    series_table,
    subscriptions_table,
    term_sheet_of,
)
from scf.products.rulepacks import rule_pack_get
from scf.trade.queries import receivable_get


class SubscribeForm(ActionForm):
    """How many units; the risk is read and agreed to, never ticked in advance."""

    units = UnitsField(label=gettext_lazy("份数"))
    agree = ConsentField(label=gettext_lazy("已阅条款书和风险提示：本产品不保本"))


@portal_view(role=Role.INVESTOR)
def products(request: PortalRequest) -> HttpResponse:
    """Everything on offer, and what was."""
    rows = list(series_table(scope=request.scope))
    listed = [row for row in rows if row["state"] == "listed"]
    return page(
        request,
        "investor/products.html",
        {"products": products_table(rows, request), "listed": len(listed)},
    )


@portal_view(role=Role.INVESTOR, post=True)
def product(request: PortalRequest, series_id: int) -> HttpResponse:
    """One product; posting bids for units, whose money is held and not moved."""
    series = series_get(series_id=series_id, scope=request.scope)
    left = series.units - bid_units(series_id=series.id) if series.state == "listed" else 0
    asked = _units_asked(request, series, left)
    facts = _facts(series)
    subject = f"series:{series.id}:{request.actor.ref}"
    form = SubscribeForm(
        request.POST or None,
        initial={"units": asked},
        preview=preview_token(facts, subject=subject),
    )
    differences: Sequence[Difference] = ()
    if request.method == "POST" and form.is_valid():
        try:
            token = form.cleaned_data["preview"]
            differences = preview_differences(token, facts, subject=subject)
            if not differences:
                return _placed(request, series, form)
        except DomainError as error:
            form_refuse(form, error)
        form.redraw(preview=preview_token(facts, subject=subject))
    status = 200 if request.method == "GET" else 422
    content = {**_content(request, series, left, asked), "form": form, "differences": differences}
    return page(request, "investor/product.html", content, status=status)


def _units_asked(request: PortalRequest, series: SeriesFacts, left: int) -> int:
    """The quantity the page is drawn for: what was asked, else what the money allows."""
    text = (request.POST or request.GET).get("units", "").replace(",", "")
    if text.isdecimal() and len(text) < 12:
        return int(text)
    if series.state != "listed":
        mine = [
            place
            for place in places_of(scope=request.scope, on=request.business_date)
            if place.series.id == series.id
        ]
        return sum(place.units for place in mine)
    cash = cash_of(scope=request.scope, party_id=request.actor.party_id or 0)
    return min(left, cash.free_minor // series.unit_price_minor)


def _facts(series: SeriesFacts) -> list[Fact]:
    return [
        Fact("state", _("状态"), series.state),
        Fact("hash", _("条款书"), series.term_sheet_hash),
        Fact("deadline", _("截止"), str(series.deadline_date)),
    ]


def _placed(request: PortalRequest, series: SeriesFacts, form: forms.Form) -> HttpResponse:
    bid = subscription_place(
        actor=request.actor,
        series_id=series.id,
        units=form.cleaned_data["units"],
        key=form.cleaned_data["key"],
        at=request.at,
    )
    messages.success(
        request,
        _("已认购 %(units)s，冻结 %(sum)s；交割前不划走。")
        % {"units": units(bid.units), "sum": money(bid.amount_minor)},
    )
    return redirect("investor:product", series.id)


def _content(
    request: PortalRequest, series: SeriesFacts, left: int, asked: int
) -> Mapping[str, Any]:
    claim = claim_get(claim_id=series.claim_id)
    parties = parties_get(party_ids=[series.obligor_id, series.supplier_id])
    pack = rule_pack_get(code=request.programme.rule_pack)
    row = next(one for one in series_table(scope=request.scope) if one["id"] == series.id)
    cash = cash_of(scope=request.scope, party_id=request.actor.party_id or 0)
    days = days_between(
        series.issue_date or request.business_date, series.due_date, series.terms.day_count
    )
    basis = year_basis(series.terms.day_count)
    interest = _earned(asked * series.unit_price_minor, series, days, basis)
    whole = _earned(series.principal_minor, series, days, basis)
    open_now = series.state == "listed" and not series.is_frozen
    return {
        "series": series,
        "claim": claim,
        "receivable": receivable_get(receivable_id=claim.receivable_id),
        "obligor": parties[series.obligor_id],
        "supplier": parties[series.supplier_id],
        "confirmation": confirmation_get(claim_id=claim.id),
        "registrations": registrations_of(claim_id=claim.id),
        "record": obligor_record(obligor_id=series.obligor_id, programme_id=series.programme_id),
        "figures": _figures(series, days, left, row["bidders"], pack.holder_cap),
        "filled": min(100, (series.units - left) * 100 // series.units),
        "parts": [
            Part(_("投资人本金"), series.principal_minor, "water"),
            Part(_("利息"), whole, "mid"),
            Part(_("缓冲"), series.face_minor - series.principal_minor - whole, "pale"),
        ],
        "buffer_minor": series.face_minor - series.principal_minor - whole,
        "flow": bars_chart(
            id="flow",
            label=_("按 %(units)s 计的现金流") % {"units": units(asked)},
            periods=[day(series.issue_date or request.business_date), day(series.payment_date)],
            series=[
                Bars(
                    _("本金"),
                    [-asked * series.unit_price_minor, asked * series.unit_price_minor],
                    "water",
                    stack="c",
                ),
                Bars(_("利息"), [0, interest], "amber", stack="c"),
            ],
        ),
        "receipt": [
            receipt_line(
                _("今日冻结"),
                asked * series.unit_price_minor,
                note=_("%(n)s × %(price)s；交割前可用资金中冻结，不划走")
                % {"n": count(asked), "price": money(series.unit_price_minor)},
            ),
            receipt_line(_("到期利息"), interest, signed=True, note=day(series.payment_date)),
            receipt_line(_("合计收回"), asked * series.unit_price_minor + interest, kind="total"),
        ],
        "asked": asked,
        "cash": cash,
        "most": min(left, cash.free_minor // series.unit_price_minor),
        "open_now": open_now,
        "bids": _bids(request, series) if series.state == "listed" else [],
        "closed_why": _closed_why(series),
        "steps": series_life(
            series, claim_id=claim.id, bid_permille=(series.units - left) * 1000 // series.units
        ),
        "away": days_away(series.due_date, on=request.business_date),
    }


def _bids(request: PortalRequest, series: SeriesFacts) -> list[Mapping[str, Any]]:
    """The reader's bids that can still be taken back."""
    if not may(request.actor, "bid.withdraw"):
        return []
    mine = subscriptions_table(scope=request.scope).filter(series_id=series.id, state="held")
    return list(mine)


def _earned(principal: int, series: SeriesFacts, days: int, basis: int) -> int:
    return interest_minor(
        principal_minor=principal, rate_ppm=series.rate_ppm, days=max(0, days), basis=basis
    )


def _figures(series: SeriesFacts, days: int, left: int, holders: int, cap: int) -> list[Figure]:
    return [
        Figure(
            _("年化利率（单利）"), percent(series.rate_ppm), unit="%", note=series.terms.day_count
        ),
        Figure(_("期限"), count(days), unit=_("天"), note=day(series.due_date)),
        figure_money(_("每份"), series.unit_price_minor, note=_("最低 1 份")),
        Figure(_("剩余份额"), count(left), note=_("共 %(units)s") % {"units": units(series.units)}),
        Figure(_("持有人"), count(holders), unit=f"/ {cap}", note=_("含待定认购")),
    ]


def _closed_why(series: SeriesFacts) -> str:
    """Why nothing can be bought here, or nothing."""
    if series.is_frozen:
        return _("本期已冻结，暂停认购、交割和分配；核查结束后由两人解冻。")
    words = {
        "funded": _("已募满，等待交割"),
        "issued": _("已发行，不再接受认购"),
        "impaired": _("已发行，有减值"),
        "redeemed": _("已兑付"),
        "cancelled": _("未成立，资金已全部解冻"),
        "closed_at_loss": _("亏损了结"),
    }
    return words.get(series.state, "")


@portal_view(role=Role.INVESTOR)
def terms(request: PortalRequest, series_id: int) -> HttpResponse:
    """The frozen term sheet as JSON, with its hash, to keep and to check."""
    series = series_get(series_id=series_id, scope=request.scope)
    sheet = term_sheet_of(series_id=series.id)
    if sheet is None:
        raise DomainError("products.series_unknown", series=series_id)
    answer = JsonResponse(
        {"content": sheet["content"], "sha256": sheet["content_hash"]},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = f'attachment; filename="{sheet["number"]}.json"'
    return answer
