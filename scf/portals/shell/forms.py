"""Login and password forms in our words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from scf.portals.shell.language import LANGUAGE_NAMES


class LoginForm(AuthenticationForm):
    """User name and password; the refusal never says which of the two was wrong."""

    error_messages: dict[str, Any] = {
        "invalid_login": _("用户名或密码不对。没有登录。请核对大小写后再试。"),
        "inactive": _("这个账号已停用。请联系平台运营。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")


class PasswordForm(PasswordChangeForm):
    """The old password and the new one twice."""

    error_messages: dict[str, Any] = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("旧密码不对。密码没有改。"),
        "password_mismatch": _("两次输入的新密码不同。密码没有改。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("旧密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password2"].label = _("再输一次新密码")


class LanguageForm(forms.Form):
    """One of the three languages."""

    language = forms.ChoiceField(choices=[(code, name) for code, _short, name in LANGUAGE_NAMES])
