"""Fields read what people type and give integers."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from ledger.errors import DomainError
from scf.portals.forms import (
    ActionForm,
    ConsentField,
    DayField,
    MoneyField,
    UnitsField,
    form_refuse,
    sum_read,
)

KEY = "0123456789abcdef0123456789abcdef"


class BuyForm(ActionForm):
    amount = MoneyField(high_minor=10_000_00, required=False)
    number = UnitsField(high=18_200, required=False)
    day = DayField(required=False)
    agree = ConsentField()


def bought(**typed: str) -> BuyForm:
    query = QueryDict(mutable=True)
    query.update({"key": KEY, "agree": "on", **typed})
    return BuyForm(query)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,000,000.00", 100_000_000),
        ("１，０００．５", 100_050),
        ("¥ 12.5", 1250),
        ("￥12", 1200),
        ("100 万", 100_000_000),
        ("1.2345万", 1_234_500),
        ("0.000001亿", 10_000),
        ("12元", 1200),
        ("-3", -300),
    ],
)
def test_sums_as_people_type_them(text: str, minor: int) -> None:
    assert sum_read(text) == minor


@pytest.mark.parametrize("text", ["", "万", "1.234", "1e5", "12,34", "十万", "0.00000001万"])
def test_sums_that_are_none(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        sum_read(text)
    assert refused.value.code == "ledger.amount_invalid"


def test_fields_give_integers_and_dates() -> None:
    form = bought(amount="9,999.99", number="5,000 份", day="2026/03/18")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == 999_999
    assert form.cleaned_data["number"] == 5_000
    assert form.cleaned_data["day"].isoformat() == "2026-03-18"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "10,000.01", "金额不能多于 10,000.00。"),
        ("amount", "0", "金额不能少于 0.01。"),
        ("number", "18,500", "最多 18,200 份。"),
        ("number", "1.5", "请填整数份额，例如 5,000。"),
        ("number", "0", "最少 1 份。"),
    ],
)
def test_refusals_name_the_bound(field: str, typed: str, sentence: str) -> None:
    with translation.override("zh-hans"):
        assert bought(**{field: typed}).errors[field] == [sentence]


def test_consent_is_asked_for_and_never_ticked_in_advance() -> None:
    assert "checked" not in str(BuyForm(initial={"agree": True})["agree"])
    assert "agree" in BuyForm(QueryDict(f"key={KEY}")).errors


def test_amounts_are_shown_as_people_read_them() -> None:
    assert 'value="1,000.00"' in str(BuyForm(initial={"amount": 100_000})["amount"])
    assert 'value="9,372"' in str(BuyForm(initial={"number": 9372})["number"])


def test_every_drawn_form_has_a_key_of_its_own_and_keeps_it() -> None:
    keys = {BuyForm().initial["key"] for _ in range(3)}
    assert len(keys) == 3
    form = bought(preview="old")
    form.redraw(preview="new")
    assert (form["preview"].value(), form["key"].value()) == ("new", KEY)


@pytest.mark.parametrize("key", ["", "x" * 32, "0" * 31])
def test_a_key_that_was_not_drawn_is_refused(key: str) -> None:
    assert "key" in bought(key=key).errors


def test_a_refusal_lands_under_its_field() -> None:
    form: Any = bought()
    assert form.is_valid()
    form_refuse(form, DomainError("access.denied"), field="number")
    assert isinstance(form, forms.Form)
    assert "您的席位不能做这件事" in form.errors["number"][0]
