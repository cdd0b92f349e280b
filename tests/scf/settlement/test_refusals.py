"""Every refusal of the room has a sentence that says what is unchanged and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from scf.settlement.refusals import REFUSALS

ROOT = Path(__file__).parents[3]
PLACES = [
    *ROOT.glob("scf/settlement/**/*.py"),
    *ROOT.glob("scf/journeys/*.py"),
    ROOT / "scf/imports/parsers/camt053.py",
    ROOT / "scf/imports/parsers/bank_csv.py",
]


def raised() -> set[str]:
    pattern = re.compile(r'DomainError\(\s*"(settlement\.\w+)"')
    return {code for place in PLACES for code in pattern.findall(place.read_text())}


def test_every_code_has_a_sentence_and_every_sentence_a_raiser() -> None:
    assert raised() == set(REFUSALS)


def test_sentences_say_what_did_not_happen() -> None:
    for code, sentence in REFUSALS.items():
        assert re.search(r"没有|拒收|不能|不在", str(sentence)), code
