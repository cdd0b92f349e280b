"""The supplier's forms that act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm, ConsentField


class SellForm(ActionForm):
    """Agree to a price and sell."""

    consent = ConsentField(
        label=_("已阅条款与转让协议：自愿出让，所列单据真实，未在别处转让或质押")
    )


class ReviewForm(ActionForm):
    """The second person agrees, or sends it back with a reason."""

    reason = forms.CharField(
        label=_("退回原因"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    """Take a sale back before it is confirmed."""

    reason = forms.CharField(label=_("撤回原因"), required=False, max_length=300)
