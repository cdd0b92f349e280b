"""Every refusal of the room has a sentence that says what is unchanged."""

import re

from scf.products.refusals import REFUSALS
from tests.support.source import codes_raised


def test_every_code_has_a_sentence_and_every_sentence_a_raiser() -> None:
    assert codes_raised("products") == set(REFUSALS)


def test_sentences_say_what_did_not_happen_or_what_to_do() -> None:
    for code, sentence in REFUSALS.items():
        assert re.search(r"没有|不能|不属于|请|只", str(sentence)), code
