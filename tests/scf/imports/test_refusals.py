"""Every refusal of the room is a sentence that takes its facts."""

from __future__ import annotations

import re

import pytest

from scf.imports.refusals import REFUSALS


@pytest.mark.parametrize("code", REFUSALS)
def test_a_sentence_takes_its_facts(code: str) -> None:
    text = str(REFUSALS[code])
    facts = dict.fromkeys(re.findall(r"%\((\w+)\)s", text), "x")
    assert text % facts
    assert code.startswith("imports.")
