"""One place that turns any DomainError into a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from ledger.money import format_minor

OWN: Mapping[str, str | Promise] = {
    "access.colleague_unknown": gettext_lazy(
        "没有这位同事，或其席位只能查看。没有改动。请从名单里选。"
    ),
    "access.denied": gettext_lazy(
        "您的席位不能做这件事。没有做任何改动。请找有这个席位的同事，或在右上角切换席位。"
    ),
    "access.own_work": gettext_lazy(
        "这是您自己提交的，须由另一位同事复核。没有做任何改动。请把页面链接发给复核人。"
    ),
    "access.preview_changed": gettext_lazy(
        "预览之后有变化，没有提交任何东西。请看过标出的差异后再提交。"
    ),
    "access.preview_expired": gettext_lazy("预览已过期，没有提交任何东西。请重新看一遍再提交。"),
    "access.reauth_failed": gettext_lazy("密码不对，没有签署。请再输入一次登录密码。"),
}

ROOMS = (
    "ledger",
    "risk",
    "scf.network",
    "scf.trade",
    "scf.settlement",
    "scf.imports",
    "scf.financing",
    "scf.products",
    "scf.journeys",
    "scf.api",
)


@cache
def refusals() -> Mapping[str, str | Promise]:
    """Code -> sentence over all rooms; a room without refusals adds none."""
    merged: dict[str, str | Promise] = dict(OWN)
    for room in ROOMS:
        if find_spec(f"{room}.refusals") is not None:
            merged.update(import_module(f"{room}.refusals").REFUSALS)
    return merged


def refusal_text(error: DomainError) -> str:
    """The sentence for an error in the active language, its facts filled in.

    A code without a sentence gives the general one: nothing done, quote the code.
    """
    sentence = refusals().get(error.code)
    if sentence is None:
        return _("没有完成，也没有改动任何东西。请把编号 %(code)s 告诉运营。") % {
            "code": error.code
        }
    return str(sentence) % facts_told(error.facts)


def facts_told(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Facts as a sentence says them: fen as money, ppm as a rate, numbers with commas.

    A fact that the raiser left out shows as a dash, never as a crash.
    """
    return _Facts({name: _told(name, value) for name, value in facts.items()})


def _told(name: str, value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    if name.endswith("_minor"):
        return format_minor(value)
    if name.endswith("_ppm"):
        return f"{format_minor(value, scale=4)[:-2]}%"
    return f"{value:,}" if name.endswith("_units") else value


class _Facts(dict[str, object]):
    """Facts for a sentence, with a dash for what is not there."""

    def __missing__(self, key: str) -> str:
        return "—"
