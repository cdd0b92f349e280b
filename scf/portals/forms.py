"""Form fields that return integers and dates, and the base of every form that acts.

A form that moves money carries two hidden fields: ``key`` (the same post twice is one act) and
``preview`` (what the person saw; see preview.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from ledger.errors import DomainError
from ledger.money import format_minor, parse_minor
from scf.access.refusals import refusal_text

_UNITS = re.compile(r"\d{1,3}(,\d{3})+|\d{1,15}")
_KEY = re.compile(r"[0-9a-f]{32}")
_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_WORDS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


def sum_read(text: str) -> int:
    """Fen from what people type: 1,000,000.00, １，０００, ¥ 12.5, 100 万, 1.2亿.

    Raises DomainError("ledger.amount_invalid").
    """
    plain = text.translate(_WIDE).strip().removeprefix("¥").removeprefix("￥").removesuffix("元")
    plain = plain.removeprefix("CNY").strip()
    factor = _WORDS.get(plain[-1:], 0)
    if not factor:
        return parse_minor(plain)
    # 1.2345 万 is exact to the fen: read with more places, then put the unit in.
    scaled = parse_minor(plain[:-1].strip(), scale=8) * factor
    if scaled % 10**6:
        raise DomainError("ledger.amount_invalid", amount=text[:40])
    return scaled // 10**6


class MoneyField(forms.Field):
    """A sum that people type in yuan and code gets in fen; positive unless ``low_minor`` says so."""

    def __init__(
        self, *, low_minor: int = 1, high_minor: int | None = None, **options: Any
    ) -> None:
        self.low_minor = low_minor
        self.high_minor = high_minor
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40})
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return format_minor(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()[:60]
        if not text:
            return None
        try:
            minor = sum_read(text)
        except DomainError as error:
            raise ValidationError(refusal_text(error), code="invalid") from error
        if minor < self.low_minor:
            raise ValidationError(
                _("金额不能少于 %(low)s。") % {"low": format_minor(self.low_minor)}, code="low"
            )
        if self.high_minor is not None and minor > self.high_minor:
            raise ValidationError(
                _("金额不能多于 %(high)s。") % {"high": format_minor(self.high_minor)}, code="high"
            )
        return minor


class UnitsField(forms.Field):
    """A whole number of units; 9,372 and full-width digits are read."""

    def __init__(self, *, low: int = 1, high: int | None = None, **options: Any) -> None:
        self.low = low
        self.high = high
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 20})
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()[:60]
        if not text:
            return None
        plain = text.translate(_WIDE).removesuffix("份").strip()
        if not _UNITS.fullmatch(plain):
            raise ValidationError(_("请填整数份额，例如 5,000。"), code="invalid")
        number = int(plain.replace(",", ""))
        if number < self.low:
            raise ValidationError(_("最少 %(low)s 份。") % {"low": f"{self.low:,}"}, code="low")
        if self.high is not None and number > self.high:
            raise ValidationError(_("最多 %(high)s 份。") % {"high": f"{self.high:,}"}, code="high")
        return number


class DayField(forms.DateField):
    """A date, entered as 2026-03-18 in every language."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"])
        super().__init__(**options)


class ConsentField(forms.BooleanField):
    """A consent box: required, and never ticked in advance whatever the initial data says."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("请先勾选，没有提交任何东西。")})
        super().__init__(**options)

    def prepare_value(self, value: Any) -> bool:
        return False


class ActionForm(forms.Form):
    """A form that acts: ``key`` makes a repeated post one act, ``preview`` says what was seen."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=32)
    preview = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, preview: str = "", **options: Any
    ) -> None:
        initial = {"key": uuid4().hex, "preview": preview, **(options.pop("initial", None) or {})}
        super().__init__(data, initial=initial, **options)

    def clean_key(self) -> str:
        """The idempotency key as it was drawn; raises ValidationError for anything else."""
        key: str = self.cleaned_data["key"]
        if not _KEY.fullmatch(key):
            raise ValidationError(_("页面已过期，没有提交任何东西。请刷新后再试。"), code="key")
        return key

    def _with(self, preview: str) -> Mapping[str, Any]:
        if isinstance(self.data, QueryDict):
            changed = self.data.copy()
            changed["preview"] = preview
            return changed
        return {**self.data, "preview": preview}

    def redraw(self, *, preview: str) -> None:
        """Show the form again with a fresh preview; the key stays, since nothing was done."""
        self.data = self._with(preview)


def form_refuse(form: forms.Form, error: DomainError, *, field: str | None = None) -> None:
    """Put a refusal into a bound form, under ``field`` where it belongs to one."""
    form.add_error(field, ValidationError(refusal_text(error), code=error.code))


ID_DIGITS = 18


def posted_id(request: HttpRequest, name: str) -> int:
    """A number that a form sent back; what is none is 0, which nothing has."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS else 0
