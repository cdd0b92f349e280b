"""Forms of the operations desk that act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm, MoneyField


class ConfirmForm(ActionForm):
    """Agree to what was previewed."""


class ReasonForm(ActionForm):
    """Do it, and say why."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class UpheldForm(ReasonForm):
    """How a dispute ends: what of the claim falls away; zero when it is not upheld."""

    upheld = MoneyField(label=_("成立金额"), low_minor=0)


class RepurchaseForm(ReasonForm):
    """Demand that the supplier buys the claim back."""

    forged = forms.BooleanField(label=_("单据系伪造：付款人不欠这笔款"), required=False)


class RefundForm(ActionForm):
    """How much of what a payer has on account goes back to it."""

    amount = MoneyField(label=_("退款金额"))


class AdvanceForm(ActionForm):
    """How many business days the demo moves on."""

    days = forms.IntegerField(label=_("营业日数"), min_value=1, max_value=120, initial=1)
