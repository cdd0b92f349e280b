"""The treasury's forms that act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm, ConsentField


class SignForm(ActionForm):
    """Sign with the entity's key, after the password was typed again."""

    password = forms.CharField(
        label=_("再次输入登录密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    consent = ConsentField(label=_("已通读声明全文，代表付款主体签署"))


class ReasonForm(forms.Form):
    """Send back, or report, with a reason."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
