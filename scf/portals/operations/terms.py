"""条款: the terms quotes are made on, every version, and a new one under two signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from ledger.rates import DayCount
from scf.access.policy import Subject, may
from scf.financing.terms import AllocationRule, EarlyBenefit, LateAccrual, Terms, terms_from_data
from scf.journeys.repairing import proposal_refuse
from scf.journeys.terms_changing import KIND, TERMS, terms_approve, terms_submit
from scf.network.calendar import Roll
from scf.network.queries import ApprovalFacts, approvals_pending, user_names
from scf.network.values import Role
from scf.portals.components import Empty, four_eyes
from scf.portals.figures import money, percent
from scf.portals.forms import ActionForm, MoneyField
from scf.portals.operations.exception import approval_number
from scf.portals.operations.forms import ConfirmForm, ReasonForm
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Table
from scf.products.term_versions import TermVersion, term_versions

Text = str | Promise
SHARES = ("rate_ppm", "fee_rate_ppm", "vat_rate_ppm", "holdback_ppm")
LABELS: dict[str, Any] = {
    "rate_ppm": gettext_lazy("投资人年利率"),
    "fee_rate_ppm": gettext_lazy("平台费率（占本金，含税）"),
    "vat_rate_ppm": gettext_lazy("增值税率"),
    "holdback_ppm": gettext_lazy("缓冲比例"),
    "unit_price_minor": gettext_lazy("每份单价"),
    "day_count": gettext_lazy("计息方式"),
    "roll": gettext_lazy("付款日顺延"),
    "early_benefit": gettext_lazy("提前付款的好处归"),
    "late_accrual": gettext_lazy("逾期后计息"),
    "grace_days": gettext_lazy("宽限天数"),
    "default_days": gettext_lazy("违约天数"),
    "allocation": gettext_lazy("配售方式"),
    "subscription_days": gettext_lazy("募集天数"),
}
WORDS: dict[str, Text] = {
    DayCount.ACT_365F: gettext_lazy("实际天数 ÷ 365"),
    DayCount.ACT_360: gettext_lazy("实际天数 ÷ 360"),
    DayCount.THIRTY_360: gettext_lazy("30 ÷ 360"),
    Roll.NONE: gettext_lazy("不顺延"),
    Roll.FOLLOWING: gettext_lazy("顺延到下一营业日"),
    Roll.MODIFIED_FOLLOWING: gettext_lazy("顺延，不跨月"),
    EarlyBenefit.SUPPLIER: gettext_lazy("供应商"),
    EarlyBenefit.INVESTORS: gettext_lazy("投资人"),
    EarlyBenefit.OBLIGOR: gettext_lazy("付款人"),
    LateAccrual.CONTRACT: gettext_lazy("按合同利率"),
    AllocationRule.FIRST_COME: gettext_lazy("先到先得"),
    AllocationRule.PRO_RATA: gettext_lazy("按比例"),
}
NO_LATE_ACCRUAL = gettext_lazy("不计")


class PercentField(forms.DecimalField):
    """A share typed in percent; code gets whole ppm."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=4, **options)

    def prepare_value(self, value: Any) -> Any:
        return percent(value, 4) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        return int(super().clean(value) * 10_000)


class TermsForm(ActionForm):
    """The terms a desk sets; the others stay as they are."""

    rate_ppm = PercentField(label=LABELS["rate_ppm"])
    fee_rate_ppm = PercentField(label=LABELS["fee_rate_ppm"])
    vat_rate_ppm = PercentField(label=LABELS["vat_rate_ppm"])
    holdback_ppm = PercentField(label=LABELS["holdback_ppm"])
    unit_price_minor = MoneyField(label=LABELS["unit_price_minor"])
    grace_days = forms.IntegerField(label=LABELS["grace_days"], min_value=0, max_value=365)
    default_days = forms.IntegerField(label=LABELS["default_days"], min_value=0, max_value=730)
    subscription_days = forms.IntegerField(
        label=LABELS["subscription_days"], min_value=1, max_value=90
    )

    def changed(self, terms: Terms) -> Terms:
        """The terms in force with what was typed."""
        names = [name for name in self.fields if name not in ("key", "preview")]
        return replace(terms, **{name: self.cleaned_data[name] for name in names})


