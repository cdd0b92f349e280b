"""Every refusal has a sentence, in source and at run time."""

import ast

import pytest
from django.utils import translation

from ledger.errors import DomainError
from scf.access.refusals import refusal_text, refusals
from tests.support.source import calls, modules


def test_a_sentence_takes_its_facts_and_survives_without_them() -> None:
    with translation.override("zh-hans"):
        error = DomainError("network.programme_unknown", programme="canglan")
        assert refusal_text(error) == "没有这个项目（canglan）。请核对项目代码。"
        assert "—" in refusal_text(DomainError("network.programme_unknown"))


def test_a_code_without_a_sentence_asks_to_quote_it() -> None:
    with translation.override("zh-hans"):
        assert "room.odd" in refusal_text(DomainError("room.odd"))


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_sentence_can_be_said(language: str) -> None:
    with translation.override(language):
        for code in refusals():
            assert "%(" not in refusal_text(DomainError(code))


def test_every_code_in_source_has_a_sentence() -> None:
    missing = sorted(
        {
            str(node.args[0].value)
            for module in modules()
            for node, name, _dotted in calls(module)
            if name == "DomainError" and node.args and isinstance(node.args[0], ast.Constant)
        }
        - set(refusals())
    )
    assert missing == [], "add a sentence to the room's refusals.py"