@portal_view(role=Role.OPERATIONS, post=True)
def terms(request: PortalRequest) -> HttpResponse:
    """The terms in force, a proposal with its differences, the form, and every version."""
    versions = term_versions(programme_id=request.programme.id, kind=KIND)
    now = versions[0].terms if versions else None
    waiting = next(iter(approvals_pending(scope=request.scope, verb=TERMS)), None)
    problem = None
    act = request.POST.get("act", "")
    first = {name: getattr(now, name) for name in TermsForm.base_fields if hasattr(now, name)}
    form = TermsForm(request.POST if act == "submit" else None, initial=first)
    if request.method == "POST":
        try:
            said = _act(request, act, form, now)
            if said:
                messages.success(request, said)
                return redirect("operations:terms")
        except DomainError as error:
            problem = problem_of(error)
    actor = request.actor
    return page(
        request,
        "operations/terms.html",
        {
            "problem": problem,
            "version": versions[0].version if versions else 0,
            "rate_ppm": now.rate_ppm if now else 0,
            "lines": term_lines(now) if now else [],
            "waiting": waiting,
            "differences": _differences(now, waiting),
            "eyes": _eyes(request, waiting) if waiting else None,
            "may_check": waiting is not None
            and may(
                actor, "terms.approve", Subject(request.programme.id, made_by=waiting.maker_id)
            ),
            "may_propose": may(actor, "terms.propose"),
            "form": form,
            "confirm": ConfirmForm(),
            "why": ReasonForm(),
            "versions": versions_table(versions),
        },
        status=200 if request.method == "GET" else 409 if problem else 422,
    )


def _act(request: PortalRequest, act: str, form: TermsForm, now: Terms | None) -> str:
    """Do what was posted; "" when the form has to be shown again."""
    if act == "submit" and now is not None:
        if not form.is_valid():
            return ""
        terms_submit(actor=request.actor, terms=form.changed(now), at=request.at)
        return _("新条款已提交，等另一人复核。")
    seen = request.POST.get("hash", "")
    if act == "approve":
        version = terms_approve(
            actor=request.actor,
            approval_id=approval_number(request),
            content_hash_seen=seen,
            at=request.at,
        )
        return _("条款第 %(n)s 版已生效，从现在起的报价都按它。") % {"n": version}
    if act == "refuse":
        proposal_refuse(
            actor=request.actor,
            approval_id=approval_number(request),
            content_hash_seen=seen,
            reason=request.POST.get("reason", ""),
            at=request.at,
        )
        return _("新条款已退回，报价仍按原条款。")
    raise DomainError("access.denied")


def term_text(name: str, value: Any) -> Text:
    """A term's value in words."""
    if name in SHARES:
        return f"{percent(value)}%"
    if name == "unit_price_minor":
        return money(value)
    if value is LateAccrual.NONE:
        return NO_LATE_ACCRUAL
    return WORDS.get(value, str(value))


def term_lines(found: Terms) -> list[tuple[Text, Text]]:
    """Every term that people decide on."""
    return [(label, term_text(name, getattr(found, name))) for name, label in LABELS.items()]


def _differences(now: Terms | None, waiting: ApprovalFacts | None) -> list[tuple[Text, Text, Text]]:
    """(term, in force, proposed) where the proposal differs."""
    if now is None or waiting is None:
        return []
    asked = terms_from_data(dict(waiting.payload["terms"]))
    return [
        (label, term_text(name, getattr(now, name)), term_text(name, getattr(asked, name)))
        for name, label in LABELS.items()
        if getattr(now, name) != getattr(asked, name)
    ]


def _eyes(request: PortalRequest, waiting: ApprovalFacts) -> Any:
    names = user_names(user_ids=[waiting.maker_id])
    return four_eyes(
        maker=names.get(waiting.maker_id, "—"),
        made_at=waiting.made_at,
        reader=request.actor.name,
        checker=_("运营复核"),
        rule=_("不能复核自己提交的"),
        reader_is_maker=waiting.maker_id == request.actor.user_id,
    )


def versions_table(rows: Sequence[TermVersion]) -> Table[TermVersion]:
    """Every version; series keep the one they were frozen with."""
    return Table(
        id="versions",
        rows=rows,
        export="terms",
        columns=[
            Column("version", _("版本"), lambda r: r.version, kind="count", strong=True, phone=1),
            Column("at", _("生效"), lambda r: r.made_at, kind="moment", phone=4),
            Column("rate", _("年利率"), lambda r: r.terms.rate_ppm, kind="rate", phone=2),
            Column("fee", _("平台费率"), lambda r: r.terms.fee_rate_ppm, kind="rate"),
            Column("holdback", _("缓冲"), lambda r: r.terms.holdback_ppm, kind="rate"),
            Column("unit", _("每份单价"), lambda r: r.terms.unit_price_minor, kind="money"),
            Column("grace", _("宽限天数"), lambda r: r.terms.grace_days, kind="count"),
        ],
        empty=Empty(_("还没有条款"), _("建立项目时会写入第 1 版"), icon="file-text"),
    )
